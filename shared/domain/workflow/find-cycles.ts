export type GraphEdge = { readonly from: string; readonly to: string };

/**
 * One cycle for each knot of tasks that wait for each other, its tasks in the order of the arrows, beginning with the
 * one that comes first in `nodes`. Edges to unknown nodes are ignored. An acyclic graph gives [].
 */
export const findCycles = (
  nodes: readonly string[],
  edges: readonly GraphEdge[],
): readonly (readonly string[])[] => {
  const children = childrenIn(nodes, edges);
  let left = withoutLoose(nodes, children);
  const cycles: string[][] = [];

  for (const node of nodes) {
    if (!left.has(node)) continue;
    const cycle = shortestCycle(node, children, left);
    if (!cycle) continue;
    cycles.push(cycle);
    const knot = new Set(cycle);
    left = withoutLoose(
      [...left].filter((n) => !knot.has(n)),
      children,
    );
  }
  return cycles;
};

const childrenIn = (
  nodes: readonly string[],
  edges: readonly GraphEdge[],
): ReadonlyMap<string, readonly string[]> => {
  const children = new Map<string, string[]>(nodes.map((node) => [node, []]));
  for (const { from, to } of edges) if (children.has(to)) children.get(from)?.push(to);
  return children;
};

/** Peels off what has no parent left, again and again; what remains is on a cycle or behind one. */
const withoutLoose = (
  nodes: readonly string[],
  children: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> => {
  const left = new Set(nodes);
  const parents = new Map<string, number>();
  for (const node of left)
    for (const child of children.get(node) ?? [])
      if (left.has(child)) parents.set(child, (parents.get(child) ?? 0) + 1);

  const loose = nodes.filter((node) => !parents.get(node));
  for (let node = loose.pop(); node !== undefined; node = loose.pop()) {
    left.delete(node);
    for (const child of children.get(node) ?? []) {
      if (!left.has(child)) continue;
      const remaining = (parents.get(child) ?? 0) - 1;
      parents.set(child, remaining);
      if (remaining === 0) loose.push(child);
    }
  }
  return left;
};

const shortestCycle = (
  start: string,
  children: ReadonlyMap<string, readonly string[]>,
  within: ReadonlySet<string>,
): string[] | undefined => {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let i = 0; i < queue.length; i += 1) {
    const node = queue[i] as string;
    for (const child of children.get(node) ?? []) {
      if (child === start) return pathTo(node, start, cameFrom);
      if (!within.has(child) || cameFrom.has(child)) continue;
      cameFrom.set(child, node);
      queue.push(child);
    }
  }
  return undefined;
};

const pathTo = (end: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] => {
  const path = [end];
  for (let node = end; node !== start; ) {
    node = cameFrom.get(node) ?? start;
    path.unshift(node);
  }
  return path;
};
