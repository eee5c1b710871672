import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Waiting } from '../feedback/waiting.tsx';
import { useT } from '../i18n/language-provider.tsx';
import type { DagViewProps } from './dag-view.tsx';
import { useLevels } from './use-levels.ts';

// React Flow and dagre come only when somebody looks at a graph.
const DagView = lazy(() => import('./dag-view.tsx').then((file) => ({ default: file.DagView })));

/** A graph with a search field and, beside it, what the caller adds. Large levels of nodes are drawn as one box. */
export const DagPanel = ({
  children,
  ...graph
}: Omit<DagViewProps, 'find'> & { children?: ReactNode }) => {
  const t = useT();
  const [find, setFind] = useState('');
  const text = find.trim().toLowerCase();
  const found = graph.nodes.filter(({ name }) => name.toLowerCase().includes(text)).length;
  const levels = useLevels(graph, text);

  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <Input
          type="search"
          value={find}
          onChange={({ detail }) => setFind(detail.value)}
          placeholder={t('dag.search')}
          ariaLabel={t('dag.search')}
        />
        <Box color="text-body-secondary">
          {text ? t('dag.found', { count: found }) : t('dag.tasks', { count: graph.nodes.length })}
        </Box>
        {children}
      </SpaceBetween>
      {levels.isLarge && (
        <Alert
          type="info"
          action={
            <Button onClick={levels.toggleAll}>
              {t(levels.allOpen ? 'dag.close-all' : 'dag.open-all')}
            </Button>
          }
        >
          {levels.allOpen ? t('dag.large-open') : t('dag.large', { count: graph.nodes.length })}
        </Alert>
      )}
      <Suspense fallback={<Waiting lines={8} />}>
        <DagView
          {...graph}
          nodes={levels.nodes}
          edges={levels.edges}
          find={find}
          onOpen={(node) =>
            node.group === undefined ? graph.onOpen?.(node) : levels.open(node.level ?? 0)
          }
        />
      </Suspense>
    </SpaceBetween>
  );
};
