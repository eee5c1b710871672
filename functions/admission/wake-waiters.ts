import type { Decision } from '../../shared/domain/gate/decision.schema.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { type SettleDeps, type Settled, settleInstance } from './settle-instance.ts';

/** How many of a queue are tried for one free slot before giving up until the next wake. */
const tried = 12;

/** Who was passed over as often as this gets the next slot of each of its pools reserved (design.md §4). */
const patience = 10;

/**
 * Gives a pool's free slots to those who queue for it, in its order: the first whose other pools have room too. Ends with
 * the first who finds this pool full, because those behind would find the same. A slot that is kept for somebody is
 * offered to that one first.
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
        if (decision.pool === pool) {
          const kept = keptFor(decision, pool);
          if (kept === undefined || seen.has(kept)) return started;
          seen.add(kept);
          const taken = await offer(deps, env, pool, kept);
          if (taken === 'keeps') return started;
          started += taken === 'started' ? 1 : 0;
          seen.delete(id);
          progress = true;
          break;
        }
        if (decision.pool !== undefined && !isClosed(decision)) await passedOver(deps, instance.id);
      }
      if (!progress || waiters.length === 0) return started;
    }
  };

/** Who the only free slots of a pool are kept for. */
const keptFor = (decision: Waiting, pool: string): string | undefined =>
  decision.blockers.find((blocker) => blocker.pool === pool && blocker.code === 'slot-reserved')
    ?.instance;

type Waiting = Extract<Decision, { decision: 'wait' }>;

/** It takes its slot, keeps it because only another pool stands in its way, or loses it because it does not want it. */
const offer = async (
  deps: SettleDeps,
  env: Env,
  pool: string,
  id: string,
): Promise<'started' | 'keeps' | 'freed'> => {
  const settled: Settled = await settleInstance(deps)(id);
  const decision = settled?.decision;
  const wants =
    decision?.decision === 'wait' &&
    decision.pool !== undefined &&
    !decision.parked &&
    !isClosed(decision);
  if (wants) return 'keeps';
  const freed = await deps.instances.unreserve(env, id, reservedStripe(pool));
  return freed ? 'freed' : 'started';
};

/** A rule that lets nobody through at this hour is no bad luck: nothing is counted and no slot kept meanwhile. */
const isClosed = ({ blockers, pool }: Waiting): boolean =>
  blockers.some((blocker) => blocker.pool === pool && blocker.code === 'rule-closed');

/** A free slot went by because another pool had no room: counted, and after ten times reserved. */
const passedOver = async ({ instances }: SettleDeps, id: string): Promise<void> => {
  const times = await instances.passOver(id);
  if (times < patience) return;
  const instance: Instance | undefined = await instances.find(id);
  if (!instance?.waitingFor) return;
  await instances.reserve(instance.env, id, [reservedStripe(instance.waitingFor)]);
};

/** Slots are kept in the first stripe, so that there is at most one at a time. */
const reservedStripe = (pool: string) => ({ pool, stripe: 0 });
