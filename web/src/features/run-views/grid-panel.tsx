import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { isEnded } from '../../../../shared/domain/instance/lifecycle.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { Waiting } from '../../ui/feedback/waiting.tsx';
import { Grid14, type GridColumn, type GridRow } from '../../ui/grid14/grid14.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { formatBizDate } from '../../ui/time/format.ts';
import { gridBlock, gridQuery, type WorkflowPlace } from './run-views.queries.ts';

/** The tasks of a workflow in its last 14 runs; what is not looked at is not read. */
export const GridPanel = ({ place }: { place: WorkflowPlace }) => {
  const t = useT();
  const language = useLanguage();
  const [view, setView] = useState({ first: 0, last: 0 });
  const blocks = [...new Set([0, blockOf(view.first), blockOf(view.last)])];
  const answers = useQueries({ queries: blocks.map((block) => gridQuery(place, block)) });
  const byBlock = new Map(blocks.map((block, n) => [block, answers[n]?.data]));
  const head = byBlock.get(0);
  const failed = answers.find(({ isError, data }) => isError && !data);
  if (failed) return <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!head) return <Waiting lines={10} />;
  if (head.runs.length === 0)
    return (
      <Box textAlign="center" padding="l">
        <EmptyList text={t('runview.grid-empty')} action={t('runs.empty-hint')} />
      </Box>
    );

  const dateOf = (bizDate: string) => formatBizDate(bizDate, language);
  const perDate = Map.groupBy(head.runs, ({ bizDate }) => bizDate);
  const columns: GridColumn[] = head.runs.map(({ run, status, bizDate, cycle }) => ({
    id: run,
    // Several runs of one date are told apart by their cycle.
    text: (perDate.get(bizDate)?.length ?? 0) > 1 ? `#${cycle}` : bizDate.slice(5),
    status,
    label: t('runview.grid-run', {
      ...{ date: dateOf(bizDate), cycle },
      status: t(`run-status.${status}`),
    }),
    target: { to: '/runs/$run', params: { run } },
  }));
  const rowAt = (index: number): GridRow | undefined => {
    const block = blockOf(index);
    const row = byBlock.get(block)?.tasks[index - block * gridBlock];
    if (!row) return undefined;
    return {
      id: row.task,
      name: row.task,
      squares: row.cells.map((cell, n) => {
        const run = head.runs[n];
        if (!cell || !run) return undefined;
        const { status, outcome, instance, count } = cell;
        const words = [
          t(`status.${status}`),
          outcome && outcome !== 'ran' && outcome !== 'failed' && t(`outcome.${outcome}`),
          count > 1 && `× ${count}`,
        ];
        return {
          status,
          label: t('runview.grid-cell', {
            ...{ task: row.task, date: dateOf(run.bizDate) },
            status: words.filter(Boolean).join(' · '),
          }),
          target: {
            to: '/instances/$instance',
            params: { instance },
            ...(isEnded({ status }) && { search: { tab: 'log' } }),
          },
        };
      }),
    };
  };

  return (
    <SpaceBetween size="s">
      <Header variant="h2" counter={`(${head.total})`} description={t('runview.grid-text')}>
        {t('runview.grid-title', { count: head.runs.length })}
      </Header>
      <Grid14
        name={t('runview.grid-title', { count: head.runs.length })}
        corner={t('common.task')}
        columns={columns}
        count={head.total}
        rowAt={rowAt}
        emptyLabel={({ name }, { id }) =>
          t('runview.grid-none', {
            task: name,
            date: dateOf(head.runs.find(({ run }) => run === id)?.bizDate ?? ''),
          })
        }
        onView={(first, last) => setView({ first, last })}
      />
    </SpaceBetween>
  );
};

const blockOf = (index: number): number => Math.floor(index / gridBlock);
