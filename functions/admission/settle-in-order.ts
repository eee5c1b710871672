import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { inParallel } from './in-parallel.ts';
import { type SettleDeps, settleInstance } from './settle-instance.ts';

const atOnce = 16;

/**
 * Settles what may start together: what nobody contests side by side, the rest one by one, higher priority first, then
 * by due time and id (design.md §3). Answers how many of them wait.
 */
export const settleInOrder =
  (deps: SettleDeps) =>
  async (together: readonly Instance[]): Promise<number> => {
    const settle = settleInstance(deps);
    const due = together.toSorted(byGateOrder);
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
