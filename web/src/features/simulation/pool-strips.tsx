import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { ListedSimulation } from '../../../../shared/contracts/api/simulation-routes.ts';
import { GanttChart } from '../../ui/gantt/gantt-chart.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { formatDuration } from '../../ui/time/format.ts';
import { useWords } from './use-words.ts';

/** When each pool is full, and how many wait for it. */
export const PoolStrips = ({
  project,
  simulation: { pools, from, until },
}: {
  project: string;
  simulation: ListedSimulation;
}) => {
  const t = useT();
  const language = useLanguage();
  const { span } = useWords(project);

  return (
    <Container
      header={
        <Header variant="h2" description={t('simulation.pools-text')}>
          {t('simulation.pools')}
        </Header>
      }
    >
      {pools.length === 0 ? (
        <Box>{t('simulation.no-pools')}</Box>
      ) : (
        <GanttChart
          name={t('simulation.pools')}
          project={project}
          span={{ from, to: until }}
          rows={pools.map(({ pool, limit, maxUsed, maxQueue, fullSeconds, full }) => ({
            id: pool,
            label: pool,
            note: t('simulation.pool-note', {
              limit,
              used: maxUsed,
              queue: maxQueue,
              time: formatDuration(fullSeconds * 1000, language),
            }),
            bars: full.map((each) => ({
              id: each.from,
              startAt: each.from,
              endAt: each.until,
              label: `${span(each.from, each.until)} · ${t('simulation.waiting', { count: each.maxQueue })}`,
              status: each.maxQueue > 0 ? ('THROTTLED' as const) : ('RUNNING' as const),
              planned: each.maxQueue === 0,
            })),
          }))}
        />
      )}
    </Container>
  );
};
