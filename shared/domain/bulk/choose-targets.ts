import { parseInstanceId } from '../instance/instance-id.ts';
import type { Candidate } from './candidate.schema.ts';
import type { BulkOp, DownstreamSelection, OperationItem } from './operation.schema.ts';
import { type Before, orderTargets } from './order-targets.ts';

export type Chosen = {
  /** In the order of work: by level, then by id. Those left out come last. */
  readonly items: readonly OperationItem[];
  readonly targets: readonly Candidate[];
  readonly ineligible: readonly Candidate[];
  /** Who waits for whom among the targets. */
  readonly edges: readonly Before[];
  readonly levels: number;
};

/**
 * What an operation is carried out on, in dependency order where instances run again (N38, N39). Barriers between
 * targets run again, too, though nobody selected them; lists and counts leave them out.
 */
export const chooseTargets = (
  op: BulkOp,
  candidates: readonly Candidate[],
  downstream?: DownstreamSelection | undefined,
): Chosen => {
  const wanted = candidates.filter(
    (each) => !isBarrier(each.id) && (!downstream || isInRange(each, downstream)),
  );
  const targets = wanted.filter(({ refusal }) => refusal === undefined);
  const ineligible = wanted.filter(({ refusal }) => refusal !== undefined);
  const all = edgesAmong(candidates);
  const between = op === 'rerun-downstream' ? barriersAmong(candidates, targets, all) : [];
  const moved = [...targets.map(({ id }) => id), ...between];
  const known = new Map(candidates.map((each) => [each.id, each]));
  const chosen = new Set(moved);
  const edges = all.filter(({ from, to }) => chosen.has(from) && chosen.has(to));

  const levels = orderTargets(moved, edges);
  const levelOf = ({ id, level }: Candidate): number => level ?? levels.get(id) ?? 0;
  const items = [
    ...targets.map(
      (each): OperationItem => ({
        id: each.id,
        level: levelOf(each),
        ...(each.root ? { root: true } : {}),
      }),
    ),
    ...between.map((id): OperationItem => ({ id, level: levelOf({ id, ...known.get(id) }) })),
  ].toSorted((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1));

  return {
    items: [
      ...items,
      ...ineligible.map(({ id, refusal }): OperationItem => ({ id, level: 0, refusal })),
    ],
    targets,
    ineligible,
    edges,
    levels: new Set(items.map(({ level }) => level)).size,
  };
};

/** Barriers stand between many parents and many children, run nothing, and are nobody's selection. */
export const isBarrier = (id: string): boolean => parseInstanceId(id)?.family === 'barrier';

/** What an edge names but nobody has generated yet waits by itself when it comes. */
const isInRange = (
  { id, root = false, status }: Candidate,
  { range, ids = [], includeRoot }: DownstreamSelection,
): boolean => {
  if (root) return includeRoot;
  if (status === undefined) return range === 'list' && ids.includes(id);
  switch (range) {
    case 'list':
      return ids.includes(id);
    case 'all-failed':
      return status === 'FAILED';
    case 'terminal':
      return status === 'FAILED' || status === 'SUCCESS';
    case 'all':
      return true;
  }
};

const edgesAmong = (candidates: readonly Candidate[]): Before[] =>
  candidates.flatMap(({ id, parents = [], children = [] }) => [
    ...parents.map((from) => ({ from, to: id })),
    ...children.map((to) => ({ from: id, to })),
  ]);

/** Those that a graph shows between two targets, and those that an earlier operation had to move. */
const barriersAmong = (
  candidates: readonly Candidate[],
  targets: readonly Candidate[],
  edges: readonly Before[],
): string[] => {
  const ids = new Set(targets.map(({ id }) => id));
  const above = new Set(edges.filter(({ from }) => ids.has(from)).map(({ to }) => to));
  const below = new Set(edges.filter(({ to }) => ids.has(to)).map(({ from }) => from));
  return candidates
    .filter(({ id }) => isBarrier(id))
    .filter(({ id, level }) => level !== undefined || (above.has(id) && below.has(id)))
    .map(({ id }) => id);
};
