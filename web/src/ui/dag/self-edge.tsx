import { BaseEdge, type EdgeProps } from '@xyflow/react';

/** An arc over a node that waits for its own last cycle: from its right side back to its left one. */
export const SelfEdge = ({ sourceX, sourceY, targetX, targetY, style, markerEnd }: EdgeProps) => {
  const [reach, height] = [36, 58];
  const path = [
    `M ${sourceX} ${sourceY}`,
    `C ${sourceX + reach} ${sourceY - height}, ${targetX - reach} ${targetY - height}, ${targetX} ${targetY}`,
  ].join(' ');
  return (
    <BaseEdge
      path={path}
      {...(style && { style })}
      {...(markerEnd !== undefined && { markerEnd })}
    />
  );
};
