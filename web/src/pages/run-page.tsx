import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RunView } from '../../../shared/contracts/api/run-view.ts';
import { useMay } from '../features/access/access.queries.ts';
import { RunInstances } from '../features/instances/run-instances.tsx';
import { StatusCounts } from '../features/instances/status-counts.tsx';
import { RunGantt } from '../features/run-views/run-gantt.tsx';
import { RunNodes } from '../features/run-views/run-nodes.tsx';
import { RetryBadge } from '../features/runs/retry-badge.tsx';
import { RetryButton } from '../features/runs/retry-button.tsx';
import { readRunLog, runInstancesQuery, runQuery } from '../features/runs/runs.queries.ts';
import { WorkflowGraph } from '../features/workflows/workflow-graph.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';
import { LogView } from '../ui/log/log-view.tsx';
import { RunStatusText } from '../ui/status/run-status.tsx';
import { At } from '../ui/time/at.tsx';
import { Duration } from '../ui/time/duration.tsx';
import { RunOperations } from './parts/run-operations.tsx';

const route = getRouteApi('/in/runs/$run');

export const RunPage = () => {
  const { run } = route.useParams();
  const view = useQuery(runQuery(run));

  return (
    <Loaded query={view} lines={12}>
      {(data) => <RunDetail view={data} />}
    </Loaded>
  );
};

const RunDetail = ({ view }: { view: RunView }) => {
  const t = useT();
  const navigate = route.useNavigate();
  const { tab = 'instances' } = route.useSearch();
  const may = useMay();
  const instances = useQuery(runInstancesQuery(view.run));
  const { run, env, project, workflow, bizDate, ended, total, version } = view;
  const live = view.status === 'WAITING' || view.status === 'RUNNING';

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={run}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <RetryButton run={view} may={may} variant="primary" />
            <RunOperations rows={[view]} />
          </SpaceBetween>
        }
      >
        {t('run.title', { workflow, date: bizDate })}
      </Header>
      {total === 0 && <Alert type="info">{t('run.not-generated')}</Alert>}
      <KeyValuePairs
        columns={4}
        items={[
          { label: t('runs.status'), value: <RunStatusText status={view.status} /> },
          {
            label: t('runs.progress'),
            value: (
              <ProgressBar
                value={total === 0 ? 0 : (ended / total) * 100}
                additionalInfo={t('runs.progress-text', { ended, total })}
                ariaLabel={t('run.progress-label', { ended, total })}
              />
            ),
          },
          {
            label: t('runs.started'),
            value: <At at={view.startedAt} project={project} form="full" />,
          },
          {
            label: t('runs.duration'),
            value: <Duration from={view.startedAt} to={view.endedAt} />,
          },
          {
            label: t('common.workflow'),
            value: (
              <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
                {workflow}
              </RouteLink>
            ),
          },
          { label: t('common.project'), value: project },
          { label: t('runs.trigger'), value: t(`family.${view.family}`) },
          { label: t('runs.version'), value: version ?? t('common.none') },
          ...(view.retry
            ? [{ label: t('retry.latest'), value: <LatestRetry retry={view.retry} /> }]
            : []),
          ...(view.autoRetries
            ? [
                {
                  label: t('monitoring.auto-retried'),
                  value: t('retry.auto', { count: view.autoRetries }),
                },
              ]
            : []),
          ...(view.retryOf
            ? [
                {
                  label: t('run-op.retry-of'),
                  value: (
                    <RouteLink to="/runs/$run" params={{ run: view.retryOf }}>
                      {view.retryOf}
                    </RouteLink>
                  ),
                },
              ]
            : []),
          ...(Object.keys(view.parameters ?? {}).length > 0
            ? [
                {
                  label: t('run-op.parameters'),
                  value: <Parameters values={view.parameters ?? {}} />,
                },
              ]
            : []),
        ]}
      />
      {total > 0 && <StatusCounts counts={view.counts} total={total} />}
      <Tabs
        ariaLabel={workflow}
        activeTabId={tab}
        onChange={({ detail }) =>
          void navigate({
            search: (before) => ({
              env: before.env,
              project: before.project,
              tab: detail.activeTabId,
            }),
            replace: true,
          })
        }
        tabs={[
          {
            id: 'instances',
            label: t('run.tab.instances'),
            content: (
              <RunInstances
                items={instances.data ?? []}
                loading={instances.isPending}
                mayOperate={(name) => may('operator', name)}
              />
            ),
          },
          {
            id: 'dag',
            label: t('run.tab.dag'),
            disabled: version === undefined,
            disabledReason: t('run.not-generated'),
            content: version !== undefined && (
              <WorkflowGraph
                workflow={{ env, project, workflow }}
                version={version}
                instances={instances.data ?? []}
              />
            ),
          },
          {
            id: 'gantt',
            label: t('runview.gantt'),
            content: (
              <RunGantt
                run={run}
                workflow={workflow}
                project={project}
                instances={instances.data ?? []}
              />
            ),
          },
          {
            id: 'nodes',
            label: t('runview.nodes'),
            content: (
              <RunNodes run={run} instances={instances.data ?? []} loading={instances.isPending} />
            ),
          },
          {
            id: 'log',
            label: t('run.tab.log'),
            content: <LogView name={run} logKey={run} read={readRunLog(run)} live={live} />,
          },
        ]}
      />
    </SpaceBetween>
  );
};

const LatestRetry = ({ retry }: { retry: NonNullable<RunView['retry']> }) => {
  const t = useT();
  const { by, reason = '', count } = retry;
  return (
    <SpaceBetween size="xxs">
      <RetryBadge retry={retry} />
      <span>{t('retry.by', { by, reason })}</span>
      {count > 1 && <span>{t('retry.count', { count })}</span>}
    </SpaceBetween>
  );
};

const Parameters = ({ values }: { values: Readonly<Record<string, string>> }) => (
  <ul className="plain-list">
    {Object.entries(values).map(([name, value]) => (
      <li key={name}>
        <code>
          {name}={value}
        </code>
      </li>
    ))}
  </ul>
);
