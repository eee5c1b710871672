import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackfillView } from '../../../../shared/contracts/api/backfill-view.ts';
import type { RunStatus } from '../../../../shared/domain/run/run.schema.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { Waiting } from '../../ui/feedback/waiting.tsx';
import { Grid14, type GridColumn, type GridRow, type GridSquare } from '../../ui/grid14/grid14.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { formatBizDate } from '../../ui/time/format.ts';
import { matrixQuery } from './backfills.queries.ts';

const datesShown = 14;

const runStatusOf: Readonly<Record<BackfillView['days'][number]['status'], RunStatus>> = {
  INIT: 'WAITING',
  CREATED: 'WAITING',
  READY: 'WAITING',
  CREATE_FAILED: 'FAILED',
  RUNNING: 'RUNNING',
  KILLED: 'CANCELLED',
  FAILED: 'FAILED',
  SUCCESS: 'SUCCESS',
};

/** Tasks against dates in the order in which they run; a mark leads to its instance. */
export const BackfillMatrix = ({ view }: { view: BackfillView }) => {
  const t = useT();
  const language = useLanguage();
  const [from, setFrom] = useState(0);
  const place = { project: view.project, backfill: view.id };
  const pages = useCursorPages(JSON.stringify(place));
  const matrix = useQuery(matrixQuery(place, from, pages.cursor));
  if (matrix.isError && !matrix.data)
    return <ProblemAlert error={matrix.error} onRetry={() => void matrix.refetch()} />;
  if (!matrix.data) return <Waiting lines={8} />;
  const { dates, items, totalDates, totalTasks, cursor } = matrix.data;
  if (totalTasks === 0) return <EmptyList text={t('backfills.matrix-empty')} />;

  const dateOf = (bizDate: string) => formatBizDate(bizDate, language);
  const dayOf = (bizDate: string) => view.days.find((day) => day.bizDate === bizDate);
  const columns: GridColumn[] = dates.map(({ bizDate, group }) => {
    const day = dayOf(bizDate);
    const run = day?.runs[0];
    return {
      id: bizDate,
      text: bizDate.slice(5),
      status: runStatusOf[day?.status ?? 'INIT'],
      label: t('backfills.matrix-date', {
        date: dateOf(bizDate),
        group: group + 1,
        status: t(`backfills.day.${day?.status ?? 'INIT'}`),
      }),
      target: run
        ? { to: '/runs/$run', params: { run } }
        : { to: '/backfills/$project/$backfill', params: place },
    };
  });
  const rowAt = (index: number): GridRow | undefined => {
    const row = items[index];
    if (!row) return undefined;
    return {
      id: row.task,
      name: row.how === 'dry-run' ? `${row.task} · ${t('backfills.dry-run')}` : row.task,
      squares: row.cells.map((cell, n): GridSquare | undefined => {
        const date = dates[n]?.bizDate ?? '';
        const run = dayOf(date)?.runs[0];
        if (!cell?.status) return undefined;
        return {
          status: cell.status,
          label: t('runview.grid-cell', {
            ...{ task: row.task, date: dateOf(date) },
            status: [
              t(`status.${cell.status}`),
              cell.paused && t('status.paused'),
              cell.instances > 1 && `× ${cell.instances}`,
            ]
              .filter(Boolean)
              .join(' · '),
          }),
          target: cell.id
            ? { to: '/instances/$instance', params: { instance: cell.id } }
            : run
              ? { to: '/runs/$run', params: { run } }
              : { to: '/backfills/$project/$backfill', params: place },
        };
      }),
    };
  };

  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Button
          iconName="angle-left"
          ariaLabel={t('backfills.earlier')}
          disabled={from === 0}
          onClick={() => setFrom(Math.max(0, from - datesShown))}
        />
        <Box>
          {t('backfills.dates-shown', {
            from: Math.min(from + 1, totalDates),
            to: Math.min(from + datesShown, totalDates),
            total: totalDates,
          })}
        </Box>
        <Button
          iconName="angle-right"
          ariaLabel={t('backfills.later')}
          disabled={from + datesShown >= totalDates}
          onClick={() => setFrom(from + datesShown)}
        />
        <CursorPagination pages={pages} next={cursor} />
      </SpaceBetween>
      <Grid14
        name={t('backfills.matrix')}
        corner={t('common.task')}
        columns={columns}
        count={items.length}
        rowAt={rowAt}
        emptyLabel={({ name }, { text }) => t('backfills.matrix-none', { task: name, date: text })}
        onView={() => {}}
      />
    </SpaceBetween>
  );
};
