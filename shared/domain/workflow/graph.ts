import type { WorkflowDefinition } from './definition.schema.ts';
import { innerUpstreams } from './dependencies-of.ts';
import type { GraphEdge } from './find-cycles.ts';

/** An acyclic graph of names, with all that screens and figures ask of it. */
export type Graph = {
  /** Every node once, parents before children; ties in the order of writing. */
  readonly order: readonly string[];
  readonly edges: readonly GraphEdge[];
  /** Level 0: no parents; level n: the longest way from a root has n edges. */
  readonly levels: readonly (readonly string[])[];
  /** Nodes on the longest way; 0 for an empty graph. */
  readonly depth: number;
  /** Most nodes on one level. */
  readonly width: number;
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
};

/** The graph of one cycle of a workflow: cross-cycle, self and foreign edges order nothing within it and stay out. */
export const graphOf = (definition: Pick<WorkflowDefinition, 'workflow' | 'tasks'>): Graph =>
  buildGraph(
    definition.tasks.map(({ name }) => name),
    definition.tasks.flatMap((task) =>
      innerUpstreams(task, definition.workflow).map((up) => ({ from: up.task, to: task.name })),
    ),
  );

/** Doubled edges count once, edges to unknown nodes not at all. Throws on a cycle: `findCycles` comes first. */
export const buildGraph = (nodes: readonly string[], edges: readonly GraphEdge[]): Graph => {
  const parents = new Map<string, Set<string>>(nodes.map((node) => [node, new Set()]));
  const children = new Map<string, Set<string>>(nodes.map((node) => [node, new Set()]));
  for (const { from, to } of edges) {
    if (!parents.has(from) || !parents.has(to)) continue;
    parents.get(to)?.add(from);
    children.get(from)?.add(to);
  }

  const levels = levelsOf(nodes, parents, children);
  const order = levels.flat();
  if (order.length !== parents.size) throw new Error('the graph has a cycle');

  return {
    order,
    levels,
    depth: levels.length,
    width: levels.reduce((most, level) => Math.max(most, level.length), 0),
    edges: order.flatMap((from) => [...(children.get(from) ?? [])].map((to) => ({ from, to }))),
    parents: frozen(parents),
    children: frozen(children),
  };
};

/** All that must end before `node` can start. */
export const ancestorsOf = (graph: Graph, node: string): ReadonlySet<string> =>
  reach(graph.parents, node, Number.POSITIVE_INFINITY);

/** All that waits for `node`, directly or not. */
export const descendantsOf = (graph: Graph, node: string): ReadonlySet<string> =>
  reach(graph.children, node, Number.POSITIVE_INFINITY);

/** The nodes at most `up` levels above and `down` levels below `node`, itself included, and the edges between them. */
export const neighbourhood = (
  graph: Graph,
  node: string,
  { up, down }: { readonly up: number; readonly down: number },
): { readonly nodes: ReadonlySet<string>; readonly edges: readonly GraphEdge[] } => {
  const nodes = new Set([
    node,
    ...reach(graph.parents, node, up),
    ...reach(graph.children, node, down),
  ]);
  return { nodes, edges: graph.edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)) };
};

/** Seconds that the longest chain takes when each node takes `secondsOf` and nothing else waits. */
export const criticalPathSeconds = (graph: Graph, secondsOf: (node: string) => number): number => {
  const endOf = new Map<string, number>();
  for (const node of graph.order) {
    const start = (graph.parents.get(node) ?? []).reduce(
      (latest, parent) => Math.max(latest, endOf.get(parent) ?? 0),
      0,
    );
    endOf.set(node, start + secondsOf(node));
  }
  return [...endOf.values()].reduce((latest, end) => Math.max(latest, end), 0);
};

const levelsOf = (
  nodes: readonly string[],
  parents: ReadonlyMap<string, ReadonlySet<string>>,
  children: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly string[])[] => {
  const position = new Map(nodes.map((node, i) => [node, i]));
  const open = new Map([...parents].map(([node, of]) => [node, of.size]));
  const levels: string[][] = [];
  let level = [...parents.keys()].filter((node) => open.get(node) === 0);

  while (level.length > 0) {
    levels.push(level);
    const next: string[] = [];
    for (const child of level.flatMap((node) => [...(children.get(node) ?? [])])) {
      const left = (open.get(child) ?? 0) - 1;
      open.set(child, left);
      if (left === 0) next.push(child);
    }
    level = next.toSorted((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0));
  }
  return levels;
};

const reach = (
  next: ReadonlyMap<string, readonly string[]>,
  start: string,
  steps: number,
): ReadonlySet<string> => {
  const seen = new Set<string>();
  let frontier = [start];
  for (let step = 0; step < steps && frontier.length > 0; step += 1) {
    frontier = [...new Set(frontier.flatMap((node) => next.get(node) ?? []))].filter(
      (node) => !seen.has(node),
    );
    for (const node of frontier) seen.add(node);
  }
  seen.delete(start);
  return seen;
};

const frozen = (
  sets: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, readonly string[]> =>
  new Map([...sets].map(([node, set]) => [node, [...set]]));
