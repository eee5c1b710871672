import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { ListedSimulation } from '../../../../shared/contracts/api/simulation-routes.ts';
import type { SimulationDiff } from '../../../../shared/domain/simulation/compare-simulations.ts';
import { GanttChart } from '../../ui/gantt/gantt-chart.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { At } from '../../ui/time/at.tsx';
import { formatDuration } from '../../ui/time/format.ts';
import { runBar } from './gantt-rows.ts';
import { NeverTable } from './never-table.tsx';
import { useWords } from './use-words.ts';

const changeKeys = {
  same: 'simulation.same',
  new: 'simulation.new',
  gone: 'simulation.gone',
  lost: 'simulation.lost',
  found: 'simulation.found',
  never: 'simulation.never-both',
} as const;

/** Workflows drawn before and after; the table lists all. */
const drawn = 20;

/** What a draft does to the simulated hours: the verdict, the workflows that move, before and after. */
export const DraftDiff = ({
  project,
  before,
  after,
  diff,
}: {
  project: string;
  before: ListedSimulation;
  after: ListedSimulation;
  diff: SimulationDiff;
}) => {
  const t = useT();
  const language = useLanguage();
  const words = useWords(project);
  const changeText = ({ change, laterSeconds }: SimulationDiff['workflows'][number]) =>
    change === 'moved'
      ? t(laterSeconds > 0 ? 'simulation.later-by' : 'simulation.earlier-by', {
          time: formatDuration(Math.abs(laterSeconds) * 1000, language),
        })
      : t(changeKeys[change]);
  const ends = [...before.runs, ...after.runs].flatMap(({ endAt }) => endAt ?? []);
  const to = [before.until, ...ends].toSorted().at(-1) ?? before.until;
  const changed = diff.workflows.filter(({ change }) => change !== 'same' && change !== 'never');
  const barsOf = ({ runs }: ListedSimulation, workflow: string) =>
    runs.filter((run) => run.workflow === workflow).map((run) => runBar(run, to, words));

  return (
    <SpaceBetween size="l">
      <Alert
        type={diff.worse ? 'warning' : 'success'}
        header={t(diff.worse ? 'simulation.worse' : 'simulation.no-worse')}
      >
        <ul className="plain-list">
          <li>
            {t('simulation.instances-change', { more: diff.addedCount, less: diff.removedCount })}
          </li>
          {diff.late.length > 0 && <li>{t('simulation.late', { names: diff.late.join(', ') })}</li>}
          {diff.saturated.length > 0 && (
            <li>{t('simulation.saturated', { names: diff.saturated.join(', ') })}</li>
          )}
          {diff.never.length > 0 && (
            <li>{t('simulation.never-now', { count: diff.never.length })}</li>
          )}
        </ul>
      </Alert>
      {changed.length > 0 && (
        <GanttChart
          name={t('simulation.before-after')}
          project={project}
          span={{ from: before.from, to }}
          rows={changed.slice(0, drawn).flatMap(({ workflow }) => [
            {
              id: `${workflow} before`,
              label: workflow,
              note: t('simulation.before'),
              bars: barsOf(before, workflow),
            },
            {
              id: `${workflow} after`,
              label: workflow,
              note: t('simulation.after'),
              depth: 1,
              bars: barsOf(after, workflow),
            },
          ])}
        />
      )}
      <Table
        variant="container"
        header={<Header variant="h2">{t('simulation.finishes')}</Header>}
        ariaLabels={{ tableLabel: t('simulation.finishes') }}
        items={diff.workflows}
        trackBy="workflow"
        empty={t('simulation.empty')}
        columnDefinitions={[
          {
            id: 'workflow',
            header: t('common.workflow'),
            isRowHeader: true,
            cell: ({ workflow }) => workflow,
          },
          {
            id: 'before',
            header: t('simulation.before'),
            cell: (row) => <At at={row.before} project={project} />,
          },
          {
            id: 'after',
            header: t('simulation.after'),
            cell: (row) => <At at={row.after} project={project} />,
          },
          {
            id: 'later',
            header: t('simulation.difference'),
            cell: changeText,
          },
        ]}
      />
      {diff.never.length > 0 && (
        <NeverTable
          never={diff.never}
          title={t('simulation.never')}
          empty={t('simulation.never-none')}
        />
      )}
    </SpaceBetween>
  );
};
