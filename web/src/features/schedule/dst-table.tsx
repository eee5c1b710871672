import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { ScheduledWorkflow } from '../../../../shared/contracts/api/schedule-routes.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { useLocalPages } from '../../ui/list/use-local-pages.tsx';
import { At } from '../../ui/time/at.tsx';

const indicator = {
  shifted: 'warning',
  skipped: 'error',
  doubled: 'warning',
  once: 'info',
} as const;

/** What a change of clocks does to the schedules shown; nothing when it does nothing. */
export const DstTable = ({ items }: { items: readonly ScheduledWorkflow[] }) => {
  const t = useT();
  const marks = items.flatMap(({ project, workflow, marks: own }) =>
    own.map((mark) => ({ project, workflow, ...mark })),
  );
  const { shown, pagination } = useLocalPages(marks, 20);
  if (marks.length === 0) return null;

  return (
    <Table
      variant="container"
      header={
        <Header variant="h2" counter={`(${marks.length})`}>
          {t('dst.title')}
        </Header>
      }
      ariaLabels={{ tableLabel: t('dst.title') }}
      items={shown}
      trackBy={({ project, workflow, local, kind }) => `${project}/${workflow} ${local} ${kind}`}
      pagination={pagination}
      columnDefinitions={[
        {
          id: 'workflow',
          header: t('common.workflow'),
          isRowHeader: true,
          cell: ({ project, workflow }) => (
            <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
              {workflow}
            </RouteLink>
          ),
        },
        { id: 'project', header: t('common.project'), cell: ({ project }) => project },
        { id: 'local', header: t('dst.local'), cell: ({ local }) => local.replace('T', ' ') },
        {
          id: 'kind',
          header: t('dst.what'),
          cell: ({ kind }) => (
            <StatusIndicator type={indicator[kind]}>{t(`dst.${kind}`)}</StatusIndicator>
          ),
        },
        {
          id: 'at',
          header: t('dst.at'),
          cell: ({ at, project }) => <At at={at} project={project} form="full" />,
        },
      ]}
    />
  );
};
