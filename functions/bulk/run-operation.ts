import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { mergeResults, type Outcome } from '../../shared/domain/bulk/merge-results.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { Host } from '../edge/lambda.ts';
import type { OperationChunk } from '../stores/bulk-chunks.ts';
import { type BulkWork, loadWork, type RunDeps } from './bulk-deps.ts';
import { type CarryOut, carryOutOn } from './carry-out.ts';

/** What a call keeps of its time to bring a chunk to its end. */
const reserveMs = 35_000;
/** Chunks of one level at a time. */
const chunksAtOnce = 3;
const itemsAtOnce = 12;
const tries = 10;

/**
 * Carries out an operation chunk by chunk, each ended by one transaction that also counts it. Lower levels come first;
 * within a level the order does not matter. A call that dies is made good by the next: what an instance has been through
 * stands in its moves.
 */
export const runOperation =
  (deps: RunDeps) =>
  async (
    { operationId: id, from = 0 }: StageInput<'bulk-run'>,
    host: Host,
  ): Promise<StageOutput<'bulk-run'>> => {
    const output = { operationId: id, phase: 'run', more: false } as const;
    let work: BulkWork | undefined;
    let carryOut: CarryOut | undefined;

    for (let n = from; ; ) {
      const operation = await deps.instances.findOperation(id);
      if (operation?.status !== 'RUNNING') return { ...output, from: n };
      if (n >= operation.chunks) {
        await deps.instances.finishOperation(id, deps.clock());
        return { ...output, from: n };
      }
      if (host.getRemainingTimeInMillis() < reserveMs) return { ...output, from: n, more: true };

      work ??= await loadWork(deps, operation);
      carryOut ??= carryOutOn(deps, work);
      const group = await nextChunks(deps, id, n, operation.chunks);
      await Promise.all(
        group.map((chunk, place) => runChunk(deps, id, n + place, chunk, carryOut as CarryOut)),
      );
      n += group.length;
    }
  };

/** The next chunk, and those behind it as long as everything in them is of one level. */
const nextChunks = async (
  { instances }: RunDeps,
  id: string,
  n: number,
  chunks: number,
): Promise<OperationChunk[]> => {
  const numbers = Array.from({ length: Math.min(chunksAtOnce, chunks - n) }, (_, i) => n + i);
  const found = await Promise.all(numbers.map((each) => instances.findOperationChunk(id, each)));
  const read = found.map((chunk, place) => {
    if (!chunk) throw new Fault('RecordInvalid', 'chunk not found', { id, n: n + place });
    return chunk;
  });
  const level = read[0]?.items[0]?.level;
  const same = read.findIndex(({ items }) => items.some((item) => item.level !== level));
  return same === -1 ? read : read.slice(0, Math.max(1, same));
};

const runChunk = async (
  { instances, clock }: RunDeps,
  id: string,
  n: number,
  chunk: OperationChunk,
  carryOut: CarryOut,
): Promise<void> => {
  const open = chunk.items.filter(
    ({ refusal, result }) => refusal === undefined && result === undefined,
  );
  const seen = new Map<string, Outcome>();
  for (const [, level] of [...Map.groupBy(open, (item) => item.level)].toSorted(
    ([a], [b]) => a - b,
  ))
    await inParallel(level, itemsAtOnce, async (item) => {
      seen.set(item.id, await carryOut(item));
    });

  let known: OperationChunk | undefined = chunk;
  for (let attempt = 1; attempt <= tries && known; attempt += 1) {
    const merged = mergeResults(known.items, seen);
    if (!merged) return;
    const next = { rev: known.rev, items: merged.items };
    if (await instances.finishOperationChunk(id, n, next, merged.delta, clock())) return;
    known = await instances.findOperationChunk(id, n);
  }
  throw new Fault('StoreConflict', 'results not written: the chunk kept changing', { id, n });
};
