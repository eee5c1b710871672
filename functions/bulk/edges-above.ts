import { inParallel } from '../admission/in-parallel.ts';
import type { RunDeps } from './bulk-deps.ts';

const atOnce = 8;
/** Open edges of one instance that are looked at: more than the largest fan-in. */
const mostOpen = 5_000;

/**
 * Opens the edges to those parents that this operation has moved already and that have not succeeded again: the child
 * must find them open when it moves itself. Release would do it later; doing it twice is harmless.
 */
export const openAbove = async (
  { instances }: RunDeps,
  child: string,
  operation: string,
): Promise<void> => {
  const [parents, open] = await Promise.all([
    instances.parentsOf(child),
    instances.openEdges(child, mostOpen),
  ]);
  const isOpen = new Set(open);
  const closed = parents.filter((parent) => !isOpen.has(parent));
  const found = await instances.findMany(closed, { strong: true });
  const moved = [...found.values()].filter(
    ({ status, moves }) =>
      status !== 'SUCCESS' && moves.some((move) => move.operation === operation),
  );
  await inParallel(moved, atOnce, ({ id, seq }) =>
    instances.reopenEdge({ child, parent: id }, seq),
  );
};

/** Lets a child of a forced operation wait no longer for parents that are no part of it. */
export const closeOutside = async (
  { instances }: RunDeps,
  child: string,
  targets: ReadonlySet<string>,
): Promise<void> => {
  const open = await instances.openEdges(child, mostOpen);
  const outside = open.filter((parent) => !targets.has(parent));
  const found = await instances.findMany(outside, { strong: true });
  await inParallel(outside, atOnce, (parent) =>
    // A move that comes later opens it again: this one counts up to what the parent has been through.
    instances.settleEdge({ child, parent }, (found.get(parent)?.seq ?? 0) + 1),
  );
};
