import type { Status } from '../instance/instance.schema.ts';
import type { RunStatus } from './run.schema.ts';

/** An instance of a run as its status is settled from. */
export type Standing = {
  readonly task: string;
  readonly status: Status;
  readonly paused?: boolean | undefined;
};

/**
 * What a run comes to that has failed or was cancelled (`folded`) while some of its instances have not begun: RUNNING as
 * long as one of them can still start without anybody's help, else `folded`. An instance cannot when it is paused, or
 * when an upstream of it within the run failed or cannot start either.
 *
 * `parents` are the upstreams of each task in one cycle; a task without instances in the run passes on what is above it.
 * Of a task with several instances in the run one that is stuck
 * makes those below it stuck.
 */
export const settledStatus = (
  folded: RunStatus,
  parents: ReadonlyMap<string, readonly string[]>,
  instances: readonly Standing[],
): RunStatus => {
  const byTask = Map.groupBy(instances, ({ task }) => task);
  const known = new Map<string, boolean>();

  const isStuck = (task: string): boolean => {
    const before = known.get(task);
    if (before !== undefined) return before;
    known.set(task, false);
    const above = () => (parents.get(task) ?? []).some(isStuck);
    const stuck =
      byTask
        .get(task)
        ?.some(
          ({ status, paused }) =>
            status === 'FAILED' || (status === 'NOT_RUN' && (paused === true || above())),
        ) ?? above();
    known.set(task, stuck);
    return stuck;
  };

  // Parents first, so that a long chain does not become a deep recursion.
  for (const task of parents.keys()) isStuck(task);
  const canStart = instances.some(({ task, status }) => status === 'NOT_RUN' && !isStuck(task));
  return canStart ? 'RUNNING' : folded;
};
