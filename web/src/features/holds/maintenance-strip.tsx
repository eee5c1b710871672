import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { HoldView } from '../../../../shared/contracts/api/hold-routes.ts';
import { holdWindowsOf } from '../../../../shared/domain/hold/hold-windows.ts';
import { plusSeconds } from '../../../../shared/domain/kernel/calendar-day.ts';
import { GanttChart } from '../../ui/gantt/gantt-chart.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { useHoldText } from './use-hold-text.ts';

const days = 7;

/** When what is held, in the week that begins now: planned windows as outlines, what lasts now filled. */
export const MaintenanceStrip = ({
  holds,
  now,
  onOpen,
}: {
  holds: readonly HoldView[];
  now: string;
  onOpen: (hold: string) => void;
}) => {
  const t = useT();
  const words = useHoldText();
  const to = plusSeconds(now, days * 86_400);
  const rows = holds.flatMap((hold) => {
    const bars = holdWindowsOf(hold, now, to).map((window) => ({
      id: window.from,
      startAt: window.from < now ? now : window.from,
      endAt: window.to === undefined || window.to > to ? to : window.to,
      planned: window.from > now,
      label: t('holds.calendar-bar', {
        purpose: t(`holds.purpose.${hold.purpose}`),
        from: words.timeOf(window.from),
        to: window.to === undefined ? t('holds.open-end') : words.timeOf(window.to),
      }),
    }));
    return bars.length > 0 ? [{ id: hold.id, label: words.target(hold.target), bars }] : [];
  });
  if (rows.length === 0) return null;

  return (
    <Container header={<Header variant="h2">{t('holds.calendar', { days })}</Header>}>
      <GanttChart
        name={t('holds.calendar', { days })}
        rows={rows}
        span={{ from: now, to }}
        onOpen={onOpen}
      />
    </Container>
  );
};
