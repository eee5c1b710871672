import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { laterOf } from '../../shared/domain/kernel/calendar-day.ts';
import { settleInOrder } from '../admission/settle-in-order.ts';
import type { SettleDeps } from '../admission/settle-instance.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';

/** Instances read per stripe at a time. */
const pageSize = 200;

type Place = { readonly stripe: number; readonly cursor?: string | undefined };

/**
 * Settles what is due, in one stripe or in all: what nobody contests side by side, the rest one by one, higher priority
 * first, then by due time and id (design.md §3). What has to queue for a pool leaves this queue, so the loop ends.
 */
export const admitDue =
  (deps: SettleDeps) =>
  async ({ at, stripe }: StageInput<'dispatch-admit'>): Promise<StageOutput<'dispatch-admit'>> => {
    const until = laterOf(at, deps.clock());
    const stripes = stripe === undefined ? stripesUpTo(queueStripes) : [stripe];
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
      const waiting = await settleInOrder(deps)([...found.values()]);
      sum.waiting += waiting;
      sum.admitted += found.size - waiting;
      places = places.flatMap((place, n) => {
        const cursor = pages[n]?.cursor;
        return cursor === undefined ? [] : [{ stripe: place.stripe, cursor }];
      });
    }
    return sum;
  };
