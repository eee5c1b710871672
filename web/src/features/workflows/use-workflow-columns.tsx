import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { WorkflowRow } from '../../../../shared/contracts/api/workflow-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { RunStatusText } from '../../ui/status/run-status.tsx';
import { At } from '../../ui/time/at.tsx';
import { RecentRuns } from './recent-runs.tsx';
import { ScheduleText } from './schedule-text.tsx';
import { WorkflowStateText } from './workflow-state.tsx';

export const useWorkflowColumns = (): TableProps.ColumnDefinition<WorkflowRow>[] => {
  const t = useT();

  return [
    {
      id: 'name',
      header: t('common.name'),
      isRowHeader: true,
      cell: ({ project, workflow, description }) => (
        <>
          <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
            {workflow}
          </RouteLink>
          {description && (
            <Box variant="small" display="block">
              <span className="clip" title={description}>
                {description}
              </span>
            </Box>
          )}
        </>
      ),
    },
    { id: 'project', header: t('common.project'), cell: ({ project }) => project },
    {
      id: 'state',
      header: t('workflows.state'),
      cell: ({ state }) => <WorkflowStateText state={state} />,
    },
    {
      id: 'schedule',
      header: `${t('workflows.schedule')} · ${t('workflows.next')}`,
      cell: ({ nextFireAt, project, ...row }) => (
        <>
          <ScheduleText {...row} />
          {nextFireAt && (
            <Box variant="small" display="block">
              <At at={nextFireAt} project={project} />
            </Box>
          )}
        </>
      ),
    },
    {
      id: 'lastRun',
      header: t('workflows.last-run'),
      cell: ({ lastRun, project }) =>
        lastRun ? (
          <SpaceBetween size="xxxs">
            <RouteLink to="/runs/$run" params={{ run: lastRun.run }}>
              <RunStatusText status={lastRun.status} />
            </RouteLink>
            <Box variant="small">
              <At at={lastRun.startedAt ?? lastRun.dueAt} project={project} />
            </Box>
          </SpaceBetween>
        ) : (
          t('workflows.never-ran')
        ),
    },
    {
      id: 'recent',
      header: t('workflows.recent'),
      cell: ({ recentRuns }) => <RecentRuns runs={recentRuns} />,
    },
    { id: 'tasks', header: t('workflows.tasks'), cell: ({ tasks }) => tasks },
    { id: 'owner', header: t('common.owner'), cell: ({ owner }) => owner ?? t('common.none') },
    {
      id: 'tags',
      header: t('common.tags'),
      cell: ({ tags }) => (tags.length > 0 ? tags.join(', ') : t('common.none')),
    },
    {
      id: 'updated',
      header: t('common.updated'),
      cell: ({ updatedAt, project }) => <At at={updatedAt} project={project} />,
    },
  ];
};
