import { Graph, layout } from '@dagrejs/dagre';
import type { DagEdge, DagNode } from './dag.ts';
import { layeredLayout, nodeSize, type Placed } from './layout.ts';

/** Above this dagre takes longer than people wait (0.14 s at 200 nodes, 1.2 s at 1,000). */
const dagreMost = 300;

/** Top left corners of the nodes: the nicer layout while the graph is small, the fast one above. */
export const placeNodes = (nodes: readonly DagNode[], edges: readonly DagEdge[]): Placed => {
  if (nodes.length > dagreMost) return layeredLayout(nodes, edges);

  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranker: 'tight-tree', nodesep: 20, ranksep: 64 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...nodeSize });
  for (const { from, to } of edges)
    if (graph.hasNode(from) && graph.hasNode(to) && from !== to) graph.setEdge(from, to);
  layout(graph);

  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id);
      return [id, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }];
    }),
  );
};
