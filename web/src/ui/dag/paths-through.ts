import type { DagEdge } from './dag.ts';

/** The nodes on a path through `id`: all above it, all below it, and itself. */
export const pathsThrough = (id: string, edges: readonly DagEdge[]): ReadonlySet<string> => {
  const above = Map.groupBy(edges, ({ to }) => to);
  const below = Map.groupBy(edges, ({ from }) => from);
  return new Set([
    ...reach(id, (at) => (above.get(at) ?? []).map(({ from }) => from)),
    ...reach(id, (at) => (below.get(at) ?? []).map(({ to }) => to)),
  ]);
};

const reach = (start: string, next: (id: string) => readonly string[]): ReadonlySet<string> => {
  const seen = new Set([start]);
  for (const id of seen) for (const other of next(id)) seen.add(other);
  return seen;
};
