import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { targetOf } from '../../shared/domain/instance/lifecycle.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import type { Priority } from '../../shared/domain/workflow/priority.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import type { Place } from './task-change.ts';

/** Instances that one call moves, over all tasks of a batch. */
export const followersPerCall = 500;
/** Runs of the workflow that are looked into: two days of a run every five minutes. */
const runsLookedAt = 600;
const atOnce = 16;
const tries = 5;

/** Reason of the move of an instance that only follows its task; any other change of priority was for it alone. */
const followsTask = 'priority of its task';

/** How many instances the call may still move. */
export type Room = { left: number };

export type Followed = { readonly moved: number; readonly more: boolean };

/**
 * Gives the new priority of a task to its instances that have been generated and not started, because the queue of a
 * pool is in order of the priority that the instances have. Instances whose priority somebody changed by hand keep it,
 * and so do backfills. Looks at what is due from yesterday until the day after tomorrow.
 */
export const followPriority = async (
  { instances, clock }: Pick<ApiStores, 'instances' | 'clock'>,
  { caller }: ApiContext,
  {
    env,
    project,
    workflow,
    task,
    priority,
    comment,
  }: Place & {
    readonly priority: Priority;
    readonly comment?: string | undefined;
  },
  room: Room,
): Promise<Followed> => {
  const today = clock().slice(0, 10);
  const runs = await instances.listRuns({
    env,
    of: { project, workflow },
    from: plusDays(today, -1),
    to: `${plusDays(today, 2)}T`,
    limit: runsLookedAt,
  });
  const looked = await inParallel(
    runs.items.filter(({ family }) => family !== 'backfill'),
    atOnce,
    ({ runId }) => instances.ofTask(runId, task),
  );
  const waiting = looked
    .flat()
    .filter((instance) => instance.priority !== priority && mayFollow(instance))
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));

  const reason = comment ? `${followsTask}: ${comment}` : followsTask;
  const moveOne = async (id: string): Promise<boolean> => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const instance = await instances.find(id);
      if (!instance || !mayFollow(instance)) return false;
      const moved = moveInstance(instance, {
        ...{ move: 'set-priority', at: clock(), actor: caller.user, reason },
        set: { priority },
      });
      if (!moved.ok) return false;
      if ((await instances.commit(moved.value)) === 'committed') return true;
    }
    return false;
  };
  const share = Math.min(waiting.length, room.left);
  room.left -= share;
  const done = await inParallel(waiting.slice(0, share), atOnce, ({ id }) => moveOne(id));
  return {
    moved: done.filter(Boolean).length,
    more: waiting.length > share || runs.cursor !== undefined,
  };
};

/** It has not started, and nobody gave it a priority of its own. */
const mayFollow = ({ status, moves }: Instance): boolean =>
  targetOf(status, 'set-priority') !== undefined &&
  moves
    .filter(({ move }) => move === 'set-priority')
    .every(({ reason }) => reason === followsTask || reason?.startsWith(`${followsTask}: `));
