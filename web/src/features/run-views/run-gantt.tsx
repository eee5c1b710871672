import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { isEnded } from '../../../../shared/domain/instance/lifecycle.ts';
import { isoOf, plusSeconds } from '../../../../shared/domain/kernel/calendar-day.ts';
import { GanttChart } from '../../ui/gantt/gantt-chart.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
import { formatDuration, formatInstant } from '../../ui/time/format.ts';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';
import { ganttOf } from './gantt-of.ts';
import { durationsQuery } from './run-views.queries.ts';

/** The nodes of a run over time: planned as an outline, real as a bar (libraries-and-ux §6). */
export const RunGantt = ({
  run,
  workflow,
  project,
  instances,
}: {
  run: string;
  workflow: string;
  project: string;
  instances: readonly InstanceRow[];
}) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone(project);
  const now = useNow();
  const { go } = useGo();
  const durations = useQuery(durationsQuery(run));
  if (instances.length === 0) return <Box>{t('runview.nodes-empty')}</Box>;

  const means = new Map<string, number>(
    durations.data?.items.map(({ task, meanSeconds }) => [task, meanSeconds]),
  );
  const at = isoOf(now());
  const { rows, span } = ganttOf(instances, means, at);
  const words = (from: string, to: string) =>
    `${formatInstant(from, zone, language)} – ${formatInstant(to, zone, language)} · ${formatDuration(Date.parse(to) - Date.parse(from), language)}`;

  return (
    <SpaceBetween size="s">
      <Box color="text-body-secondary">{t('runview.gantt-hint')}</Box>
      <GanttChart
        name={t('runview.gantt-of', { workflow })}
        span={span}
        now={at <= plusSeconds(span.to, 0) ? at : undefined}
        project={project}
        rows={rows.map(({ instance, planned, actual }) => ({
          id: instance.id,
          label: instance.index > 1 ? `${instance.task} ${instance.index}` : instance.task,
          note: t(`status.${instance.status}`),
          bars: [
            {
              id: 'planned',
              ...planned,
              planned: true,
              label: `${t('runview.planned')}: ${words(planned.startAt, planned.endAt)}`,
            },
            ...(actual
              ? [
                  {
                    id: 'actual',
                    ...actual,
                    status: instance.status,
                    label: `${t(`status.${instance.status}`)}: ${words(actual.startAt, actual.endAt)}`,
                  },
                ]
              : []),
          ],
        }))}
        onOpen={(id) => {
          const row = instances.find((each) => each.id === id);
          go({
            to: '/instances/$instance',
            params: { instance: id },
            ...(row && isEnded(row) && { search: { tab: 'log' } }),
          });
        }}
      />
    </SpaceBetween>
  );
};
