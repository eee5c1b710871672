import type {
  SimulatedInstance,
  SimulatedRun,
} from '../../../../shared/domain/simulation/simulation.schema.ts';
import type { GanttBar, GanttRow } from '../../ui/gantt/gantt.ts';

/** The words of the rows, in the language and zone in use. */
export type GanttWords = {
  readonly span: (startAt: string, endAt: string) => string;
  readonly runs: (count: number) => string;
  readonly never: string;
  readonly queued: (pool: string) => string;
};

type Shown = {
  readonly runs: readonly SimulatedRun[];
  readonly instances: readonly SimulatedInstance[];
  /** End of the chart: as far as what never ends is drawn. */
  readonly until: string;
};

/** A row per workflow with a bar per run; below an open one a row per task. Ids: workflow, or workflow/task. */
export const ganttRows = (
  { runs, instances, until }: Shown,
  open: ReadonlySet<string>,
  words: GanttWords,
): readonly GanttRow[] => {
  const byWorkflow = Map.groupBy(instances, ({ workflow }) => workflow);
  return [...Map.groupBy(runs, ({ workflow }) => workflow)].flatMap(
    ([workflow, own]): GanttRow[] => {
      const never = own.some((run) => run.never > 0);
      const head: GanttRow = {
        id: workflow,
        label: workflow,
        note: never ? words.never : words.runs(own.length),
        expanded: open.has(workflow),
        bars: own.map((run) => runBar(run, until, words)),
      };
      return open.has(workflow)
        ? [head, ...taskRows(workflow, byWorkflow.get(workflow) ?? [], words)]
        : [head];
    },
  );
};

export const runBar = (run: SimulatedRun, until: string, { span, never }: GanttWords): GanttBar => {
  const startAt = run.startAt ?? run.dueAt;
  const endAt = run.endAt ?? until;
  const name = `${run.bizDate} #${run.cycle}`;
  return {
    id: run.run,
    startAt,
    endAt,
    label: `${name}: ${run.endAt ? span(startAt, endAt) : never}`,
    status: run.endAt ? 'RUNNING' : 'FAILED',
    planned: true,
  };
};

const taskRows = (
  workflow: string,
  instances: readonly SimulatedInstance[],
  words: GanttWords,
): readonly GanttRow[] =>
  [...Map.groupBy(instances, ({ task }) => task)].map(([task, own]) => ({
    id: `${workflow}/${task}`,
    label: task,
    note: own.some(({ endAt }) => endAt === undefined) ? words.never : undefined,
    depth: 1,
    bars: own.flatMap((instance) => instanceBars(instance, words)),
  }));

/** How long it queues for pools, then how long it runs. */
const instanceBars = (
  { id, startAt, endAt, waits }: SimulatedInstance,
  { span, queued }: GanttWords,
): readonly GanttBar[] => {
  if (!startAt || !endAt) return [];
  const pools = waits.filter(({ why }) => why === 'pool');
  const seconds = pools.reduce((sum, wait) => sum + wait.seconds, 0);
  const from = new Date(Date.parse(startAt) - seconds * 1000).toISOString();
  const waiting: GanttBar[] =
    seconds > 0
      ? [
          {
            id: `${id} queue`,
            startAt: from,
            endAt: startAt,
            label: `${queued(pools.map(({ on }) => on ?? '').join(', '))}: ${span(from, startAt)}`,
            status: 'THROTTLED',
          },
        ]
      : [];
  return [
    ...waiting,
    { id, startAt, endAt, label: span(startAt, endAt), status: 'RUNNING', planned: true },
  ];
};
