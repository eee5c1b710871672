import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { WorkflowNode } from '../../../../shared/contracts/api/schedule-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { RunStatusText } from '../../ui/status/run-status.tsx';
import { At } from '../../ui/time/at.tsx';

type Edge = {
  readonly from: string;
  readonly to: string;
  readonly kind: 'same-cycle' | 'cross-cycle';
};

/** Each neighbour with last status, next fire, owner and cycle. */
export const NeighboursTable = ({
  root,
  nodes,
  edges,
  noteOf,
}: {
  root: string;
  nodes: readonly WorkflowNode[];
  edges: readonly Edge[];
  noteOf: (node: WorkflowNode) => string;
}) => {
  const t = useT();
  const rows = nodes.filter(({ id }) => id !== root).toSorted((a, b) => a.level - b.level);
  const { shown, pagination } = useLocalPages(rows, 50);
  const kindsOf = (id: string) => [
    ...new Set(edges.filter(({ from, to }) => from === id || to === id).map(({ kind }) => kind)),
  ];

  return (
    <Table
      variant="container"
      header={
        <Header variant="h2" counter={`(${rows.length})`}>
          {t('runview.dependencies')}
        </Header>
      }
      ariaLabels={{ tableLabel: t('runview.dependencies') }}
      items={shown}
      trackBy="id"
      pagination={pagination}
      columnDefinitions={[
        {
          id: 'workflow',
          header: t('common.workflow'),
          isRowHeader: true,
          cell: ({ id, project, workflow, hidden, exists }) =>
            hidden || !exists ? (
              id
            ) : (
              <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
                {id}
              </RouteLink>
            ),
        },
        {
          id: 'relation',
          header: t('runview.relation'),
          cell: ({ level }) =>
            level < 0
              ? t('runview.level-up', { level: -level })
              : t('runview.level-down', { level }),
        },
        {
          id: 'edge',
          header: t('runview.edge'),
          cell: ({ id }) =>
            kindsOf(id)
              .map((kind) => t(`runview.edge.${kind}`))
              .join(', '),
        },
        {
          id: 'last',
          header: t('workflows.last-run'),
          cell: (node) => {
            if (node.hidden || !node.exists) return noteOf(node);
            return node.lastRun ? (
              <RouteLink to="/runs/$run" params={{ run: node.lastRun.run }}>
                <RunStatusText status={node.lastRun.status} />
              </RouteLink>
            ) : (
              t('workflows.never-ran')
            );
          },
        },
        {
          id: 'next',
          header: t('workflows.next'),
          cell: ({ nextFireAt, project }) => <At at={nextFireAt} project={project} />,
        },
        {
          id: 'cycle',
          header: t('runview.cycle'),
          cell: ({ cycle, hidden, exists }) =>
            hidden || !exists ? t('common.none') : t(`runview.cycle.${cycle}`),
        },
        { id: 'owner', header: t('common.owner'), cell: ({ owner }) => owner ?? t('common.none') },
      ]}
    />
  );
};
