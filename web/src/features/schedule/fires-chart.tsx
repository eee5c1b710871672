import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import { GanttChart } from '../../ui/gantt/gantt-chart.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { useGo } from '../../ui/link.tsx';
import { formatInstant } from '../../ui/time/format.ts';
import { useNow, useShownZone } from '../../ui/time/time-provider.tsx';
import type { Timeline } from './schedule.queries.ts';

/** A row for each workflow with a mark for each fire; a click opens its scheduled runs. */
export const FiresChart = ({ timeline }: { timeline: Timeline }) => {
  const t = useT();
  const language = useLanguage();
  const zone = useShownZone();
  const now = useNow();
  const { go } = useGo();
  const { from, to, items } = timeline;
  const manyProjects = new Set(items.map(({ project }) => project)).size > 1;
  const changes = new Set(items.flatMap(({ marks }) => marks.map(({ at }) => at)));

  return (
    <GanttChart
      name={t('timeline.rows')}
      span={{ from, to }}
      now={isoOf(now())}
      marks={[...changes].map((at) => ({ at, label: t('dst.title') }))}
      onOpen={(id) => {
        const [project = '', workflow = ''] = id.split('/');
        go({ to: '/schedule/$project/$workflow', params: { project, workflow } });
      }}
      rows={items.map(({ project, workflow, fires, total }) => ({
        id: `${project}/${workflow}`,
        label: manyProjects ? `${project}/${workflow}` : workflow,
        note:
          total > fires.length
            ? t('timeline.fires-cut', { shown: fires.length, count: total })
            : t('timeline.fires', { count: total }),
        bars: fires.map(({ at, cycle, tasks }) => ({
          id: `${at} ${cycle}`,
          startAt: at,
          endAt: at,
          label: t('timeline.fires-text', { time: formatInstant(at, zone, language), tasks }),
          status: Date.parse(at) <= now() ? ('SUBMITTED' as const) : ('WAIT_TIME' as const),
        })),
      }))}
    />
  );
};
