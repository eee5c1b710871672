import type { PoolState, Stripe } from './pool.schema.ts';

/** Largest number of slots that one counter item serves (design.md §4). */
const slotsPerStripe = 20;

/** How many counter items a pool of `limit` slots needs; never shrinks while a larger number is in use. */
export const stripesFor = (limit: number): number => Math.max(1, Math.ceil(limit / slotsPerStripe));

/** The slots of one stripe when `limit` is spread evenly over `stripes`. The shares add up to the limit. */
export const shareOf = (limit: number, stripes: number, stripe: number): number =>
  Math.floor(limit / stripes) + (stripe < limit % stripes ? 1 : 0);

export const usedOf = (pool: PoolState): number =>
  pool.stripes.reduce((sum, { used }) => sum + used, 0);

/** Free slots. */
export const roomIn = (pool: PoolState): number => pool.limit - usedOf(pool);

/**
 * The stripe from which `instanceId` may take a slot: the emptiest one with room, never one reserved for somebody else.
 * Undefined when the pool has no room for it. The write repeats the condition, so a stale answer is refused, not obeyed.
 */
export const chooseStripe = (pool: PoolState, instanceId: string): Stripe | undefined => {
  if (roomIn(pool) <= 0) return undefined;
  const roomAt = ({ stripe, used }: Stripe) =>
    shareOf(pool.limit, pool.stripes.length, stripe) - used;

  return pool.stripes
    .filter((stripe) => roomAt(stripe) > 0)
    .filter(({ reservedFor }) => reservedFor === undefined || reservedFor === instanceId)
    .toSorted((a, b) => roomAt(b) - roomAt(a) || a.stripe - b.stripe)[0];
};
