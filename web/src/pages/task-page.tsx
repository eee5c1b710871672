import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { TaskDetail } from '../../../shared/contracts/api/task-view.ts';
import { useMay } from '../features/access/access.queries.ts';
import { projectsQuery } from '../features/projects/projects.queries.ts';
import { TaskActions } from '../features/tasks/task-actions.tsx';
import { TaskFacts } from '../features/tasks/task-facts.tsx';
import { TaskGraphPanel } from '../features/tasks/task-graph-panel.tsx';
import { TaskInstances } from '../features/tasks/task-instances.tsx';
import { TaskLog } from '../features/tasks/task-log.tsx';
import { TaskOperation } from '../features/tasks/task-operation.tsx';
import type { TaskAction } from '../features/tasks/task-refusal.ts';
import { type TaskRef, taskQuery } from '../features/tasks/tasks.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { Waiting } from '../ui/feedback/waiting.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useScope } from '../ui/scope.ts';
import { BackfillButton } from './parts/backfill-button.tsx';
import { HoldButton } from './parts/hold-button.tsx';

const route = getRouteApi('/in/tasks/$project/$workflow/$task');

// YAML is only written on this tab.
const TaskDefinition = lazy(() =>
  import('../features/tasks/task-definition.tsx').then((file) => ({
    default: file.TaskDefinition,
  })),
);

export const TaskPage = () => {
  const { env } = useScope();
  const task = { env, ...route.useParams() };
  const detail = useQuery(taskQuery(task));

  return (
    <Loaded query={detail} lines={12}>
      {(data) => <TaskTabs task={task} detail={data} />}
    </Loaded>
  );
};

type Operation = { readonly action: TaskAction; readonly task: TaskRef };

const TaskTabs = ({ task, detail }: { task: TaskRef; detail: TaskDetail }) => {
  const t = useT();
  const navigate = route.useNavigate();
  const { tab = 'dag', up = '1', down = '1', openUp = '', openDown = '' } = route.useSearch();
  const may = useMay();
  const [operation, setOperation] = useState<Operation>();

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={detail.description ?? detail.id}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <BackfillButton project={detail.project} root={detail.id} />
            <HoldButton
              target={{
                kind: 'task',
                project: detail.project,
                workflow: detail.workflow,
                task: detail.task,
              }}
            />
            <TaskActions
              rows={[detail]}
              start={detail.trigger === 'manual' ? 'run' : 'test-run'}
              may={may}
              onAction={(action) => setOperation({ action, task })}
            />
          </SpaceBetween>
        }
      >
        {detail.task}
      </Header>
      <Container>
        <TaskFacts task={detail} />
      </Container>
      <Tabs
        ariaLabel={detail.task}
        activeTabId={tab}
        onChange={({ detail: { activeTabId } }) =>
          void navigate({
            search: ({ env, project }) => ({ env, project, tab: activeTabId }),
            replace: true,
          })
        }
        tabs={[
          {
            id: 'dag',
            label: t('task.tab.dag'),
            content: (
              <TaskGraphPanel
                key={detail.id}
                task={task}
                search={{ up, down, openUp, openDown }}
                may={may}
                onSearch={(next) =>
                  void navigate({
                    search: ({ env, project }) => ({ env, project, tab: 'dag', ...next }),
                    replace: true,
                  })
                }
                onAction={({ project, workflow, task: name }, action) =>
                  setOperation({ action, task: { env: task.env, project, workflow, task: name } })
                }
              />
            ),
          },
          {
            id: 'instances',
            label: t('task.tab.instances'),
            content: <TaskInstances task={task} />,
          },
          {
            id: 'definition',
            label: t('task.tab.definition'),
            content: (
              <Suspense fallback={<Waiting lines={8} />}>
                <TaskDefinition task={detail} />
              </Suspense>
            ),
          },
          { id: 'log', label: t('task.tab.log'), content: <TaskLog task={task} /> },
        ]}
      />
      {operation && <OnTask {...operation} onClose={() => setOperation(undefined)} />}
    </SpaceBetween>
  );
};

/** The dialog of an operation on a task that may be another one than the page is about. */
const OnTask = ({ action, task, onClose }: Operation & { onClose: () => void }) => {
  const may = useMay();
  const detail = useQuery(taskQuery(task));
  const projects = useQuery(projectsQuery());
  if (!detail.data) return null;

  return (
    <TaskOperation
      action={action}
      rows={[detail.data]}
      env={task.env}
      projects={projects.data ?? []}
      may={may}
      onClose={onClose}
    />
  );
};
