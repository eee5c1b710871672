import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { laterOf } from '../../shared/domain/kernel/calendar-day.ts';
import { rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { type SettleDeps, settleInstance } from '../admission/settle-instance.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';

/** Instances read per stripe at a time. */
const pageSize = 200;
const atOnce = 16;

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
      const waiting = await settleInOrder(deps, [...found.values()].toSorted(byGateOrder));
      sum.waiting += waiting;
      sum.admitted += found.size - waiting;
      places = places.flatMap((place, n) => {
        const cursor = pages[n]?.cursor;
        return cursor === undefined ? [] : [{ stripe: place.stripe, cursor }];
      });
    }
    return sum;
  };

/** How many of them wait. */
const settleInOrder = async (deps: SettleDeps, due: readonly Instance[]): Promise<number> => {
  const settle = settleInstance(deps);
  const seen = await inParallel(due, atOnce, (known) =>
    settle(known.id, { known, rivals: due.length }),
  );
  let waiting = seen.filter((each) => each?.decision.decision === 'wait').length;
  for (const { id } of due.filter((_, n) => seen[n]?.contested)) {
    const settled = await settle(id);
    if (settled?.decision.decision === 'wait') waiting += 1;
  }
  return waiting;
};

const byGateOrder = (a: Instance, b: Instance): number =>
  rankOf(b.priority) - rankOf(a.priority) ||
  (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1);
