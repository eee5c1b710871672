import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { TaskListRow } from '../../../../shared/contracts/api/task-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { InstanceStatus } from '../../ui/status/instance-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { TaskStateText } from './task-state-text.tsx';
import { CycleText, RetriesText, TimeoutText } from './task-texts.tsx';

const taskPage = '/tasks/$project/$workflow/$task';

/** Columns of a list of tasks (nodes-and-instances 3.1). One-time tasks have no cycle. */
export const useTaskColumns = (
  trigger: 'recurring' | 'manual',
): TableProps.ColumnDefinition<TaskListRow>[] => {
  const t = useT();
  const paramsOf = ({ project, workflow, task }: TaskListRow) => ({ project, workflow, task });
  const small = (text: string) => (
    <Box variant="small" display="block">
      <span className="clip" title={text}>
        {text}
      </span>
    </Box>
  );
  const cycle: TableProps.ColumnDefinition<TaskListRow>[] = [
    {
      id: 'cycle',
      header: `${t('tasks.schedule')} · ${t('tasks.next-due')}`,
      cell: (row) => (
        <>
          <CycleText row={row} />
          {row.nextDueAt && (
            <Box variant="small" display="block">
              <At at={row.nextDueAt} project={row.project} />
            </Box>
          )}
        </>
      ),
    },
  ];

  return [
    {
      id: 'name',
      header: t('common.task'),
      isRowHeader: true,
      cell: (row) => (
        <>
          <RouteLink to={taskPage} params={paramsOf(row)}>
            {row.task}
          </RouteLink>
          {small(row.id)}
        </>
      ),
    },
    { id: 'state', header: t('tasks.state'), cell: (row) => <TaskStateText row={row} /> },
    { id: 'kind', header: t('tasks.kind'), cell: ({ kind }) => t(`task-kind.${kind}`) },
    {
      id: 'workflow',
      header: t('common.workflow'),
      cell: ({ project, workflow }) => (
        <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
          {workflow}
        </RouteLink>
      ),
    },
    ...(trigger === 'recurring' ? cycle : []),
    {
      id: 'last',
      header: t('tasks.last'),
      cell: ({ lastInstance, project }) =>
        lastInstance ? (
          <>
            <RouteLink to="/instances/$instance" params={{ instance: lastInstance.id }}>
              <InstanceStatus {...lastInstance} />
            </RouteLink>
            <Box variant="small" display="block">
              <At at={lastInstance.startedAt ?? lastInstance.dueAt} project={project} />
            </Box>
          </>
        ) : (
          t('tasks.never-ran')
        ),
    },
    {
      id: 'priority',
      header: t('common.priority'),
      cell: ({ priority }) => t(`priority.${priority}`),
    },
    { id: 'owner', header: t('common.owner'), cell: ({ owner }) => owner ?? t('common.none') },
    {
      id: 'neighbours',
      header: t('tasks.neighbours'),
      cell: (row) => (
        <RouteLink to={taskPage} params={paramsOf(row)} search={{ tab: 'dag' }}>
          {row.upstreamCount} / {row.downstreamCount}
        </RouteLink>
      ),
    },
    {
      id: 'group',
      header: t('tasks.resource-group'),
      cell: ({ resourceGroup }) => resourceGroup ?? 'default',
    },
    { id: 'timeout', header: t('tasks.timeout'), cell: (row) => <TimeoutText row={row} /> },
    { id: 'retries', header: t('tasks.retries'), cell: (row) => <RetriesText row={row} /> },
    {
      id: 'tags',
      header: t('common.tags'),
      cell: ({ tags }) => (tags.length > 0 ? tags.join(', ') : t('common.none')),
    },
    { id: 'project', header: t('common.project'), cell: ({ project }) => project },
    {
      id: 'updated',
      header: t('common.updated'),
      cell: ({ updatedAt, project }) => <At at={updatedAt} project={project} />,
    },
  ];
};
