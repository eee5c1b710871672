import Box from '@cloudscape-design/components/box';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Waiting } from '../feedback/waiting.tsx';
import { useT } from '../i18n/language-provider.tsx';
import type { DagViewProps } from './dag-view.tsx';

// React Flow and dagre come only when somebody looks at a graph.
const DagView = lazy(() => import('./dag-view.tsx').then((file) => ({ default: file.DagView })));

/** A graph with a search field and, beside it, what the caller adds. */
export const DagPanel = ({
  children,
  ...graph
}: Omit<DagViewProps, 'find'> & { children?: ReactNode }) => {
  const t = useT();
  const [find, setFind] = useState('');
  const text = find.trim().toLowerCase();
  const found = graph.nodes.filter(({ name }) => name.toLowerCase().includes(text)).length;

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
      <Suspense fallback={<Waiting lines={8} />}>
        <DagView {...graph} find={find} />
      </Suspense>
    </SpaceBetween>
  );
};
