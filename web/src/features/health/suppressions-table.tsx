import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { useSay } from '../../ui/feedback/notices.tsx';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { At } from '../../ui/time/at.tsx';
import { suppressionsQuery, useLiftSuppression } from './health.queries.ts';

/** Addresses that bounced or complained: not written to until an administrator lifts them. */
export const SuppressionsTable = () => {
  const t = useT();
  const say = useSay();
  const pages = useCursorPages('suppressions');
  const list = useQuery(suppressionsQuery(pages.cursor));
  const lift = useLiftSuppression();
  if (list.isError) return <ProblemAlert error={list.error} />;

  return (
    <ListTable
      variant="container"
      headingTag="h2"
      name={t('health.suppressions')}
      title={t('health.suppressions')}
      items={list.data?.items ?? []}
      idOf={({ address }) => address}
      loading={list.isPending}
      pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
      empty={t('health.suppressions-empty')}
      columns={[
        {
          id: 'address',
          header: t('pushes.to'),
          isRowHeader: true,
          cell: ({ address }) => <span className="cell-text">{address}</span>,
        },
        {
          id: 'reason',
          header: t('pushes.reason'),
          cell: ({ reason, detail }) => (
            <span className="cell-text">
              {t(`health.suppressed.${reason}`)} {detail}
            </span>
          ),
        },
        { id: 'at', header: t('notices.at'), cell: ({ at }) => <At at={at} /> },
        {
          id: 'actions',
          header: t('common.actions'),
          cell: ({ address }) => (
            <Button
              variant="inline-link"
              ariaLabel={`${t('health.lift')}: ${address}`}
              loading={lift.isPending && lift.variables === address}
              onClick={() =>
                lift.mutate(address, {
                  onSuccess: () =>
                    say({ type: 'success', content: t('health.lifted', { address }) }),
                  onError: ({ message }) => say({ type: 'error', content: message }),
                })
              }
            >
              {t('health.lift')}
            </Button>
          ),
        },
      ]}
    />
  );
};
