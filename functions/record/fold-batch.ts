import { runIdOfInstance } from '../../shared/domain/instance/instance-id.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { dayDeltasOf, splitChanges } from '../../shared/domain/run/day-counts.ts';
import { foldMove, isFinal } from '../../shared/domain/run/fold-run.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { runDeltasOf } from '../../shared/domain/run/run-counts.ts';
import type { StreamRecord } from '../edge/stream-handler.ts';
import type { Clock } from '../edge/system-clock.ts';
import { type Fold, type FoldOnce, fitsFold } from '../stores/fold.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { pause } from '../stores/retry.ts';
import type { ViewStore } from '../stores/views-store.ts';
import { type CountedMove, countedMoveOf, type PoisonRecord } from './counted-move.ts';
import type { FoldStep } from './tell-of.ts';

export type RecordDeps = {
  readonly instances: InstanceStore;
  readonly views: ViewStore;
  readonly clock: Clock;
  /** What people may have to be told of the moves: written together with their fold, so exactly when they count. */
  readonly tell: (steps: readonly FoldStep[]) => Promise<NonNullable<Fold['beside']>>;
  /** Tells the world before the group counts as recorded: at least once, under ids that are functions of the moves. */
  readonly publish: (group: RecordedGroup) => Promise<void>;
  /** What is done of the same group once it is recorded: samples that need not be exact, and a second look. */
  readonly sample: (group: RecordedGroup) => Promise<void>;
};

/** Moves that are recorded together, and the runs that came to an end by them. */
export type RecordedGroup = {
  readonly moves: readonly CountedMove[];
  readonly endedRuns: readonly Run[];
  /** Runs whose first instance has started. */
  readonly startedRuns: readonly Run[];
};

const tries = 8;

/**
 * Folds a batch of one shard, in its order: every move counts exactly once, whatever is delivered again (design.md §4).
 * With a shard id the place in the shard is the guard; without one every move leaves a mark.
 */
export const foldBatch =
  (deps: RecordDeps) =>
  async (records: readonly StreamRecord[]): Promise<void> => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      if (await foldFrom(deps, records)) return;
      await pause(attempt);
    }
    throw new Fault('StoreConflict', 'batch not folded: its shard kept moving', {
      sequenceNumber: records[0]?.sequenceNumber ?? '',
    });
  };

/** False when the shard had moved on meanwhile: what is left must be read anew. */
const foldFrom = async (deps: RecordDeps, records: readonly StreamRecord[]): Promise<boolean> => {
  const shard = records[0]?.shardId;
  const folded = shard === undefined ? undefined : await deps.views.findCursor(shard);
  const place: Place | undefined = shard === undefined ? undefined : { shard, after: folded };
  const fresh = records
    .filter(({ sequenceNumber }) => folded === undefined || BigInt(sequenceNumber) > BigInt(folded))
    .map(countedMoveOf)
    .filter((move) => move !== undefined);

  for (const run of runsOfKind(fresh)) {
    const [first] = run;
    const done =
      first && isPoison(first)
        ? await setAside(deps, place, first)
        : await foldMoves(
            deps,
            place,
            run.flatMap((each) => (isPoison(each) ? [] : [each])),
          );
    if (!done) return false;
  }
  return true;
};

/** Where a shard is folded up to; moves on with each group. */
type Place = { readonly shard: string; after: string | undefined };

const isPoison = (each: CountedMove | PoisonRecord): each is PoisonRecord => 'error' in each;

/** Consecutive moves together, each unreadable record alone: order is kept. */
const runsOfKind = (
  fresh: readonly (CountedMove | PoisonRecord)[],
): (CountedMove | PoisonRecord)[][] => {
  const groups: (CountedMove | PoisonRecord)[][] = [];
  for (const each of fresh) {
    const last = groups.at(-1);
    if (last?.[0] && !isPoison(last[0]) && !isPoison(each)) last.push(each);
    else groups.push([each]);
  }
  return groups;
};

/** Marks are items of the same transaction as the counters, so fewer moves fit beside them. */
const mostWithMarks = 8;

