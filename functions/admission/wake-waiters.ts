import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { type SettleDeps, settleInstance } from './settle-instance.ts';

/** How many of a queue are tried for one free slot before giving up until the next wake. */
const tried = 12;

/** Who was passed over as often as this gets the next slot of each of its pools reserved (design.md §4). */
export const patience = 10;

/**
 * Gives a pool's free slots to those who queue for it, in its order: the first whose other pools have room too. Ends with
 * the first who finds this pool full, because those behind would find the same.
 */
export const wakeWaiters =
  (deps: SettleDeps) =>
  async (env: Env, pool: string): Promise<number> => {
    // The index may still show who has left the queue: nobody is tried twice.
    const seen = new Set<string>();
    let started = 0;
    for (;;) {
      const waiters = await deps.instances.waiters(env, pool, tried);
      let progress = false;
      for (const id of waiters.filter((each) => !seen.has(each))) {
        seen.add(id);
        const settled = await settleInstance(deps)(id);
        if (!settled) continue;
        const { decision, instance } = settled;

        if (decision.decision !== 'wait') {
          started += 1;
          progress = true;
          continue;
        }
        if (decision.pool === pool) return started;
        if (decision.pool !== undefined) await passedOver(deps, instance.id);
      }
      if (!progress || waiters.length < tried) return started;
    }
  };

/** A free slot went by because another pool had no room: counted, and after ten times reserved. */
const passedOver = async ({ instances }: SettleDeps, id: string): Promise<void> => {
  const times = await instances.passOver(id);
  if (times < patience) return;
  const instance = await instances.find(id);
  if (!instance?.waitingFor) return;
  await instances.reserve(instance.env, id, [{ pool: instance.waitingFor, stripe: 0 }]);
};
