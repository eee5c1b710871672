import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { WorkflowRow } from '../../../shared/contracts/api/workflow-routes.ts';
import { RunStatus } from '../../../shared/domain/run/run.schema.ts';
import { useMay } from '../features/access/access.queries.ts';
import type { WorkflowAction } from '../features/workflows/batch-refusal.ts';
import { useWorkflowColumns } from '../features/workflows/use-workflow-columns.tsx';
import { WorkflowActions } from '../features/workflows/workflow-actions.tsx';
import { WorkflowDialog } from '../features/workflows/workflow-dialog.tsx';
import { workflowsQuery } from '../features/workflows/workflows.queries.ts';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar, type FilterValues } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useCursorPages } from '../ui/list/use-cursor-pages.ts';
import { useSelection } from '../ui/list/use-selection.ts';
import { usePreferences } from '../ui/preferences/preferences.tsx';
import { useScope } from '../ui/scope.ts';
import { WorkflowsSearch } from './search/workflows-search.ts';

const route = getRouteApi('/in/workflows');
const idOf = ({ id }: WorkflowRow) => id;

/** The list of workflows: what is online, when it runs next, how it went; start, stop and timing of many at once. */
export const WorkflowsPage = () => {
  const t = useT();
  const scope = useScope();
  const navigate = route.useNavigate();
  const { env: _env, project: _project, ...filters } = route.useSearch();
  const { pageSize } = usePreferences().preferences;
  const columns = useWorkflowColumns();
  const may = useMay();
  const selection = useSelection(idOf);
  const [action, setAction] = useState<WorkflowAction>();
  const pages = useCursorPages(JSON.stringify([scope, filters]));
  const list = useQuery(
    workflowsQuery({ ...scope, ...filters, limit: pageSize, cursor: pages.cursor }),
  );
  const items = list.data?.items ?? [];
  const filtered = Object.values(filters).some((value) => value !== undefined);

  const setFilters = (next: FilterValues<keyof WorkflowsSearch>) =>
    void navigate({
      search: ({ env, project }) => ({ env, project, ...WorkflowsSearch.parse(next) }),
      replace: true,
    });

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('workflows.title')}
        title={t('workflows.title')}
        columns={columns}
        items={items}
        idOf={idOf}
        loading={list.isPending}
        selection={selection}
        actions={<WorkflowActions count={selection.ids.size} onAction={setAction} />}
        filter={
          <FilterBar
            placeholder={t('workflows.find')}
            textKey="text"
            values={filters}
            onChange={setFilters}
            properties={[
              {
                key: 'owner',
                open: true,
                label: t('common.owner'),
                options: valuesOf(items, ({ owner }) => owner),
              },
              {
                key: 'tag',
                open: true,
                label: t('common.tags'),
                options: valuesOf(items, ({ tags }) => tags),
              },
              {
                key: 'online',
                label: t('workflows.online-state'),
                options: (['ONLINE', 'OFFLINE'] as const).map((value) => ({
                  value,
                  label: t(`online.${value}`),
                })),
              },
              {
                key: 'timing',
                label: t('workflows.timing-state'),
                options: (['ON', 'OFF'] as const).map((value) => ({
                  value,
                  label: t(`timing.${value}`),
                })),
              },
              {
                key: 'publish',
                label: t('workflows.publish-state'),
                options: (['DRAFT', 'PUBLISHED', 'MODIFIED'] as const).map((value) => ({
                  value,
                  label: t(`publish.${value}`),
                })),
              },
              {
                key: 'lastRun',
                label: t('workflows.last-run'),
                multiple: true,
                options: RunStatus.options.map((value) => ({
                  value,
                  label: t(`run-status.${value}`),
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
              text={t('workflows.empty')}
              filtered={filtered}
              onClear={() => setFilters({})}
              action={<code>{t('workflows.empty-hint')}</code>}
            />
          )
        }
      />
      {action && (
        <WorkflowDialog
          action={action}
          rows={items.filter((row) => selection.ids.has(row.id))}
          env={scope.env}
          may={may}
          onClose={(changed) => {
            setAction(undefined);
            if (changed) selection.clear();
          }}
        />
      )}
    </>
  );
};

/** Values seen on this page, offered for filtering; others can be typed. */
const valuesOf = (
  rows: readonly WorkflowRow[],
  read: (row: WorkflowRow) => string | readonly string[] | undefined,
) =>
  [...new Set(rows.flatMap((row) => read(row) ?? []))]
    .toSorted()
    .map((value) => ({ value, label: value }));
