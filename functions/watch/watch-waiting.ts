import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { groupPoolId, throttlePoolId } from '../../shared/domain/pool/pools-of.ts';
import { settleInstance } from '../admission/settle-instance.ts';
import { wakeWaiters } from '../admission/wake-waiters.ts';
import { passDateBarrier } from '../backfill/pass-date-barrier.ts';
import { eachQueued } from './each-queued.ts';
import type { WatchDeps } from './watch-deps.ts';

/** Open parents looked at per instance and minute. */
const parentsLookedAt = 100;

/**
 * Runs again the check that a lost wake would have run: closes the edges to parents that have succeeded, and settles who
 * has none left. A lost wake costs a minute (design.md §4).
 */
export const watchOverdue = (deps: WatchDeps): Promise<number> =>
  eachQueued(deps, deps.instances.overdue, deps.clock(), wakeOverdue(deps));

/** Does it for one instance; true when it waits no longer. */
export const wakeOverdue =
  (deps: WatchDeps) =>
  async (instance: Instance): Promise<boolean> => {
    const { id, paused, forced } = instance;
    const open = await deps.instances.openEdges(id, parentsLookedAt);
    const parents = await deps.instances.findMany(open, { strong: true });
    let closed = 0;
    for (const parent of parents.values())
      if (parent.status === 'SUCCESS')
        closed += Number(
          await deps.instances.settleEdge({ child: id, parent: parent.id }, parent.seq),
        );
    if (closed < open.length && instance.family === 'barrier')
      return passDateBarrier(deps)(instance);
    if ((closed < open.length && !forced) || paused) return false;
    const settled = await settleInstance(deps)(id);
    return settled?.decision.decision !== 'wait';
  };

/** Wakes the queues of every pool: a window may have opened, a limit risen, a wake been lost. */
export const watchPools = async (deps: WatchDeps): Promise<number> => {
  const { rules, groups } = await deps.catalog.limits();
  const pools = [
    ...rules.map(({ name }) => throttlePoolId(name)),
    ...groups.map(({ name }) => groupPoolId(name)),
  ];
  let started = 0;
  for (const pool of pools)
    for (const env of ['prod', 'dev'] as const) started += await wakeWaiters(deps)(env, pool);
  return started;
};
