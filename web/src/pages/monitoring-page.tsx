import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Monitoring } from '../../../shared/contracts/api/monitoring-routes.ts';
import { monitoringQuery } from '../features/monitoring/monitoring.queries.ts';
import {
  type AskedWindow,
  includesNow,
  windowOf,
} from '../features/monitoring/monitoring-range.ts';
import { RunFigures } from '../features/monitoring/run-figures.tsx';
import { logsLink, runsLink } from '../features/monitoring/runs-link.ts';
import { TopWorkflows } from '../features/monitoring/top-workflows.tsx';
import { DurationTrend, RunsTrend } from '../features/monitoring/trend-charts.tsx';
import { WindowPicker } from '../features/monitoring/window-picker.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { Waiting } from '../ui/feedback/waiting.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { useScope } from '../ui/scope.ts';
import { At } from '../ui/time/at.tsx';
import { useNow, useProjectZone } from '../ui/time/time-provider.tsx';
import { ProjectChooser } from './parts/project-chooser.tsx';
import { WorkflowFilter } from './parts/workflow-filter.tsx';

const route = getRouteApi('/in/monitoring');

/** Runs, successes and durations of an application or a workflow: today, or up to seven days back (B1.1). */
export const MonitoringPage = () => {
  const t = useT();
  const scope = useScope();
  const navigate = route.useNavigate();
  const { workflow, range, from, to } = route.useSearch();
  const asked: AskedWindow = { range, from, to };
  const zone = useProjectZone(scope.project);
  const now = useNow();
  const overview = useQuery(monitoringQuery(scope, workflow, asked, { zone, now }));
  const live = includesNow(windowOf(asked, zone, now()), now());

  const show = (next: Partial<AskedWindow> & { workflow?: string | undefined }) =>
    void navigate({
      search: ({ env, project }) => ({ env, project, workflow, range, from, to, ...next }) as never,
      replace: true,
    });

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={t(live ? 'monitoring.live' : 'monitoring.past', { zone })}
        actions={
          <Button
            iconName="refresh"
            loading={overview.isFetching}
            onClick={() => void overview.refetch()}
          >
            {t('monitoring.refresh')}
          </Button>
        }
      >
        {t('monitoring.title')}
      </Header>
      <Container>
        <SpaceBetween size="m">
          <Grid
            gridDefinition={[
              { colspan: { default: 12, s: 6 } },
              { colspan: { default: 12, s: 6 } },
            ]}
          >
            <FormField label={t('monitoring.application')}>
              <ProjectChooser
                chosen={scope.project}
                onChoose={(project) =>
                  void navigate({
                    search: ({ env }) => ({ env, project, range, from, to }) as never,
                    replace: true,
                  })
                }
              />
            </FormField>
            <FormField
              label={t('common.workflow')}
              constraintText={scope.project ? undefined : t('monitoring.choose-application')}
            >
              <WorkflowFilter
                scope={scope}
                chosen={workflow}
                onChoose={(name) => show({ workflow: name })}
              />
            </FormField>
          </Grid>
          <WindowPicker
            key={JSON.stringify(asked)}
            asked={asked}
            zone={zone}
            onChange={(next) => show({ range: undefined, from: undefined, to: undefined, ...next })}
          />
        </SpaceBetween>
      </Container>
      {overview.isError && (
        <ProblemAlert error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      {overview.data && !overview.isError && <Overview data={overview.data} workflow={workflow} />}
      {overview.isPending && <Waiting lines={12} />}
    </SpaceBetween>
  );
};

const Overview = ({ data, workflow }: { data: Monitoring; workflow: string | undefined }) => {
  const t = useT();
  const scope = useScope();
  const linkTo = (more?: Readonly<Record<string, string>>) => runsLink(scope, workflow, data, more);

  return (
    <SpaceBetween size="l">
      {data.countedFrom && (
        <Alert type="warning" header={t('monitoring.cut-title')}>
          {t('monitoring.cut-text')} <At at={data.countedFrom} form="full" />
        </Alert>
      )}
      <Box color="text-body-secondary">
        {t('monitoring.window')}: <At at={data.from} form="full" /> –{' '}
        <At at={data.to} form="full" /> · {t('monitoring.as-of')} <At at={data.at} form="full" /> ·{' '}
        <RouteLink {...logsLink(scope, workflow, data)}>{t('monitoring.open-logs')}</RouteLink>
      </Box>
      <RunFigures data={data} linkTo={linkTo} />
      {data.totals.runs === 0 ? (
        <Container>
          <EmptyList text={t('monitoring.empty')} action={t('monitoring.empty-hint')} />
        </Container>
      ) : (
        <>
          <Grid
            gridDefinition={[
              { colspan: { default: 12, m: 6 } },
              { colspan: { default: 12, m: 6 } },
            ]}
          >
            <RunsTrend data={data} linkTo={(window) => runsLink(scope, workflow, window)} />
            <DurationTrend data={data} linkTo={(window) => runsLink(scope, workflow, window)} />
          </Grid>
          <Grid
            gridDefinition={[
              { colspan: { default: 12, m: 6 } },
              { colspan: { default: 12, m: 6 } },
            ]}
          >
            <TopWorkflows data={data} env={scope.env} kind="failing" />
            <TopWorkflows data={data} env={scope.env} kind="slow" />
          </Grid>
        </>
      )}
    </SpaceBetween>
  );
};
