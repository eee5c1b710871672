import { inParallel } from '../admission/in-parallel.ts';
import type { Gathered } from '../stores/bulk-chunks.ts';
import type { BulkWork, RunDeps } from './bulk-deps.ts';
import { absent, candidateOf, orderedCandidate } from './candidate-of.ts';

const atOnce = 16;

/** Exactly these, as people ticked them. */
export const gatherIds = async (
  deps: RunDeps,
  work: BulkWork,
  ids: readonly string[],
): Promise<Gathered> => {
  const found = await deps.instances.findMany(ids, { strong: true });
  const candidates = await inParallel([...new Set(ids)], atOnce, async (id) => {
    const instance = found.get(id);
    return instance ? orderedCandidate(deps, work, instance) : absent(id);
  });
  return { candidates };
};

/** The items of an earlier operation that were left over, or that it did, chunk by chunk. */
export const gatherItems = async (
  deps: RunDeps,
  work: BulkWork,
  { operation, items: which }: NonNullable<BulkWork['ask']['selection']['of']>,
  pieces: readonly Gathered[],
): Promise<Gathered> => {
  const n = pieces.length;
  const chunk = await deps.instances.findOperationChunk(operation, n);
  const items = (chunk?.items ?? []).filter(
    ({ refusal, result }) =>
      refusal === undefined &&
      (which === 'succeeded'
        ? result === 'succeeded'
        : result === undefined || result === 'failed'),
  );
  const found = await deps.instances.findMany(
    items.map(({ id }) => id),
    { strong: true },
  );
  const candidates = await inParallel(items, atOnce, async ({ id, level, root }) => {
    const instance = found.get(id);
    if (!instance) return absent(id);
    return { ...(await candidateOf(deps, work, instance, root)), level };
  });
  const more = (await deps.instances.findOperationChunk(operation, n + 1)) !== undefined;
  return { candidates, ...(more ? { next: String(n + 1) } : {}) };
};
