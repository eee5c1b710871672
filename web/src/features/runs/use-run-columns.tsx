import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { RunView } from '../../../../shared/contracts/api/run-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { RunStatusText } from '../../ui/status/run-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { BizDate } from '../../ui/time/biz-date.tsx';
import { Duration } from '../../ui/time/duration.tsx';
import { RetryBadge } from './retry-badge.tsx';
import { type May, RetryButton } from './retry-button.tsx';

/** Columns of a list of runs; `workflow` is left out where all are of one. */
export const useRunColumns = (
  withWorkflow: boolean,
  may: May,
): TableProps.ColumnDefinition<RunView>[] => {
  const t = useT();
  const columns: (TableProps.ColumnDefinition<RunView> | false)[] = [
    {
      id: 'run',
      header: t('runs.run'),
      isRowHeader: true,
      cell: ({ run, workflow, bizDate, cycle }) => (
        <RouteLink to="/runs/$run" params={{ run }}>
          {withWorkflow ? workflow : bizDate} · {cycle}
        </RouteLink>
      ),
    },
    withWorkflow && {
      id: 'project',
      header: t('common.project'),
      cell: ({ project }) => project,
    },
    {
      id: 'status',
      header: t('runs.status'),
      cell: ({ status, retry, autoRetries }) => (
        <>
          <RunStatusText status={status} /> {retry && <RetryBadge retry={retry} />}
          {autoRetries && (status === 'RUNNING' || status === 'SUCCESS') && (
            <Box variant="small">{t('retry.auto', { count: autoRetries })}</Box>
          )}
        </>
      ),
    },
    {
      id: 'operation',
      header: t('common.actions'),
      cell: (row) => <RetryButton run={row} may={may} variant="inline-link" />,
    },
    { id: 'trigger', header: t('runs.trigger'), cell: ({ family }) => t(`family.${family}`) },
    { id: 'bizDate', header: t('runs.biz-date'), cell: ({ bizDate }) => <BizDate day={bizDate} /> },
    {
      id: 'progress',
      header: t('runs.progress'),
      cell: ({ ended, total }) => t('runs.progress-text', { ended, total }),
    },
    { id: 'failed', header: t('runs.failed'), cell: ({ failed }) => failed },
    {
      id: 'started',
      header: t('runs.started'),
      cell: ({ startedAt, project }) => <At at={startedAt} project={project} />,
    },
    {
      id: 'ended',
      header: t('runs.ended'),
      cell: ({ endedAt, project }) => <At at={endedAt} project={project} />,
    },
    {
      id: 'duration',
      header: t('runs.duration'),
      cell: ({ startedAt, endedAt }) => <Duration from={startedAt} to={endedAt} />,
    },
    {
      id: 'by',
      header: t('runs.started-by'),
      cell: ({ startedBy }) => startedBy ?? t('common.none'),
    },
  ];
  return columns.filter((column) => column !== false);
};
