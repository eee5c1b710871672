import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RunView } from '../../../../shared/contracts/api/run-view.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import type { Scope } from '../../ui/scope.ts';
import { runsQuery } from './runs.queries.ts';
import { useRunColumns } from './use-run-columns.tsx';

export type RunFilters = {
  readonly workflow?: string | undefined;
  readonly status?: string | undefined;
  readonly bizDate?: string | undefined;
};

const idOf = ({ run }: RunView) => run;

/** Runs, newest first: all of the scope, or those of one workflow. */
export const RunsList = ({
  scope,
  filters,
  ofWorkflow = false,
  filter,
  onClear,
}: {
  scope: Scope;
  filters: RunFilters;
  ofWorkflow?: boolean;
  filter?: ReactNode;
  onClear?: () => void;
}) => {
  const t = useT();
  const { pageSize } = usePreferences().preferences;
  const columns = useRunColumns(!ofWorkflow);
  const pages = useCursorPages(JSON.stringify([scope, filters]));
  const list = useQuery(runsQuery({ ...scope, ...filters, limit: pageSize, cursor: pages.cursor }));

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('runs.title')}
        title={t(ofWorkflow ? 'workflow.tab.runs' : 'runs.title')}
        variant={ofWorkflow ? 'container' : 'full-page'}
        headingTag={ofWorkflow ? 'h2' : 'h1'}
        columns={columns}
        items={list.data?.items ?? []}
        idOf={idOf}
        loading={list.isPending}
        filter={filter}
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        empty={
          <EmptyList
            text={t('runs.empty')}
            filtered={onClear !== undefined}
            {...(onClear && { onClear })}
            action={t('runs.empty-hint')}
          />
        }
      />
    </>
  );
};
