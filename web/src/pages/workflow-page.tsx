import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { RouteReply } from '../../../shared/contracts/api/route.ts';
import type { Routes } from '../../../shared/contracts/api/routes.ts';
import { useMay } from '../features/access/access.queries.ts';
import { GridPanel } from '../features/run-views/grid-panel.tsx';
import { NeighboursPanel } from '../features/run-views/neighbours-panel.tsx';
import { ScheduleFacts } from '../features/run-views/schedule-facts.tsx';
import { TrendPanel } from '../features/run-views/trend-panel.tsx';
import { runInstancesQuery } from '../features/runs/runs.queries.ts';
import { RunsList } from '../features/runs/runs-list.tsx';
import type { WorkflowAction } from '../features/workflows/batch-refusal.ts';
import { SchedulePreview } from '../features/workflows/schedule-preview.tsx';
import { ScheduleText } from '../features/workflows/schedule-text.tsx';
import { VersionsList } from '../features/workflows/versions-list.tsx';
import { WorkflowActions } from '../features/workflows/workflow-actions.tsx';
import { WorkflowDialog } from '../features/workflows/workflow-dialog.tsx';
import { WorkflowGraph } from '../features/workflows/workflow-graph.tsx';
import { WorkflowStateText } from '../features/workflows/workflow-state.tsx';
import { type WorkflowRef, workflowQuery } from '../features/workflows/workflows.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { Waiting } from '../ui/feedback/waiting.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';
import { useScope } from '../ui/scope.ts';
import { RunStatusText } from '../ui/status/run-status.tsx';
import { At } from '../ui/time/at.tsx';
import { BackfillButton } from './parts/backfill-button.tsx';
import { HoldButton } from './parts/hold-button.tsx';

type WorkflowView = RouteReply<Routes['getWorkflow']>;

const route = getRouteApi('/in/workflows/$project/$workflow');

// YAML is only read and written on this tab.
const DefinitionPanel = lazy(() =>
  import('../features/workflows/definition-panel.tsx').then((file) => ({
    default: file.DefinitionPanel,
  })),
);

export const WorkflowPage = () => {
  const { project, workflow } = route.useParams();
  const { env } = useScope();
  const ref = { env, project, workflow };
  const row = useQuery(workflowQuery(ref));

  return (
    <Loaded query={row} lines={12}>
      {(data) => <WorkflowDetail workflow={ref} row={data} />}
    </Loaded>
  );
};

