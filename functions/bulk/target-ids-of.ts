import type { BulkWork, RunDeps } from './bulk-deps.ts';

/** The ids of everything that an operation moves, read when they are first asked for. */
export const targetIdsOf = (
  { instances }: RunDeps,
  { operation: { id, chunks } }: BulkWork,
): (() => Promise<ReadonlySet<string>>) => {
  const read = async () => {
    const ids = new Set<string>();
    for (let n = 0; n < chunks; n += 1)
      for (const item of (await instances.findOperationChunk(id, n))?.items ?? [])
        if (item.refusal === undefined) ids.add(item.id);
    return ids;
  };
  let known: Promise<ReadonlySet<string>> | undefined;
  return () => {
    known ??= read();
    return known;
  };
};
