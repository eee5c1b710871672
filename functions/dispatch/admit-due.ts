import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { laterOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { settleInOrder } from '../admission/settle-in-order.ts';
import type { SettleDeps } from '../admission/settle-instance.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';

/** Instances read per stripe at a time. */
const pageSize = 200;

/** So many that fall due together in all stripes are put in one order; of more, each stripe keeps its own. */
const inOneOrder = 200;

type Place = { readonly stripe: number; readonly cursor?: string | undefined };

/**
 * Settles what is due, in one stripe or in all: what nobody contests side by side, the rest one by one, higher priority
 * first, then by due time and id (design.md §3). Whoever looks after one stripe only looks at the others before it gives
 * away a limited slot. What has to queue for a pool leaves this queue, so the loop ends.
 */
export const admitDue =
  (deps: SettleDeps) =>
  async ({ at, stripe }: StageInput<'dispatch-admit'>): Promise<StageOutput<'dispatch-admit'>> => {
    const until = laterOf(at, deps.clock());
    const stripes = stripe === undefined ? stripesUpTo(queueStripes) : [stripe];
    const others = stripe === undefined ? undefined : () => dueElsewhere(deps, until, stripe);
    let places: readonly Place[] = stripes.map((each) => ({ stripe: each }));
    const sum = { admitted: 0, waiting: 0 };

    while (places.length > 0) {
      const pages = await Promise.all(
        places.map((place) => deps.instances.due({ ...place, until, limit: pageSize })),
      );
      const found = await deps.instances.findMany(
        pages.flatMap(({ items }) => items.map(({ id }) => id)),
        { strong: true },
      );
      const waiting = await settleInOrder(deps)([...found.values()], { others });
      sum.waiting += waiting.size;
      sum.admitted += found.size - waiting.size;
      places = places.flatMap((place, n) => {
        const cursor = pages[n]?.cursor;
        return cursor === undefined ? [] : [{ stripe: place.stripe, cursor }];
      });
    }
    return sum;
  };

/** What falls due in the other stripes; undefined when that is too much for one order. */
const dueElsewhere = async (
  { instances }: SettleDeps,
  until: Instant,
  own: number,
): Promise<readonly Instance[] | undefined> => {
  const pages = await Promise.all(
    stripesUpTo(queueStripes)
      .filter((stripe) => stripe !== own)
      .map((stripe) => instances.due({ stripe, until, limit: inOneOrder })),
  );
  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
  if (ids.length > inOneOrder) return undefined;
  const found = await instances.findMany(ids, { strong: true });
  return [...found.values()].filter(({ status, parked }) => status === 'WAIT_TIME' && !parked);
};