const WorkflowDetail = ({ workflow, row }: { workflow: WorkflowRef; row: WorkflowView }) => {
  const t = useT();
  const navigate = route.useNavigate();
  const { tab = 'dag', from, to, upcoming, up = '1', down = '1' } = route.useSearch();
  const may = useMay();
  const [action, setAction] = useState<WorkflowAction>();
  const compared = from && to ? ([Number(from), Number(to)] as const) : undefined;

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={row.description}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <BackfillButton project={row.project} root={`${row.project}/${row.workflow}`} />
            <HoldButton
              target={{ kind: 'workflow', project: row.project, workflow: row.workflow }}
            />
            <WorkflowActions count={1} onAction={setAction} />
          </SpaceBetween>
        }
      >
        {row.workflow}
      </Header>
      <KeyValuePairs
        columns={4}
        items={[
          { label: t('workflows.state'), value: <WorkflowStateText state={row.state} /> },
          {
            label: t('workflows.schedule'),
            value: <ScheduleText schedule={row.schedule} periodic={row.periodic} />,
          },
          {
            label: t('workflows.next'),
            value: <At at={row.nextFireAt} project={row.project} form="full" />,
          },
          {
            label: t('workflows.last-run'),
            value: row.lastRun ? (
              <RouteLink to="/runs/$run" params={{ run: row.lastRun.run }}>
                <RunStatusText status={row.lastRun.status} />
              </RouteLink>
            ) : (
              t('workflows.never-ran')
            ),
          },
          { label: t('common.project'), value: row.project },
          { label: t('common.owner'), value: row.owner ?? t('common.none') },
          { label: t('common.tags'), value: row.tags.join(', ') || t('common.none') },
          { label: t('common.version'), value: row.state.version || t('common.none') },
        ]}
      />
      <Tabs
        ariaLabel={row.workflow}
        activeTabId={tab}
        onChange={({ detail }) =>
          void navigate({
            search: ({ env, project }) => ({ env, project, tab: detail.activeTabId }),
            replace: true,
          })
        }
        tabs={[
          {
            id: 'dag',
            label: t('workflow.tab.dag'),
            content: <GraphOfLastRun workflow={workflow} row={row} />,
          },
          {
            id: 'runs',
            label: t('workflow.tab.runs'),
            content: (
              <SpaceBetween size="l">
                <TrendPanel place={workflow} />
                <RunsList
                  may={may}
                  scope={workflow}
                  filters={{ workflow: row.workflow }}
                  ofWorkflow
                  upcoming={upcoming === 'yes'}
                  onUpcoming={(wanted) =>
                    void navigate({
                      search: (before) => ({ ...before, upcoming: wanted ? 'yes' : undefined }),
                      replace: true,
                    })
                  }
                />
              </SpaceBetween>
            ),
          },
          {
            id: 'grid',
            label: t('runview.grid'),
            content: <GridPanel place={workflow} />,
          },
          {
            id: 'dependencies',
            label: t('runview.dependencies'),
            content: (
              <NeighboursPanel
                place={workflow}
                up={levelOf(up)}
                down={levelOf(down)}
                onLevels={(above, below) =>
                  void navigate({
                    search: ({ env, project, tab: open }) => ({
                      ...{ env, project, tab: open },
                      ...{ up: String(above), down: String(below) },
                    }),
                    replace: true,
                  })
                }
              />
            ),
          },
          {
            id: 'schedule',
            label: t('workflow.tab.schedule'),
            content: (
              <SpaceBetween size="l">
                <ScheduleFacts
                  row={row}
                  words={<ScheduleText schedule={row.schedule} periodic={row.periodic} />}
                  actions={
                    <RouteLink
                      to="/schedule/$project/$workflow"
                      params={{ project: row.project, workflow: row.workflow }}
                    >
                      {t('runview.ticks-link')}
                    </RouteLink>
                  }
                />
                <SchedulePreview workflow={workflow} />
              </SpaceBetween>
            ),
          },
          {
            id: 'versions',
            label: t('workflow.tab.versions'),
            content: (
              <VersionsList
                workflow={workflow}
                compared={compared}
                onCompare={(older, newer) =>
                  void navigate({
                    search: (before) => ({ ...before, from: String(older), to: String(newer) }),
                  })
                }
              />
            ),
          },
          {
            id: 'definition',
            label: t('workflow.tab.definition'),
            content: (
              <Suspense fallback={<Waiting lines={12} />}>
                <DefinitionPanel workflow={workflow} mayPublish={may('developer', row.project)} />
              </Suspense>
            ),
          },
        ]}
      />
      {action && (
        <WorkflowDialog
          action={action}
          rows={[row]}
          env={workflow.env}
          may={may}
          onClose={() => setAction(undefined)}
        />
      )}
    </SpaceBetween>
  );
};

/** A level of the address: 0 to 6, else 1. */
const levelOf = (text: string): number => {
  const level = Number(text);
  return Number.isInteger(level) && level >= 0 && level <= 6 ? level : 1;
};

/** The graph of the version in use, coloured by the latest run. */
const GraphOfLastRun = ({ workflow, row }: { workflow: WorkflowRef; row: WorkflowView }) => {
  const t = useT();
  const run = row.lastRun;
  const instances = useQuery({ ...runInstancesQuery(run?.run ?? ''), enabled: run !== undefined });
  const version = row.state.version || row.state.latestVersion;
  if (version === 0) return <>{t('workflows.refusal.not-published')}</>;

  return (
    <WorkflowGraph workflow={workflow} version={version} instances={instances.data ?? []}>
      {run ? (
        <RouteLink to="/runs/$run" params={{ run: run.run }}>
          {t('workflow.dag-of', { date: run.bizDate })}
        </RouteLink>
      ) : (
        <span>{t('workflow.dag-none')}</span>
      )}
    </WorkflowGraph>
  );
};