const foldMoves = async (
  deps: RecordDeps,
  place: Place | undefined,
  moves: readonly CountedMove[],
): Promise<boolean> => {
  if (place) {
    for (const group of splitChanges(moves))
      if (!(await foldGroup(deps, place, group))) return false;
    return true;
  }
  const marked = await deps.views.foldedMarks(moves);
  const fresh = moves.filter(({ instanceId, seq }) => !marked.has(`${instanceId}#${seq}`));
  for (let from = 0; from < fresh.length; from += mostWithMarks)
    for (const group of splitChanges(fresh.slice(from, from + mostWithMarks), 16 - mostWithMarks))
      if (!(await foldGroup(deps, undefined, group))) return false;
  return true;
};

const foldGroup = async (
  deps: RecordDeps,
  place: Place | undefined,
  moves: readonly CountedMove[],
): Promise<boolean> => {
  const { instances, views, clock, tell, publish, sample } = deps;
  const last = moves.at(-1);
  if (!last) return true;
  const { sequenceNumber } = last;
  const once: FoldOnce = place ? { ...place, sequenceNumber } : { marks: moves };

  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const ids = [...new Set(moves.map(({ instanceId }) => runIdOfInstance(instanceId)))];
    const stored = await instances.findRuns(ids, { strong: true });
    const { runs: folded, steps } = foldRuns(stored, moves);
    const runs = [...folded].map(([id, run]) => ({ run, expectedSeq: stored.get(id)?.seq ?? 0 }));
    const endedRuns = runs
      .map(({ run }) => run)
      .filter((run) => isFinal(run.status) && stored.get(run.runId)?.status !== run.status);
    const runCounts = runDeltasOf(
      [...folded].map(([id, after]) => ({ before: stored.get(id), after })),
    );
    const beside = await tell(steps);
    const counted = { once, runs, days: dayDeltasOf(moves), runCounts, beside };
    if (moves.length > 1 && !fitsFold(counted)) return foldHalves(deps, place, moves);

    const startedRuns = runs
      .map(({ run }) => run)
      .filter((run) => run.startedAt && !stored.get(run.runId)?.startedAt);

    const group = { moves, endedRuns, startedRuns };
    await publish(group);
    const result = await views.fold({ ...counted, at: clock() });
    if (result === 'already') return false;
    if (result === 'folded') {
      await sample(group);
      if (place) place.after = sequenceNumber;
      return true;
    }
    await pause(attempt);
  }
  throw new Fault('StoreConflict', 'moves not folded: their runs kept changing', {
    sequenceNumber,
  });
};

/** A group in which many runs start or end adds to more counters than one transaction holds. */
const foldHalves = async (
  deps: RecordDeps,
  place: Place | undefined,
  moves: readonly CountedMove[],
): Promise<boolean> => {
  const half = Math.ceil(moves.length / 2);
  return (
    (await foldGroup(deps, place, moves.slice(0, half))) &&
    (await foldGroup(deps, place, moves.slice(half)))
  );
};

const foldRuns = (
  stored: ReadonlyMap<string, Run>,
  moves: readonly CountedMove[],
): { readonly runs: Map<string, Run>; readonly steps: readonly FoldStep[] } => {
  const runs = new Map<string, Run>();
  const steps: FoldStep[] = [];
  for (const move of moves) {
    const id = runIdOfInstance(move.instanceId);
    const before = runs.get(id) ?? stored.get(id);
    const after = foldMove(before, move);
    if (!after) continue;
    runs.set(id, after);
    if (after !== before) steps.push({ move, before, after });
  }
  return { runs, steps };
};

const setAside = async (
  { views, clock }: RecordDeps,
  place: Place | undefined,
  poison: PoisonRecord,
): Promise<boolean> => {
  const { sequenceNumber } = poison;
  const result = await views.fold({
    once: place
      ? { ...place, sequenceNumber }
      : { marks: [{ instanceId: `poison-${sequenceNumber}`, seq: 1 }] },
    at: clock(),
    runs: [],
    days: [],
    poison,
  });
  if (result !== 'folded') return place === undefined;
  if (place) place.after = sequenceNumber;
  return true;
};
