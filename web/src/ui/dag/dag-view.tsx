import '@xyflow/react/dist/style.css';
import './dag.css';
import Icon from '@cloudscape-design/components/icon';
import {
  Background,
  ControlButton,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../i18n/language-provider.tsx';
import { useDark } from '../preferences/use-theme.ts';
import type { DagEdge, DagMenuItem, DagNode } from './dag.ts';
import { colorOfNode } from './dag-colors.ts';
import { DagMenu } from './dag-menu.tsx';
import { flowEdgesOf } from './flow-edges.ts';
import { nodeSize } from './layout.ts';
import { pathsThrough } from './paths-through.ts';
import { placeNodes } from './place-nodes.ts';
import { SelfEdge } from './self-edge.tsx';
import { type TaskNode, TaskNodeView } from './task-node.tsx';
import { useFullScreen } from './use-full-screen.ts';

const nodeTypes = { task: TaskNodeView };
const edgeTypes = { self: SelfEdge };
const fitting = { minZoom: 0.2, maxZoom: 1, padding: 0.1 } as const;

export type DagViewProps = {
  readonly name: string;
  readonly nodes: readonly DagNode[];
  readonly edges: readonly DagEdge[];
  /** Text that nodes are searched for; the others step back. */
  readonly find: string;
  readonly onOpen?: (node: DagNode) => void;
  /** The chosen node: its paths stand out. */
  readonly chosen?: string | undefined;
  /** With it a click chooses, and a double click or Enter opens; undefined: nothing is chosen any more. */
  readonly onChoose?: (node: DagNode | undefined) => void;
  /** What a right click on a node offers. */
  readonly menuOf?: (node: DagNode) => readonly DagMenuItem[];
  readonly onMenu?: (node: DagNode, item: string) => void;
};

/** The picture: pan, zoom, overview, full screen; nodes by mouse and keyboard. */
export const DagView = (props: DagViewProps) => (
  <ReactFlowProvider>
    <Picture {...props} />
  </ReactFlowProvider>
);

type Menu = { readonly node: DagNode; readonly at: { readonly x: number; readonly y: number } };

const Picture = ({
  name,
  nodes,
  edges,
  find,
  onOpen,
  chosen,
  onChoose,
  menuOf,
  onMenu,
}: DagViewProps) => {
  const t = useT();
  const dark = useDark();
  const frame = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<Menu>();
  const fullScreen = useFullScreen(frame);
  const { fitView, zoomTo } = useReactFlow();

  // Only another graph is laid out anew: a changed status must not move anything.
  const shape = `${nodes.map(({ id }) => id).join()} ${edges.map(({ from, to }) => `${from}>${to}`).join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for nodes and edges
  const places = useMemo(() => placeNodes(nodes, edges), [shape]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the edges
  const paths = useMemo(
    () => (chosen === undefined ? undefined : pathsThrough(chosen, edges)),
    [chosen, shape],
  );
  const searched = find.trim().toLowerCase();
  const isFound = (node: DagNode) => searched !== '' && node.name.toLowerCase().includes(searched);
  const isDimmed = (node: DagNode) =>
    searched === '' ? paths?.has(node.id) === false : !isFound(node);

  const flowNodes: TaskNode[] = nodes.map((node) => ({
    id: node.id,
    type: 'task',
    position: places.get(node.id) ?? { x: 0, y: 0 },
    ...nodeSize,
    data: {
      task: node,
      found: isFound(node) || node.id === chosen,
      dimmed: isDimmed(node),
    },
    ariaLabel: labelOf(node, node.status && t(`status.${node.status}`)),
  }));
  const flowEdges = flowEdgesOf(edges, paths);

  // The container takes its size after it is mounted.
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(() => void fitView(fitting));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [fitView]);
  const found = nodes.filter(isFound).map(({ id }) => ({ id }));
  const foundKey = found.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves the view only when other nodes are found
  useEffect(() => {
    if (found.length > 0) void fitView({ ...fitting, nodes: found, duration: 200 });
  }, [foundKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another graph is shown whole
  useEffect(() => void fitView(fitting), [shape]);

  const nodeOf = (id: string) => nodes.find((candidate) => candidate.id === id);
  const open = (id: string) => {
    const node = nodeOf(id);
    if (node && !node.inert) onOpen?.(node);
  };
  const isBox = (id: string) => nodeOf(id)?.group !== undefined;

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
        edgeTypes={edgeTypes}
        colorMode={dark ? 'dark' : 'light'}
        fitView
        fitViewOptions={fitting}
        minZoom={0.2}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements={nodes.length > 300}
        onNodeClick={(_, { id }) => {
          if (onChoose && !isBox(id)) onChoose(nodeOf(id));
          else open(id);
        }}
        onNodeDoubleClick={(_, { id }) => onChoose && open(id)}
        onPaneClick={() => onChoose?.(undefined)}
        onNodeContextMenu={(event, { id }) => {
          const node = nodeOf(id);
          const box = frame.current?.getBoundingClientRect();
          if (!node || !box || !menuOf || node.group) return;
          event.preventDefault();
          const at = { x: event.clientX - box.left, y: event.clientY - box.top };
          setMenu({ node, at: withinFrame(at, box) });
        }}
      >
        <Background />
        <Controls showInteractive={false} fitViewOptions={fitting} aria-label={t('dag.fit')}>
          <ControlButton
            title={t('dag.zoom-100')}
            onClick={() => void zoomTo(1, { duration: 200 })}
          >
            1:1
          </ControlButton>
          <ControlButton
            title={t(fullScreen.on ? 'dag.leave-full-screen' : 'dag.full-screen')}
            aria-label={t(fullScreen.on ? 'dag.leave-full-screen' : 'dag.full-screen')}
            onClick={fullScreen.toggle}
          >
            <Icon name={fullScreen.on ? 'exit-full-screen' : 'full-screen'} size="inherit" />
          </ControlButton>
        </Controls>
        <MiniMap
          pannable
          zoomable
          ariaLabel={t('dag.minimap')}
          nodeColor={(node) => colorOfNode((node as TaskNode).data.task)}
        />
      </ReactFlow>
      {menu && menuOf && (
        <DagMenu
          key={menu.node.id}
          name={t('dag.menu', { name: menu.node.name })}
          items={menuOf(menu.node)}
          at={menu.at}
          onClose={() => setMenu(undefined)}
          onChoose={(item) => {
            setMenu(undefined);
            onMenu?.(menu.node, item);
          }}
        />
      )}
    </section>
  );
};

const labelOf = ({ name, note, far, marks = [] }: DagNode, status: string | undefined): string =>
  [name, far && note, status, ...marks.map(({ text }) => text)].filter(Boolean).join(', ');

/** Room that a menu needs to the right of the pointer and below it. */
const menuRoom = { x: 260, y: 420 };

const withinFrame = (
  at: { readonly x: number; readonly y: number },
  { width, height }: { readonly width: number; readonly height: number },
) => ({
  x: Math.max(0, Math.min(at.x, width - menuRoom.x)),
  y: Math.max(0, Math.min(at.y, height - menuRoom.y)),
});
