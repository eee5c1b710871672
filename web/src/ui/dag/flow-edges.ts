import {
  colorBorderControlDefault,
  colorBorderItemFocused,
} from '@cloudscape-design/design-tokens';
import { type Edge, MarkerType } from '@xyflow/react';
import type { DagEdge } from './dag.ts';

/** Edges as React Flow draws them: dashed across cycles, those on the paths of a chosen node stand out. */
export const flowEdgesOf = (
  edges: readonly DagEdge[],
  paths: ReadonlySet<string> | undefined,
): Edge[] =>
  edges.map(({ from, to, crossCycle }) => {
    const isOnPath = paths?.has(from) === true && paths.has(to);
    const color = isOnPath ? colorBorderItemFocused : colorBorderControlDefault;
    return {
      id: `${from}>${to}`,
      ...(from === to && { type: 'self' }),
      source: from,
      target: to,
      focusable: false,
      style: {
        stroke: color,
        ...(isOnPath && { strokeWidth: 2 }),
        ...(paths && !isOnPath && { opacity: 0.35 }),
        ...(crossCycle && { strokeDasharray: '5 4' }),
      },
      markerEnd: { type: MarkerType.ArrowClosed, color },
    };
  });
