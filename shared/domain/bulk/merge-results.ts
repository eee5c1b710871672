import { isBarrier } from './choose-targets.ts';
import type { ItemResult, OperationItem } from './operation.schema.ts';

export type Counts = Readonly<Record<ItemResult, number>>;

/** What became of an item, as one execution saw it. */
export type Outcome = Pick<OperationItem, 'result' | 'reason'>;

/**
 * Adds what one execution did to what is stored of a chunk. Two executions of the same chunk may see different things; a
 * success is a committed move, so it goes before whatever the other one believed. `delta` is what the counters of the
 * operation change by; undefined when nothing is new.
 */
export const mergeResults = (
  stored: readonly OperationItem[],
  seen: ReadonlyMap<string, Outcome>,
): { readonly items: OperationItem[]; readonly delta: Counts } | undefined => {
  const delta = { succeeded: 0, skipped: 0, failed: 0 };
  let changed = false;
  const items = stored.map((item) => {
    const { result, reason } = seen.get(item.id) ?? {};
    const isNew = result !== undefined && (item.result === undefined || isBetter(result, item));
    if (!isNew || item.refusal !== undefined) return item;
    changed = true;
    if (!isBarrier(item.id)) {
      delta[result] += 1;
      if (item.result) delta[item.result] -= 1;
    }
    const { reason: _before, ...rest } = item;
    return { ...rest, result, ...(reason === undefined ? {} : { reason }) };
  });
  return changed ? { items, delta } : undefined;
};

const isBetter = (result: ItemResult, { result: before }: OperationItem): boolean =>
  result === 'succeeded' && before !== 'succeeded';
