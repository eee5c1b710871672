import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RunView } from '../../../../shared/contracts/api/run-view.ts';
import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { ListTable, type Selection } from '../../ui/list/list-table.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import type { Scope } from '../../ui/scope.ts';
import { useNow } from '../../ui/time/time-provider.tsx';
import type { May } from './retry-button.tsx';
import { runsQuery } from './runs.queries.ts';
import { useRunColumns } from './use-run-columns.tsx';

export type RunFilters = {
  readonly workflow?: string | undefined;
  readonly status?: string | undefined;
  readonly bizDate?: string | undefined;
  readonly trigger?: string | undefined;
  readonly failed?: string | undefined;
  readonly retryable?: string | undefined;
  readonly startedFrom?: string | undefined;
  readonly startedUntil?: string | undefined;
  readonly text?: string | undefined;
  /** Due from this instant on, up to that one. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};

const idOf = ({ run }: RunView) => run;

/** Runs, newest first: all of the scope, or those of one workflow. A day is generated ahead, so only due ones unless asked. */
export const RunsList = ({
  scope,
  filters,
  upcoming,
  may,
  onUpcoming,
  ofWorkflow = false,
  filter,
  onClear,
  selection,
  actions,
}: {
  scope: Scope;
  filters: RunFilters;
  upcoming: boolean;
  may: May;
  onUpcoming: (upcoming: boolean) => void;
  ofWorkflow?: boolean;
  filter?: ReactNode;
  onClear?: () => void;
  selection?: Selection<RunView>;
  /** Buttons for what is selected; they get the rows of the page. */
  actions?: (rows: readonly RunView[]) => ReactNode;
}) => {
  const t = useT();
  const now = useNow();
  const { pageSize } = usePreferences().preferences;
  const columns = useRunColumns(!ofWorkflow, may);
  const identity = JSON.stringify([scope, filters, upcoming]);
  const pages = useCursorPages(identity);
  const due = upcoming ? {} : { dueBy: () => isoOf(now()) };
  const queries = useQueryClient();
  const list = useQuery(
    runsQuery({ ...scope, ...filters, limit: pageSize, cursor: pages.cursor }, due),
  );

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('runs.title')}
        title={t(ofWorkflow ? 'workflow.tab.runs' : 'runs.title')}
        kept="runs"
        fetchPage={(cursor) =>
          queries.fetchQuery(runsQuery({ ...scope, ...filters, limit: 100, cursor }, due))
        }
        variant={ofWorkflow ? 'container' : 'full-page'}
        headingTag={ofWorkflow ? 'h2' : 'h1'}
        columns={columns}
        items={list.data?.items ?? []}
        idOf={idOf}
        loading={list.isPending}
        {...(selection && { selection })}
        actions={actions?.(list.data?.items ?? [])}
        filter={
          <SpaceBetween size="s">
            <SegmentedControl
              label={t('runs.which')}
              selectedId={upcoming ? 'all' : 'due'}
              options={[
                { id: 'due', text: t('runs.due-only') },
                { id: 'all', text: t('runs.with-upcoming') },
              ]}
              onChange={({ detail }) => onUpcoming(detail.selectedId === 'all')}
            />
            {filter}
          </SpaceBetween>
        }
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        empty={
          // What could not be read is not empty.
          !list.isError && (
            <EmptyList
              text={t('runs.empty')}
              filtered={onClear !== undefined}
              {...(onClear && { onClear })}
              action={t('runs.empty-hint')}
            />
          )
        }
      />
    </>
  );
};
