import '@xyflow/react/dist/style.css';
import { colorBorderControlDefault } from '@cloudscape-design/design-tokens';
import {
  Background,
  Controls,
  type Edge,
  MarkerType,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useT } from '../i18n/language-provider.tsx';
import { useDark } from '../preferences/use-theme.ts';
import type { DagEdge, DagNode } from './dag.ts';
import { colorOf } from './dag-colors.ts';
import { nodeSize } from './layout.ts';
import { placeNodes } from './place-nodes.ts';
import { type TaskNode, TaskNodeView } from './task-node.tsx';

const nodeTypes = { task: TaskNodeView };

export type DagViewProps = {
  readonly name: string;
  readonly nodes: readonly DagNode[];
  readonly edges: readonly DagEdge[];
  /** Text that nodes are searched for; the others step back. */
  readonly find: string;
  readonly onOpen?: (node: DagNode) => void;
};

/** The picture: pan, zoom, overview; a click or Enter on a node opens it. */
export const DagView = (props: DagViewProps) => (
  <ReactFlowProvider>
    <Picture {...props} />
  </ReactFlowProvider>
);

const Picture = ({ name, nodes, edges, find, onOpen }: DagViewProps) => {
  const t = useT();
  const dark = useDark();
  const frame = useRef<HTMLDivElement>(null);
  const { fitView } = useReactFlow();

  // Only another graph is laid out anew: a changed status must not move anything.
  const shape = `${nodes.map(({ id }) => id).join()} ${edges.map(({ from, to }) => `${from}>${to}`).join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for nodes and edges
  const places = useMemo(() => placeNodes(nodes, edges), [shape]);
  const searched = find.trim().toLowerCase();
  const isFound = (node: DagNode) => searched !== '' && node.name.toLowerCase().includes(searched);

  const flowNodes: TaskNode[] = nodes.map((node) => ({
    id: node.id,
    type: 'task',
    position: places.get(node.id) ?? { x: 0, y: 0 },
    ...nodeSize,
    data: { task: node, found: isFound(node), dimmed: searched !== '' && !isFound(node) },
    ariaLabel: [node.name, node.status && t(`status.${node.status}`)].filter(Boolean).join(', '),
  }));
  const flowEdges: Edge[] = edges.map(({ from, to, crossCycle }) => ({
    id: `${from}>${to}`,
    source: from,
    target: to,
    focusable: false,
    style: {
      stroke: colorBorderControlDefault,
      ...(crossCycle && { strokeDasharray: '5 4' }),
    },
    markerEnd: { type: MarkerType.ArrowClosed, color: colorBorderControlDefault },
  }));

  // The container takes its size after it is mounted.
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(() => void fitView({ maxZoom: 1, padding: 0.1 }));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [fitView]);
  const found = nodes.filter(isFound).map(({ id }) => ({ id }));
  const foundKey = found.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves the view only when other nodes are found
  useEffect(() => {
    if (found.length > 0) void fitView({ nodes: found, maxZoom: 1, duration: 200 });
  }, [foundKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another graph is shown whole
  useEffect(() => void fitView({ maxZoom: 1, padding: 0.1 }), [shape]);

  const open = (id: string) => {
    const node = nodes.find((candidate) => candidate.id === id);
    if (node && !node.inert) onOpen?.(node);
  };

  return (
    <section
      ref={frame}
      className="dag-frame"
      aria-label={t('dag.label', { name })}
      onKeyDown={(event) => {
        const id = (event.target as HTMLElement)
          .closest('.react-flow__node')
          ?.getAttribute('data-id');
        if (event.key === 'Enter' && id) open(id);
      }}
    >
      <ReactFlow
        nodes={flowNodes}
        edges={flowEdges}
        nodeTypes={nodeTypes}
        colorMode={dark ? 'dark' : 'light'}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
        minZoom={0.05}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        onlyRenderVisibleElements={nodes.length > 300}
        onNodeClick={(_, { id }) => open(id)}
      >
        <Background />
        <Controls showInteractive={false} aria-label={t('dag.fit')} />
        <MiniMap
          pannable
          zoomable
          ariaLabel={t('dag.minimap')}
          nodeColor={(node) => colorOf((node as TaskNode).data.task.status)}
        />
      </ReactFlow>
    </section>
  );
};
