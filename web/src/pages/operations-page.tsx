import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { OperationRow } from '../../../shared/contracts/api/operation-routes.ts';
import { BulkOp, OperationStatus } from '../../../shared/domain/bulk/operation.schema.ts';
import { operationsQuery } from '../features/operations/operations.queries.ts';
import { useOperationColumns } from '../features/operations/use-operation-columns.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar, type FilterValues } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useCursorPages } from '../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../ui/preferences/preferences.tsx';
import { OperationsSearch } from './search/operations-search.ts';

const route = getRouteApi('/in/operations');
const idOf = ({ id }: OperationRow) => id;

/** What was done to many instances at once, the newest first. */
export const OperationsPage = () => {
  const t = useT();
  const navigate = route.useNavigate();
  const { env: _env, project: _project, ...filters } = route.useSearch();
  const { pageSize } = usePreferences().preferences;
  const pages = useCursorPages(JSON.stringify(filters));
  const queries = useQueryClient();
  const list = useQuery(operationsQuery({ ...filters, limit: pageSize, cursor: pages.cursor }));
  const columns = useOperationColumns();
  const items = list.data?.items ?? [];
  const filtered = Object.values(filters).some((value) => value !== undefined);

  const setFilters = (next: FilterValues<keyof OperationsSearch>) =>
    void navigate({
      search: ({ env, project }) => ({ env, project, ...OperationsSearch.parse(next) }),
      replace: true,
    });

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('operations.title')}
        title={t('operations.title')}
        kept="operations"
        fetchPage={(cursor) =>
          queries.fetchQuery(operationsQuery({ ...filters, limit: 100, cursor }))
        }
        description={t('operations.about')}
        columns={columns}
        items={items}
        idOf={idOf}
        loading={list.isPending}
        filter={
          <FilterBar
            placeholder={t('operations.find')}
            values={filters}
            onChange={setFilters}
            properties={[
              {
                key: 'status',
                label: t('operations.state'),
                multiple: true,
                options: OperationStatus.options.map((value) => ({
                  value,
                  label: t(`operations.state.${value}`),
                })),
              },
              {
                key: 'op',
                label: t('operations.kind'),
                multiple: true,
                options: BulkOp.options.map((value) => ({
                  value,
                  label: t(`operations.op.${value}`),
                })),
              },
              {
                key: 'actor',
                open: true,
                label: t('operations.actor'),
                options: [...new Set(items.map(({ actor }) => actor))].map((value) => ({
                  value,
                  label: value,
                })),
              },
            ]}
          />
        }
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        empty={
          // What could not be read is not empty.
          !list.isError && (
            <EmptyList
              text={t('operations.empty')}
              filtered={filtered}
              onClear={() => setFilters({})}
              action={t('operations.empty-hint')}
            />
          )
        }
      />
    </>
  );
};
