import type { Candidate } from '../../shared/domain/bulk/candidate.schema.ts';
import type { DownstreamSelection } from '../../shared/domain/bulk/operation.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { Gathered } from '../stores/bulk-chunks.ts';
import { allChildren } from './all-children.ts';
import type { BulkWork, RunDeps } from './bulk-deps.ts';
import { absent, candidateOf } from './candidate-of.ts';

/** Instances looked at for one piece, as long as they have few children. */
const pieceSize = 100;
const atOnce = 16;

/**
 * The next piece of what hangs below a root, breadth first, over workflows, projects and dates. What was found so far says
 * where to go on.
 */
export const gatherGraph = async (
  deps: RunDeps,
  work: BulkWork,
  { root, levels = Number.POSITIVE_INFINITY }: DownstreamSelection,
  pieces: readonly Gathered[],
): Promise<Gathered> => {
  const known = pieces.flatMap(({ candidates }) => candidates);
  const depths = depthsOf(root, known);
  const seen = new Set(known.map(({ id }) => id));
  const ahead = [...depths.keys()].filter((id) => !seen.has(id));
  const ids = ahead.slice(0, pieceSize);

  const found = await deps.instances.findMany(ids, { strong: true });
  const candidates = await inParallel(ids, atOnce, async (id): Promise<Candidate> => {
    const instance = found.get(id);
    if (!instance) return absent(id);
    const candidate = await candidateOf(deps, work, instance, id === root);
    return (depths.get(id) ?? 0) < levels
      ? { ...candidate, children: await allChildren(deps.instances, id) }
      : candidate;
  });

  const reached = new Set([
    ...depths.keys(),
    ...candidates.flatMap(({ children = [] }) => children),
  ]);
  return { candidates, ...(reached.size > seen.size + ids.length ? { next: 'below' } : {}) };
};

/** How many levels below the root each instance stands that was reached, in the order in which it was. */
const depthsOf = (root: string, known: readonly Candidate[]): ReadonlyMap<string, number> => {
  const depths = new Map([[root, 0]]);
  for (const { id, children = [] } of known)
    for (const child of children)
      if (!depths.has(child)) depths.set(child, (depths.get(id) ?? 0) + 1);
  return depths;
};
