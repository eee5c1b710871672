import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { BackfillRow } from '../../../../shared/contracts/api/backfill-view.ts';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { RouteLink } from '../../ui/link.tsx';
import { At } from '../../ui/time/at.tsx';
import { BizDate } from '../../ui/time/biz-date.tsx';
import { Duration } from '../../ui/time/duration.tsx';
import { FlowStatusText } from './flow-status-text.tsx';

/** The columns of the list of backfills; `actions` draws the last one. */
export const useBackfillColumns = (
  actions: (row: BackfillRow) => ReactNode,
): readonly TableProps.ColumnDefinition<BackfillRow>[] => {
  const t = useT();

  return [
    {
      id: 'name',
      header: t('common.name'),
      isRowHeader: true,
      cell: (row) => (
        <RouteLink
          to="/backfills/$project/$backfill"
          params={{ project: row.project, backfill: row.id }}
        >
          {row.name}
        </RouteLink>
      ),
    },
    {
      id: 'dates',
      header: t('backfills.dates'),
      cell: ({ dates }) => {
        const sorted = dates.toSorted();
        const [first, last] = [sorted[0], sorted.at(-1)];
        if (!first || !last) return t('common.none');
        return (
          <>
            <BizDate day={first} />
            {last !== first && (
              <>
                {' – '}
                <BizDate day={last} />
              </>
            )}
            <Box variant="small" display="block">
              {t('backfills.date-count', { count: dates.length })}
            </Box>
          </>
        );
      },
    },
    {
      id: 'status',
      header: t('runs.status'),
      cell: (row) => (
        <SpaceBetween direction="horizontal" size="xxs">
          <FlowStatusText row={row} />
          {row.incomplete && <Badge>{t('backfills.incomplete')}</Badge>}
        </SpaceBetween>
      ),
    },
    {
      id: 'progress',
      header: t('runs.progress'),
      minWidth: 140,
      cell: ({ state, counts, instances }) => {
        if (state === 'pending') return t('common.none');
        const ended = (counts.SUCCESS ?? 0) + (counts.FAILED ?? 0);
        return (
          <ProgressBar
            value={instances === 0 ? 0 : (ended / instances) * 100}
            additionalInfo={t('runs.progress-text', { ended, total: instances })}
            ariaLabel={t('run.progress-label', { ended, total: instances })}
          />
        );
      },
    },
    {
      id: 'order',
      header: t('backfills.order'),
      cell: ({ groups, order }) =>
        `${t(`backfills.order.${order}`)} · ${t('backfills.group-count', { count: groups })}`,
    },
    { id: 'owner', header: t('backfills.submitter'), cell: ({ owner }) => owner },
    {
      id: 'at',
      header: t('backfills.at'),
      cell: (row) => (
        <At at={row.submittedAt ?? row.nextAt ?? row.createdAt} project={row.project} />
      ),
    },
    {
      id: 'duration',
      header: t('runs.duration'),
      cell: ({ startedAt, endedAt }) => <Duration from={startedAt ?? null} to={endedAt ?? null} />,
    },
    { id: 'project', header: t('common.project'), cell: ({ project }) => project },
    { id: 'actions', header: t('common.actions'), cell: actions },
  ];
};
