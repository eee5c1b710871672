import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { LedgerWorkflow } from '../../../../shared/contracts/api/schedule-routes.ts';
import type { TickStatus } from '../../../../shared/domain/schedule/tick-state.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { formatBizDate } from '../../ui/time/format.ts';
import { ledgerDayQuery, type ProjectPlace } from './ledger.queries.ts';

/** The ticks of one business date, workflow by workflow. */
export const LedgerDayTable = ({ place, bizDate }: { place: ProjectPlace; bizDate: string }) => {
  const t = useT();
  const language = useLanguage();
  const pages = useCursorPages(`${place.env} ${place.project} ${bizDate}`);
  const day = useQuery(ledgerDayQuery(place, bizDate, pages.cursor));
  const title = t('ledger.open', { date: formatBizDate(bizDate, language) });
  const runDate = day.data?.day.runDate;

  const count = (
    id: string,
    header: string,
    type: StatusIndicatorProps.Type,
    of: readonly TickStatus[],
  ): TableProps.ColumnDefinition<LedgerWorkflow> => ({
    id,
    header,
    cell: ({ statuses }) => {
      const sum = of.reduce((all, status) => all + (statuses[status] ?? 0), 0);
      return sum === 0 ? 0 : <StatusIndicator type={type}>{sum}</StatusIndicator>;
    },
  });

  return (
    <>
      {day.isError && <ProblemAlert error={day.error} onRetry={() => void day.refetch()} />}
      <ListTable<LedgerWorkflow>
        name={title}
        title={title}
        variant="container"
        headingTag="h2"
        items={day.data?.items ?? []}
        idOf={({ workflow }) => workflow}
        loading={day.isPending}
        pagination={<CursorPagination pages={pages} next={day.data?.cursor} />}
        empty={day.data && <EmptyList text={t('ledger.no-ticks')} />}
        columns={[
          {
            id: 'workflow',
            header: t('common.workflow'),
            isRowHeader: true,
            cell: ({ workflow }) => (
              <RouteLink
                to="/schedule/$project/$workflow"
                params={{ project: place.project, workflow }}
                search={{ from: runDate, to: runDate }}
              >
                {workflow}
              </RouteLink>
            ),
          },
          { id: 'expected', header: t('ledger.expected'), cell: ({ expected }) => expected },
          { id: 'created', header: t('ledger.created'), cell: ({ created }) => created },
          { id: 'finished', header: t('ledger.finished'), cell: ({ finished }) => finished },
          count('missed', t('ledger.missed'), 'error', ['MISSED']),
          {
            id: 'late',
            header: t('ledger.late'),
            cell: ({ late }) =>
              late === 0 ? 0 : <StatusIndicator type="warning">{late}</StatusIndicator>,
          },
          {
            id: 'skipped',
            header: t('ledger.skipped'),
            cell: ({ reasons }) => {
              const texts = Object.entries(reasons).map(
                ([reason, n]) => `${n} · ${t(`ledger.reason.${reason as keyof typeof reasons}`)}`,
              );
              return texts.length === 0 ? (
                0
              ) : (
                <StatusIndicator type="info">{texts.join(', ')}</StatusIndicator>
              );
            },
          },
          count('waiting', t('ledger.waiting'), 'pending', ['PLANNED', 'WAITING', 'LATE']),
          count('running', t('ledger.running'), 'in-progress', ['RUNNING']),
          count('succeeded', t('ledger.succeeded'), 'success', ['SUCCESS']),
          count('failed', t('ledger.failed'), 'error', ['FAILED', 'CANCELLED']),
        ]}
      />
    </>
  );
};
