import Badge from '@cloudscape-design/components/badge';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { TickRow } from '../../../../shared/contracts/api/schedule-routes.ts';
import type { TickStatus } from '../../../../shared/domain/schedule/tick-state.ts';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatDuration } from '../../ui/time/format.ts';
import { useNow } from '../../ui/time/time-provider.tsx';

const indicatorOf: Readonly<Record<TickStatus, StatusIndicatorProps.Type>> = {
  PLANNED: 'not-started',
  WAITING: 'pending',
  LATE: 'warning',
  RUNNING: 'in-progress',
  SUCCESS: 'success',
  FAILED: 'error',
  CANCELLED: 'stopped',
  SKIPPED: 'info',
  MISSED: 'error',
};

/** What became of a tick: status, why it was skipped, and how late it began. */
export const TickStatusText = ({ row }: { row: TickRow }) => {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  const { status, reason, late, dueAt, startedAt } = row;
  const lateMs = (startedAt ? Date.parse(startedAt) : now()) - Date.parse(dueAt);

  return (
    <>
      <StatusIndicator type={indicatorOf[status]}>
        {t(`tick.${status}`)}
        {reason && ` · ${t(`tick.reason.${reason}`)}`}
      </StatusIndicator>
      {late && (
        <>
          {' '}
          <Badge color="severity-medium">
            {t('ticks.late-by', { duration: formatDuration(lateMs, language) })}
          </Badge>
        </>
      )}
    </>
  );
};
