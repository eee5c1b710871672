import { useState } from 'react';
import { useT } from '../i18n/language-provider.tsx';
import { collapseLevels } from './collapse-levels.ts';
import type { DagEdge, DagNode } from './dag.ts';

/** Pictures up to this size show every node. */
const largeFrom = 300;
/** Nodes of one level that still stand one by one in a large picture. */
const perLevel = 12;

/** Which levels of a large picture are open; nodes that are searched for or chosen are never hidden. */
export const useLevels = (
  {
    nodes,
    edges,
    chosen,
  }: {
    readonly nodes: readonly DagNode[];
    readonly edges: readonly DagEdge[];
    readonly chosen?: string | undefined;
  },
  text: string,
) => {
  const t = useT();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [allOpen, setAllOpen] = useState(false);
  const isLarge = nodes.length > largeFrom && nodes.some(({ level }) => level !== undefined);
  const drawn =
    isLarge && !allOpen
      ? collapseLevels(nodes, edges, {
          most: perLevel,
          open: opened,
          keep: ({ id, name, focus }) =>
            focus === true || id === chosen || (text !== '' && name.toLowerCase().includes(text)),
          nameOf: (count) => t('dag.group', { count }),
        })
      : { nodes, edges };

  return {
    ...drawn,
    isLarge,
    allOpen,
    open: (level: number) => setOpened(new Set([...opened, level])),
    toggleAll: () => {
      setAllOpen(!allOpen);
      setOpened(new Set());
    },
  };
};
