import type { DagEdge, DagNode } from './dag.ts';

export type Collapsing = {
  /** A level with more nodes than this becomes one box. */
  readonly most: number;
  /** Levels that stay as they are. */
  readonly open: ReadonlySet<number>;
  /** Nodes that never hide in a box: the chosen one, those that somebody searches for. */
  readonly keep: (node: DagNode) => boolean;
  readonly nameOf: (count: number) => string;
};

export type Collapsed = {
  readonly nodes: readonly DagNode[];
  readonly edges: readonly DagEdge[];
};

/**
 * A picture in which each level of too many nodes is one box, so that a thousand tasks can be read and moved. Edges lead
 * to the boxes instead, each pair once; it is dashed when all that it stands for are.
 */
export const collapseLevels = (
  nodes: readonly DagNode[],
  edges: readonly DagEdge[],
  { most, open, keep, nameOf }: Collapsing,
): Collapsed => {
  const levels = Map.groupBy(
    nodes.filter((node) => node.level !== undefined && !keep(node)),
    ({ level }) => level ?? 0,
  );
  const boxOf = new Map<string, string>();
  const boxes: DagNode[] = [];
  for (const [level, hidden] of levels) {
    if (open.has(level) || hidden.length <= most) continue;
    const id = boxId(level);
    for (const node of hidden) boxOf.set(node.id, id);
    boxes.push({ id, name: nameOf(hidden.length), level, group: hidden.length });
  }

  const drawn = new Map<string, DagEdge>();
  for (const { from, to, crossCycle = false } of edges) {
    const [start, end] = [boxOf.get(from) ?? from, boxOf.get(to) ?? to];
    if (start === end && from !== to) continue;
    const key = `${start} ${end}`;
    const dashed = crossCycle && (drawn.get(key)?.crossCycle ?? true);
    drawn.set(key, { from: start, to: end, crossCycle: dashed });
  }
  return {
    nodes: [...nodes.filter(({ id }) => !boxOf.has(id)), ...boxes],
    edges: [...drawn.values()].filter(({ from, to }) => from !== to || !isBox(from)),
  };
};

const prefix = 'level:';
const boxId = (level: number): string => `${prefix}${level}`;
const isBox = (id: string): boolean => id.startsWith(prefix);
