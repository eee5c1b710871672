import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { BizDate } from '../../ui/time/biz-date.tsx';
import { Duration } from '../../ui/time/duration.tsx';
import type { Operation } from './instances.queries.ts';
import { RowMenu } from './row-menu.tsx';

/** Columns of a list of instances (nodes-and-instances 4.2). */
export const useInstanceColumns = ({
  mayOperate,
  onOperation,
}: {
  mayOperate: (project: string) => boolean;
  onOperation: (operation: Operation, row: InstanceRow) => void;
}): TableProps.ColumnDefinition<InstanceRow>[] => {
  const t = useT();

  return [
    {
      id: 'object',
      header: t('instances.object'),
      isRowHeader: true,
      cell: ({ id, task, workflow }) => (
        <>
          <RouteLink to="/instances/$instance" params={{ instance: id }}>
            {task}
          </RouteLink>
          <Box variant="small" display="block">
            {workflow}
          </Box>
        </>
      ),
    },
    {
      id: 'status',
      header: t('instances.status'),
      cell: (row) => (
        <>
          <InstanceStatus {...row} />
          {row.retryAt && (
            <Box variant="small" display="block">
              {t('instances.retry-at')} <At at={row.retryAt} project={row.project} />
            </Box>
          )}
        </>
      ),
    },
    {
      id: 'menu',
      header: t('common.actions'),
      cell: (row) => (
        <RowMenu
          row={row}
          mayOperate={mayOperate}
          onOperation={(operation) => onOperation(operation, row)}
        />
      ),
    },
    { id: 'cycle', header: t('instances.cycle'), cell: ({ index }) => index },
    {
      id: 'bizDate',
      header: t('instances.biz-date'),
      cell: ({ bizDate }) => <BizDate day={bizDate} />,
    },
    {
      id: 'due',
      header: t('instances.due'),
      sortingField: 'due',
      cell: ({ dueAt, project }) => <At at={dueAt} project={project} />,
    },
    {
      id: 'started',
      header: t('instances.started'),
      cell: ({ startedAt, project }) => <At at={startedAt} project={project} />,
    },
    {
      id: 'ended',
      header: t('instances.ended'),
      cell: ({ endedAt, project }) => <At at={endedAt} project={project} />,
    },
    {
      id: 'duration',
      header: t('instances.duration'),
      cell: ({ startedAt, endedAt }) => <Duration from={startedAt} to={endedAt} />,
    },
    {
      id: 'attempts',
      header: t('instances.attempts'),
      cell: ({ attempts, autoRetries }) =>
        autoRetries > 0
          ? t('instances.attempts-text', { attempts, retries: autoRetries })
          : attempts,
    },
    {
      id: 'priority',
      header: t('common.priority'),
      cell: ({ priority }) => t(`priority.${priority}`),
    },
    { id: 'owner', header: t('common.owner'), cell: ({ owner }) => owner ?? t('common.none') },
    { id: 'project', header: t('common.project'), cell: ({ project }) => project },
    {
      id: 'group',
      header: t('instances.resource-group'),
      cell: ({ resourceGroup }) => resourceGroup,
    },
    { id: 'kind', header: t('instances.kind'), cell: ({ kind }) => kind },
    {
      id: 'tags',
      header: t('common.tags'),
      cell: ({ tags }) => tags.join(', ') || t('common.none'),
    },
    {
      id: 'error',
      header: t('instances.error'),
      cell: ({ error }) =>
        error ? (
          <span className="clip" title={error}>
            {error}
          </span>
        ) : (
          t('common.none')
        ),
    },
    {
      id: 'id',
      header: t('instance.id'),
      cell: ({ id }) => (
        <span className="clip" title={id}>
          {id}
        </span>
      ),
    },
  ];
};
