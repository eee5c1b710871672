import type { HeldSlot } from '../instance/instance.schema.ts';
import { isoOf } from '../kernel/calendar-day.ts';
import { chooseStripe, stripesFor } from '../pool/choose-stripe.ts';
import type { PoolState, Stripe } from '../pool/pool.schema.ts';
import type { LimitedPool } from '../pool/pools-of.ts';
import type { PoolLoad } from './simulation.schema.ts';

type Load = {
  stripes: Stripe[];
  limit: number;
  largest: number;
  maxUsed: number;
  maxQueue: number;
  fullMs: number;
  queuedMs: number;
  full: { from: number; maxQueue: number } | undefined;
  queuedSince: number | undefined;
  readonly intervals: PoolLoad['full'];
};

/** Slots in use on the virtual clock, in stripes as the store keeps them, and how full each pool was when. */
export const virtualPools = () => {
  const loads = new Map<string, Load>();
  const loadOf = (id: string): Load => {
    const known = loads.get(id) ?? newLoad();
    loads.set(id, known);
    return known;
  };

  return {
    /** The counters of a pool under the limit that holds now. */
    stateOf(pool: LimitedPool): PoolState {
      const load = loadOf(pool.id);
      load.limit = pool.limit;
      load.largest = Math.max(load.largest, pool.limit);
      for (let n = load.stripes.length; n < stripesFor(pool.limit); n += 1)
        load.stripes.push({ stripe: n, used: 0 });
      return { ...pool, stripes: load.stripes };
    },

    /** A window of its rule has begun or ended. */
    setLimit(id: string, limit: number): void {
      const load = loads.get(id);
      if (load) load.limit = limit;
    },

    take(pools: readonly PoolState[], instance: string): readonly HeldSlot[] {
      return pools.flatMap((pool) => {
        const chosen = chooseStripe(pool, instance);
        if (!chosen) return [];
        change(loadOf(pool.id), chosen.stripe, 1);
        return [{ pool: pool.id, stripe: chosen.stripe }];
      });
    },

    /** Slots that an instance held before the simulation began. */
    hold(slots: readonly HeldSlot[]): void {
      for (const { pool, stripe } of slots) {
        const load = loadOf(pool);
        for (let n = load.stripes.length; n <= stripe; n += 1)
          load.stripes.push({ stripe: n, used: 0 });
        change(load, stripe, 1);
      }
    },

    release(slots: readonly HeldSlot[]): void {
      for (const { pool, stripe } of slots) change(loadOf(pool), stripe, -1);
    },

    /** Notes how a pool stands from `at` on; `queued` wait for it. */
    note(id: string, at: number, queued: number): void {
      const load = loadOf(id);
      const used = usedIn(load);
      load.maxUsed = Math.max(load.maxUsed, used);
      load.maxQueue = Math.max(load.maxQueue, queued);
      const isFull = queued > 0 || (load.limit > 0 && used >= load.limit);
      if (queued > 0) load.queuedSince ??= at;
      else closeQueue(load, at);
      if (isFull) {
        load.full ??= { from: at, maxQueue: 0 };
        load.full.maxQueue = Math.max(load.full.maxQueue, queued);
      } else closeFull(load, at);
    },

    /** What each pool that anybody wanted was like, by name; `at` ends what is still open. */
    loads(at: number): readonly PoolLoad[] {
      return [...loads]
        .map(([pool, load]): PoolLoad => {
          closeQueue(load, at);
          closeFull(load, at);
          return {
            pool,
            limit: load.largest,
            maxUsed: load.maxUsed,
            maxQueue: load.maxQueue,
            fullSeconds: load.fullMs / 1000,
            queuedSeconds: load.queuedMs / 1000,
            full: load.intervals,
          };
        })
        .toSorted((a, b) => (a.pool < b.pool ? -1 : 1));
    },
  };
};

export type VirtualPools = ReturnType<typeof virtualPools>;

const newLoad = (): Load => ({
  stripes: [],
  limit: 0,
  largest: 0,
  maxUsed: 0,
  maxQueue: 0,
  fullMs: 0,
  queuedMs: 0,
  full: undefined,
  queuedSince: undefined,
  intervals: [],
});

const usedIn = ({ stripes }: Load): number => stripes.reduce((sum, { used }) => sum + used, 0);

const change = (load: Load, stripe: number, by: 1 | -1): void => {
  load.stripes = load.stripes.map((each) =>
    each.stripe === stripe ? { ...each, used: each.used + by } : each,
  );
};

const closeFull = (load: Load, at: number): void => {
  const { full } = load;
  load.full = undefined;
  if (!full || full.from === at) return;
  load.fullMs += at - full.from;
  load.intervals.push({ from: isoOf(full.from), until: isoOf(at), maxQueue: full.maxQueue });
};

const closeQueue = (load: Load, at: number): void => {
  if (load.queuedSince !== undefined) load.queuedMs += at - load.queuedSince;
  load.queuedSince = undefined;
};
