import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { LedgerDay } from '../../../../shared/contracts/api/schedule-routes.ts';
import { isHole } from '../../../../shared/domain/schedule/ledger-state.ts';
import { SkipReason } from '../../../../shared/domain/schedule/tick-state.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { At } from '../../ui/time/at.tsx';
import { BizDate } from '../../ui/time/biz-date.tsx';
import { LedgerStateText } from './ledger-state-text.tsx';

/** One row for each business date: expected = created = finished, and the dates where that does not hold. */
export const LedgerTable = ({
  project,
  days,
  loading,
  filter,
  generateRefusal,
  onGenerate,
}: {
  project: string;
  days: readonly LedgerDay[];
  loading: boolean;
  filter: ReactNode;
  /** Why the person may not ask for a date. */
  generateRefusal: string | undefined;
  onGenerate: (bizDate: string) => void;
}) => {
  const t = useT();
  const columns: TableProps.ColumnDefinition<LedgerDay>[] = [
    {
      id: 'bizDate',
      header: t('runs.biz-date'),
      isRowHeader: true,
      cell: ({ bizDate }) => <BizDate day={bizDate} />,
    },
    {
      id: 'state',
      header: t('ledger.state'),
      cell: ({ state }) => <LedgerStateText state={state} />,
    },
    {
      id: 'expected',
      header: t('ledger.expected'),
      cell: ({ line }) => line?.expected ?? t('common.none'),
    },
    { id: 'created', header: t('ledger.created'), cell: ({ created }) => created },
    { id: 'finished', header: t('ledger.finished'), cell: ({ finished }) => finished },
    {
      id: 'failed',
      header: t('ledger.failed'),
      cell: ({ failed, bizDate }) =>
        failed === 0 ? (
          0
        ) : (
          <RouteLink to="/instances" search={{ project, bizDate, status: 'FAILED' }}>
            {failed}
          </RouteLink>
        ),
    },
    {
      id: 'skipped',
      header: t('ledger.skipped'),
      cell: ({ outcomes }) =>
        SkipReason.options.reduce((sum, reason) => sum + (outcomes[reason] ?? 0), 0),
    },
    { id: 'ticks', header: t('ledger.ticks'), cell: ({ line }) => <Ticks check={line?.ticks} /> },
    {
      id: 'actions',
      header: t('common.actions'),
      minWidth: 250,
      cell: ({ bizDate, state }) => (
        <SpaceBetween direction="horizontal" size="s">
          <RouteLink to="/ledger" search={{ project, bizDate }}>
            {t('ledger.show')}
          </RouteLink>
          {isHole(state) && (
            <Button
              variant="inline-link"
              disabled={generateRefusal !== undefined}
              disabledReason={generateRefusal}
              onClick={() => onGenerate(bizDate)}
            >
              {t('ledger.generate')}
            </Button>
          )}
        </SpaceBetween>
      ),
    },
    {
      id: 'cutoff',
      header: t('ledger.cutoff'),
      cell: ({ cutoffAt }) => <At at={cutoffAt} project={project} />,
    },
    {
      id: 'generated',
      header: t('ledger.generated'),
      cell: ({ line }) => <At at={line?.finishedAt} project={project} />,
    },
    {
      id: 'runDate',
      header: t('ledger.run-date'),
      cell: ({ runDate }) => <BizDate day={runDate} />,
    },
  ];

  return (
    <ListTable
      name={t('ledger.title')}
      title={t('ledger.title')}
      description={t('ledger.text')}
      columns={columns}
      items={days}
      idOf={({ bizDate }) => bizDate}
      loading={loading}
      filter={filter}
      empty={<EmptyList text={t('ledger.empty')} action={t('ledger.empty-hint')} />}
    />
  );
};

/** What the sentinel found, once it has looked. */
const Ticks = ({ check }: { check: NonNullable<LedgerDay['line']>['ticks'] }) => {
  const t = useT();
  if (!check) return t('ledger.ticks-unchecked');
  const { expected: count, missed } = check;
  return missed === 0 ? (
    <StatusIndicator type="success">{t('ledger.ticks-whole', { count })}</StatusIndicator>
  ) : (
    <StatusIndicator type="error">{t('ledger.ticks-missed', { missed, count })}</StatusIndicator>
  );
};
