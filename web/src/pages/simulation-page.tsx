import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../features/access/access.queries.ts';
import { projectsQuery } from '../features/projects/projects.queries.ts';
import { DraftPanel } from '../features/simulation/draft-panel.tsx';
import { Findings } from '../features/simulation/findings.tsx';
import { HerdChart } from '../features/simulation/herd-chart.tsx';
import { NightGantt } from '../features/simulation/night-gantt.tsx';
import { PoolStrips } from '../features/simulation/pool-strips.tsx';
import { simulationQuery } from '../features/simulation/simulation.queries.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { useScope } from '../ui/scope.ts';
import { useNow } from '../ui/time/time-provider.tsx';

const route = getRouteApi('/in/simulation');
const horizons = ['24', '48', '72'] as const;

/** The next one to three days on a virtual clock. Without a project in the header the first one is simulated. */
export const SimulationPage = () => {
  const t = useT();
  const { project } = useScope();
  const projects = useQuery(projectsQuery());

  return (
    <Loaded query={projects}>
      {(all) => {
        const shown = all.find(({ name }) => name === project) ?? all[0];
        if (shown) return <Night project={shown.name} />;
        return (
          <Box textAlign="center" padding="xxl">
            <Header variant="h1">{t('nav.simulation')}</Header>
            <EmptyList
              text={t('home.no-projects')}
              action={<code>{t('home.no-projects-hint')}</code>}
            />
          </Box>
        );
      }}
    </Loaded>
  );
};

const Night = ({ project }: { project: string }) => {
  const t = useT();
  const now = useNow();
  const may = useMay();
  const { env } = useScope();
  const navigate = route.useNavigate();
  const { hours = '24', standing, tab = 'gantt', task } = route.useSearch();
  const wish = { env, project, hours: Number(hours), standing: standing === 'yes' };
  const night = useQuery(simulationQuery(wish));
  const search = (change: Partial<ReturnType<typeof route.useSearch>>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={t('simulation.text', { project })}
        actions={
          <SpaceBetween direction="horizontal" size="s" alignItems="center">
            <Toggle
              checked={wish.standing}
              onChange={({ detail }) => search({ standing: detail.checked ? 'yes' : undefined })}
            >
              {t('simulation.standing')}
            </Toggle>
            <SegmentedControl
              label={t('simulation.horizon')}
              selectedId={hours}
              options={horizons.map((id) => ({
                id,
                text: t('simulation.hours', { count: Number(id) }),
              }))}
              onChange={({ detail }) =>
                search({ hours: horizons.find((each) => each === detail.selectedId) })
              }
            />
            <Button
              iconName="refresh"
              loading={night.isFetching}
              onClick={() => void night.refetch()}
            >
              {t('simulation.again')}
            </Button>
          </SpaceBetween>
        }
      >
        {t('nav.simulation')}
      </Header>
      <Loaded query={night} lines={12}>
        {(simulation) => {
          const guessed = simulation.runs.reduce((sum, run) => sum + run.guessed, 0);
          return (
            <SpaceBetween size="m">
              {simulation.total > 0 && (
                <Box>
                  {t('simulation.summary', {
                    total: simulation.total,
                    runs: simulation.runs.length,
                    guessed,
                  })}
                </Box>
              )}
              {simulation.leftOut > 0 && (
                <Alert type="info">{t('simulation.left-out', { count: simulation.leftOut })}</Alert>
              )}
              {simulation.never.length > 0 && (
                <Alert
                  type="warning"
                  action={
                    <Button onClick={() => search({ tab: 'findings' })}>
                      {t('common.details')}
                    </Button>
                  }
                >
                  {t('simulation.never-count', { count: simulation.never.length })}
                </Alert>
              )}
              <Tabs
                activeTabId={tab}
                onChange={({ detail }) => search({ tab: detail.activeTabId })}
                tabs={[
                  {
                    id: 'gantt',
                    label: t('simulation.tab.gantt'),
                    content:
                      simulation.total === 0 ? (
                        <EmptyList
                          text={t('simulation.empty')}
                          action={<Box>{t('simulation.empty-hint')}</Box>}
                        />
                      ) : (
                        <NightGantt
                          project={project}
                          simulation={simulation}
                          now={new Date(now()).toISOString()}
                          chosen={task}
                          onChoose={(row) => search({ task: row })}
                        />
                      ),
                  },
                  {
                    id: 'load',
                    label: t('simulation.tab.load'),
                    content: (
                      <SpaceBetween size="l">
                        <HerdChart project={project} simulation={simulation} />
                        <PoolStrips project={project} simulation={simulation} />
                      </SpaceBetween>
                    ),
                  },
                  {
                    id: 'findings',
                    label: t('simulation.tab.findings'),
                    content: <Findings project={project} simulation={simulation} />,
                  },
                  {
                    id: 'draft',
                    label: t('simulation.tab.draft'),
                    content: <DraftPanel wish={wish} mayDraft={may('developer', project)} />,
                  },
                ]}
              />
            </SpaceBetween>
          );
        }}
      </Loaded>
    </SpaceBetween>
  );
};
