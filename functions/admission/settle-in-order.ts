import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { inParallel } from './in-parallel.ts';
import { type SettleDeps, type Settled, settleInstance } from './settle-instance.ts';

const atOnce = 16;

export type InOrderOptions = {
  /** Nobody above any of them is open, as strongly consistent reads have just said. */
  readonly edgesClosed?: boolean | undefined;
  /**
   * Others that fall due at the same time, asked for only when somebody here wants a limited slot; undefined: too many
   * to be put in one order. Default: there are no others.
   */
  readonly others?: (() => Promise<readonly Instance[] | undefined>) | undefined;
};

/**
 * Settles what may start together: what nobody contests side by side, the rest one by one, higher priority first, then
 * by due time and id (design.md §3). Answers which of them wait.
 */
export const settleInOrder =
  (deps: SettleDeps) =>
  async (
    together: readonly Instance[],
    { edgesClosed, others }: InOrderOptions = {},
  ): Promise<ReadonlySet<string>> => {
    const settle = settleInstance(deps);
    const due = together.toSorted(byGateOrder);
    const rivals = others ? Number.POSITIVE_INFINITY : due.length;
    const seen = await inParallel(due, atOnce, (known) =>
      settle(known.id, { known, rivals, edgesClosed }),
    );
    const waiting = new Set(due.filter((_, n) => waits(seen[n])).map(({ id }) => id));
    const contested = due.flatMap((instance, n) => {
      const pools = seen[n]?.contested;
      return pools ? [{ instance, pools }] : [];
    });

    const known = new Set(due.map(({ id }) => id));
    const strangers = contested.length > 0 ? await others?.() : undefined;
    if (strangers) {
      const mine = contested.map(({ instance }) => instance);
      const left = await settleInOrder(deps)([
        ...mine,
        ...strangers.filter(({ id }) => !known.has(id)),
      ]);
      return new Set([...waiting, ...[...left].filter((id) => known.has(id))]);
    }
    return new Set([...waiting, ...(await oneByOne(deps, contested))]);
  };

/** In order until a pool is full; whoever wants that pool, too, joins its queue, which has an order of its own. */
const oneByOne = async (
  deps: SettleDeps,
  contested: readonly { readonly instance: Instance; readonly pools: readonly string[] }[],
): Promise<ReadonlySet<string>> => {
  const settle = settleInstance(deps);
  const full = new Set<string>();
  const waiting = new Set<string>();
  const late: string[] = [];
  for (const { instance, pools } of contested) {
    if (pools.some((pool) => full.has(pool))) {
      late.push(instance.id);
      continue;
    }
    const settled = await settle(instance.id);
    if (!waits(settled)) continue;
    waiting.add(instance.id);
    if (settled?.decision.decision === 'wait' && settled.decision.pool)
      full.add(settled.decision.pool);
  }
  const last = await inParallel(late, atOnce, (id) => settle(id));
  for (const [n, id] of late.entries()) if (waits(last[n])) waiting.add(id);
  return waiting;
};

const waits = (settled: Settled): boolean => settled?.decision.decision === 'wait';

/** As in the queue of a pool: what yields comes last, then priority, due time and id decide. */
const byGateOrder = (a: Instance, b: Instance): number =>
  Number(a.yields ?? false) - Number(b.yields ?? false) ||
  rankOf(b.priority) - rankOf(a.priority) ||
  (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1);
