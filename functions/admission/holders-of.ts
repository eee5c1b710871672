import type { SlotHolder } from '../../shared/domain/gate/world.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { PoolState } from '../../shared/domain/pool/pool.schema.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';
import { expectedEnds } from './expected-ends.ts';
import type { WorldDeps } from './world-deps.ts';

/** Active instances looked through per stripe to find who holds a slot; names for people, never a decision. */
const lookedAt = 100;

/** Who holds the slots of these pools, longest first. */
export const holdersOf = async (
  deps: WorldDeps,
  env: Env,
  pools: readonly Pick<PoolState, 'id'>[],
  now: Instant,
): Promise<Readonly<Record<string, readonly SlotHolder[]>>> => {
  if (pools.length === 0) return {};
  const pages = await Promise.all(
    stripesUpTo(queueStripes).map((stripe) => deps.instances.active({ stripe, limit: lookedAt })),
  );
  const found = await deps.instances.findMany(
    pages.flatMap(({ items }) => items.map(({ id }) => id)),
    { strong: true },
  );
  const active = [...found.values()].filter((each) => each.env === env && each.slots.length > 0);
  const ends = await expectedEnds(deps, active, now);

  return Object.fromEntries(
    pools.map(({ id: pool }) => [
      pool,
      active
        .filter(({ slots }) => slots.some((slot) => slot.pool === pool))
        .map(({ id, submittedAt = now }) => ({
          id,
          since: submittedAt,
          expectedEndAt: ends.get(id),
        }))
        .toSorted((a, b) => (a.since < b.since ? -1 : 1)),
    ]),
  );
};
