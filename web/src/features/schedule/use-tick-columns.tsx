import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { TickRow } from '../../../../shared/contracts/api/schedule-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { Duration } from '../../ui/time/duration.tsx';
import { TickStatusText } from './tick-status.tsx';

export type TickOperation = 'rerun-failed' | 'stop';

const hasRun = ({ status }: TickRow): boolean => status !== 'PLANNED' && status !== 'MISSED';
const mayStop = ({ status }: TickRow): boolean =>
  status === 'RUNNING' || status === 'LATE' || status === 'WAITING';

/** Columns of scheduled task management (workflows-and-logs B1.5). */
export const useTickColumns = (
  project: string,
  onOperate: (run: string, operation: TickOperation) => void,
): TableProps.ColumnDefinition<TickRow>[] => {
  const t = useT();

  return [
    {
      id: 'trigger-at',
      header: t('ticks.trigger-at'),
      isRowHeader: true,
      cell: ({ dueAt, local, shifted }) => (
        <>
          <At at={dueAt} project={project} form="full" />
          {shifted && (
            <>
              {' '}
              <Badge color="severity-medium">
                {t('ticks.shifted')} · {(local ?? '').replace('T', ' ')}
              </Badge>
            </>
          )}
        </>
      ),
    },
    {
      id: 'started',
      header: t('ticks.started'),
      cell: ({ startedAt }) => <At at={startedAt} project={project} />,
    },
    {
      id: 'ended',
      header: t('ticks.ended'),
      cell: ({ endedAt }) => <At at={endedAt} project={project} />,
    },
    {
      id: 'duration',
      header: t('ticks.duration'),
      cell: ({ startedAt, endedAt }) => <Duration from={startedAt} to={endedAt} />,
    },
    { id: 'status', header: t('ticks.status'), cell: (row) => <TickStatusText row={row} /> },
    {
      id: 'progress',
      header: t('ticks.progress'),
      cell: (row) =>
        hasRun(row)
          ? t('runs.progress-text', { ended: row.ended, total: row.total })
          : t('common.none'),
    },
    {
      id: 'job',
      header: t('ticks.job'),
      cell: (row) =>
        hasRun(row) ? (
          <RouteLink to="/runs/$run" params={{ run: row.run }}>
            <span className="clip" title={row.run}>
              {row.run}
            </span>
          </RouteLink>
        ) : (
          t('ticks.no-run')
        ),
    },
    {
      id: 'mode',
      header: t('ticks.mode'),
      cell: ({ trigger, planned }) =>
        trigger === 'recurring' && !planned ? t('ticks.unplanned') : t(`family.${trigger}`),
    },
    {
      id: 'operation',
      header: t('ticks.operation'),
      minWidth: 200,
      cell: (row) =>
        hasRun(row) ? (
          <SpaceBetween direction="horizontal" size="s">
            <RouteLink to="/runs/$run" params={{ run: row.run }} search={{ tab: 'log' }}>
              {t('ticks.log')}
            </RouteLink>
            {row.status === 'FAILED' && (
              <Button variant="inline-link" onClick={() => onOperate(row.run, 'rerun-failed')}>
                {t('ticks.retry')}
              </Button>
            )}
            {mayStop(row) && (
              <Button variant="inline-link" onClick={() => onOperate(row.run, 'stop')}>
                {t('ticks.stop')}
              </Button>
            )}
          </SpaceBetween>
        ) : (
          t('common.none')
        ),
    },
  ];
};
