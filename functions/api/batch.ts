import type { BatchResult } from '../../shared/contracts/api/common.ts';
import type { ProblemCode, Refusal } from '../../shared/contracts/api/problem.ts';
import type { Result } from '../../shared/domain/kernel/result.ts';

/** Items worked on at once; each waits for the store most of the time. */
const atOnce = 10;

/** Refusals that say "it is not in a state for this": the item is skipped, not failed. */
const ineligible: ReadonlySet<ProblemCode> = new Set([
  'move-not-allowed',
  'dependant-started',
  'nothing-changed',
  'not-online',
  'not-periodic',
  'not-published',
  'not-failed',
  'not-retryable',
  'retry-active',
  'retry-succeeded',
]);

/** Works on each id; one bad item does not block the others (W19). Results come in the order of the ids. */
export const batch = async (
  ids: readonly string[],
  work: (id: string) => Promise<Result<{ readonly run?: string; readonly note?: string }, Refusal>>,
): Promise<BatchResult> => {
  const unique = [...new Set(ids)];
  const done: Result<{ readonly run?: string; readonly note?: string }, Refusal>[] = [];
  const queue = unique.entries();
  const worker = async () => {
    for (const [n, id] of queue) done[n] = await work(id);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));

  const result: BatchResult = { requested: unique.length, succeeded: [], skipped: [], failed: [] };
  for (const [n, id] of unique.entries()) {
    const each = done[n];
    if (each === undefined) continue;
    if (each.ok) result.succeeded.push({ id, ...each.value });
    else if (ineligible.has(each.error.code))
      result.skipped.push({ id, reason: each.error.detail });
    else result.failed.push({ id, code: each.error.code, error: each.error.detail });
  }
  return result;
};
