import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { At } from '../../ui/time/at.tsx';
import { membersQuery } from './incidents.queries.ts';

/** The instances that failed as part of an incident. */
export const MembersTable = ({ incident, count }: { incident: string; count: number }) => {
  const t = useT();
  const pages = useCursorPages(incident);
  const members = useQuery(membersQuery(incident, pages.cursor));

  if (members.isError) return <ProblemAlert error={members.error} />;
  return (
    <ListTable
      variant="container"
      headingTag="h2"
      name={t('incidents.members')}
      title={t('incidents.members')}
      count={String(count)}
      items={members.data?.items ?? []}
      idOf={({ instance }) => instance}
      loading={members.isPending}
      pagination={<CursorPagination pages={pages} next={members.data?.cursor} />}
      empty={t('incidents.empty')}
      columns={[
        {
          id: 'instance',
          header: t('alerts.object'),
          isRowHeader: true,
          cell: ({ instance, workflow, task }) => (
            <RouteLink to="/instances/$instance" params={{ instance }}>
              {[workflow, task].filter(Boolean).join('/') || instance}
            </RouteLink>
          ),
        },
        { id: 'at', header: t('incidents.last'), cell: ({ failedAt }) => <At at={failedAt} /> },
        {
          id: 'error',
          header: t('notices.why'),
          cell: ({ error }) => <span className="cell-text">{error ?? '–'}</span>,
        },
        {
          id: 'status',
          header: t('incidents.status'),
          cell: ({ recoveredAt }) =>
            recoveredAt ? (
              <StatusIndicator type="success">
                {t('incidents.member-done')} <At at={recoveredAt} />
              </StatusIndicator>
            ) : (
              <StatusIndicator type="error">{t('incidents.member-open')}</StatusIndicator>
            ),
        },
      ]}
    />
  );
};
