import type { TaskListRow, TaskRow } from '../../shared/contracts/api/task-view.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { instanceIdOf } from '../../shared/domain/instance/instance-id.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

/** Newest runs of a workflow that are listed, and those of a task's kind among them that are looked into. */
const runsListed = 12;
const runsLookedInto = 3;
const atOnce = 8;

type Last = NonNullable<TaskListRow['lastInstance']>;

/**
 * The last instance of each task that was due by `now`, by id of the task: a bounded look into the newest runs of its
 * workflow, recurring ones for a recurring task, starts by hand for the others. A task with times of its own is counted
 * by these and not by the runs that it joins, so its instances are searched instead of named.
 */
export const lastInstances = async (
  instances: InstanceStore,
  env: Env,
  rows: readonly TaskRow[],
  now: Instant,
  hasOwnTimes: (row: TaskRow) => boolean,
): Promise<ReadonlyMap<string, Last>> => {
  const runsOf = new Map<string, readonly Run[]>();
  const workflows = new Map(rows.map((row) => [`${row.project}/${row.workflow}`, row]));
  await inParallel([...workflows], atOnce, async ([name, { project, workflow }]) => {
    const of = { project, workflow };
    const { items } = await instances.listRuns({ env, of, to: now, limit: runsListed });
    runsOf.set(name, items);
  });

  const candidates = rows.map((row) => {
    const family = row.trigger === 'manual' ? 'manual' : 'recurring';
    const runs = (runsOf.get(`${row.project}/${row.workflow}`) ?? [])
      .filter((run) => run.family === family)
      .slice(0, runsLookedInto);
    return { row, runs, ids: hasOwnTimes(row) ? [] : runs.map((run) => idIn(run, row.task)) };
  });
  const found = await instances.findMany(candidates.flatMap(({ ids }) => ids));

  const last = new Map<string, Last>();
  await inParallel(candidates, atOnce, async ({ row, runs, ids }) => {
    const instance = hasOwnTimes(row)
      ? await searched(instances, runs, row.task, now)
      : ids.map((id) => found.get(id)).find((each) => each && each.dueAt <= now);
    if (instance) last.set(row.id, viewOf(instance));
  });
  return last;
};

/** The instance of a task that follows the schedule of its workflow. */
const idIn = (run: Run, task: string): string =>
  instanceIdOf({ ...run, task, index: run.family === 'manual' ? 1 : run.cycle });

const searched = async (
  instances: InstanceStore,
  runs: readonly Run[],
  task: string,
  now: Instant,
): Promise<Instance | undefined> => {
  for (const { runId } of runs) {
    const due = (await instances.ofTask(runId, task)).filter(({ dueAt }) => dueAt <= now);
    const newest = due.toSorted((a, b) => (a.dueAt < b.dueAt ? 1 : -1))[0];
    if (newest) return newest;
  }
  return undefined;
};

const viewOf = ({
  id,
  status,
  outcome,
  paused = false,
  bizDate,
  dueAt,
  ...times
}: Instance): Last => ({
  ...{ id, status, outcome, paused, bizDate, dueAt },
  startedAt: times.startedAt,
  endedAt: times.endedAt,
});
