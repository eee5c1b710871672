import type { Plan, PlannedInstance } from '../generation/plan.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { dateBarrier } from './date-barrier.ts';
import type { Filling } from './filling.ts';
import { planDate } from './plan-date.ts';

/** Some instances of one date: places in its list, `from` inclusive, `to` exclusive. */
export type DateShare = { readonly n: number; readonly from: number; readonly to: number };

/**
 * What a chunk creates of a date: its instances with their edges, and, with the first share, the barrier that lets the
 * date begin when the one before it in its group is over (nodes-and-instances 3.4, semantics 3). The barrier waits for
 * the last instances of that date, and the first ones of this date wait for the barrier.
 */
export const planShare = (filling: Filling, { n, from, to }: DateShare, now: Instant): Plan => {
  const { dates } = filling.plan;
  const date = dates[n];
  if (!date) throw new Error(`the backfill has no date ${n}`);

  const whole = planDate(filling, date.bizDate, now);
  const share = new Set(
    whole.instances
      .filter(isWork)
      .slice(from, to)
      .map(({ id }) => id),
  );
  const needed = new Set(
    whole.edges.flatMap(({ child, parent }) => (share.has(child) ? [parent] : [])),
  );
  const instances = whole.instances.filter(
    (each) => share.has(each.id) || (!isWork(each) && needed.has(each.id)),
  );
  const ids = new Set(instances.map(({ id }) => id));
  const edges = whole.edges.filter(({ child }) => ids.has(child));

  const before = dates[n - 1];
  if (before?.group !== date.group) return { instances, edges };
  const last = planDate(filling, before.bizDate, now);
  const barrier = dateBarrier(filling.backfill, before.bizDate, last.instances);
  const begins = firstOf(whole).filter(({ id }) => share.has(id));
  return {
    instances: from === 0 ? [...instances, barrier] : instances,
    edges: [
      ...edges,
      ...begins.map(({ id }) => ({ child: id, parent: barrier.id, kind: 'barrier' as const })),
      ...(from === 0
        ? lastOf(last).map(({ id }) => ({
            ...{ child: barrier.id, parent: id },
            kind: 'barrier' as const,
          }))
        : []),
    ],
  };
};

/** Instances that wait for nothing of their own date. */
export const firstOf = ({ instances, edges }: Plan): readonly PlannedInstance[] => {
  const ids = new Set(instances.map(({ id }) => id));
  const waiting = new Set(edges.flatMap(({ child, parent }) => (ids.has(parent) ? [child] : [])));
  return instances.filter((each) => isWork(each) && !waiting.has(each.id));
};

/** Instances that nothing of their own date waits for: when they have succeeded, all have. */
export const lastOf = ({ instances, edges }: Plan): readonly PlannedInstance[] => {
  const ids = new Set(instances.map(({ id }) => id));
  const awaited = new Set(edges.flatMap(({ child, parent }) => (ids.has(child) ? [parent] : [])));
  return instances.filter((each) => isWork(each) && !awaited.has(each.id));
};

const isWork = ({ family }: PlannedInstance): boolean => family !== 'barrier';
