import { ahead, turnAt } from '../../shared/domain/diagnosis/clears-at.ts';
import type { PoolWait } from '../../shared/domain/diagnosis/diagnosis.schema.ts';
import type { Blocker } from '../../shared/domain/gate/decision.schema.ts';
import type { World } from '../../shared/domain/gate/world.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { usedOf } from '../../shared/domain/pool/choose-stripe.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

/** Places in a queue that are looked at, and holders that are named. */
const lookedAt = 1000;
const holdersShown = 100;
const nobody: readonly string[] = [];

/** The pools without room for an instance: who holds their slots, and its place in the queue (N66). */
export const poolWaits =
  (instances: InstanceStore) =>
  (
    instance: Instance,
    blockers: readonly Blocker[],
    { pools, holders, now }: World,
  ): Promise<PoolWait[]> =>
    Promise.all(
      blockers.flatMap((blocker) => {
        const pool = pools.find(({ id }) => id === blocker.pool);
        if (!pool) return [];
        const queues = instance.waitingFor === pool.id;
        return [
          Promise.all([
            instances.countWaiters(instance.env, pool.id),
            queues ? instances.waiters(instance.env, pool.id, lookedAt) : nobody,
          ]).then(([waiting, queue]): PoolWait => {
            const held = (holders[pool.id] ?? []).map(({ id, since, expectedEndAt }) => ({
              ...{ id, since },
              expectedEndAt: ahead(expectedEndAt, now),
            }));
            const place = queue.indexOf(instance.id);
            const position = place < 0 ? undefined : place + 1;
            const ends = held.map(({ expectedEndAt }) => expectedEndAt);
            return {
              ...{ pool: pool.id, kind: pool.kind, name: pool.name, limit: pool.limit },
              ...{ waiting, position, reopensAt: pool.reopensAt },
              used: usedOf(pool),
              since: blocker.since,
              holders: held.slice(0, holdersShown),
              expectedAt:
                pool.limit === 0 ? pool.reopensAt : turnAt(ends, position ?? waiting.count + 1),
            };
          }),
        ];
      }),
    );
