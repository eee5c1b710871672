import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TaskListRow } from '../../../../shared/contracts/api/task-view.ts';
import type { Project } from '../../../../shared/domain/project/project.schema.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { FilterBar } from '../../ui/list/filter-bar.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { useSelection } from '../../ui/list/use-selection.ts';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import type { Scope } from '../../ui/scope.ts';
import { TaskActions } from './task-actions.tsx';
import type { TaskFilters } from './task-filters.ts';
import { TaskOperation } from './task-operation.tsx';
import { TaskQuickFilters } from './task-quick-filters.tsx';
import type { TaskAction } from './task-refusal.ts';
import { tasksQuery } from './tasks.queries.ts';
import { useTaskColumns } from './use-task-columns.tsx';
import { useTaskProperties } from './use-task-properties.ts';
import type { May } from './use-task-refusal.ts';

const idOf = ({ id }: TaskListRow) => id;

/** Tasks of one trigger over all projects: filters, pages, operations on many at once. */
export const TasksList = ({
  trigger,
  scope,
  projects,
  filters,
  me,
  may,
  onFilters,
}: {
  trigger: 'recurring' | 'manual';
  scope: Scope;
  projects: readonly Project[];
  filters: TaskFilters;
  me: string;
  may: May;
  onFilters: (filters: TaskFilters) => void;
}) => {
  const t = useT();
  const manual = trigger === 'manual';
  const { pageSize } = usePreferences().preferences;
  const columns = useTaskColumns(trigger);
  const selection = useSelection(idOf);
  const [action, setAction] = useState<TaskAction>();
  const pages = useCursorPages(JSON.stringify([trigger, scope, filters]));
  // A workflow is named within a project; without one the filter has nothing to hold on to.
  const { workflow, ...others } = filters;
  const query = { ...others, ...(scope.project && { workflow }) };
  const queries = useQueryClient();
  const list = useQuery(
    tasksQuery({ ...scope, ...query, trigger, limit: pageSize, cursor: pages.cursor }),
  );
  const items = list.data?.items ?? [];
  const properties = useTaskProperties(items, { manual, inProject: scope.project !== undefined });
  const rows = items.filter((row) => selection.ids.has(row.id));
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const title = t(manual ? 'tasks.manual-title' : 'tasks.auto-title');

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={title}
        title={title}
        kept={`tasks-${trigger}`}
        fetchPage={(cursor) =>
          queries.fetchQuery(tasksQuery({ ...scope, ...query, trigger, limit: 100, cursor }))
        }
        columns={columns}
        items={items}
        idOf={idOf}
        loading={list.isPending}
        selection={selection}
        actions={
          <TaskActions
            rows={rows}
            start={manual ? 'run' : 'test-run'}
            may={may}
            onAction={setAction}
          />
        }
        filter={
          <SpaceBetween size="s">
            <TaskQuickFilters
              me={me}
              filters={filters}
              onFilters={(quick) =>
                onFilters({
                  ...filters,
                  ...{ owner: undefined, paused: undefined, dryRun: undefined },
                  ...quick,
                })
              }
            />
            <FilterBar
              placeholder={t('tasks.find')}
              textKey="text"
              values={filters}
              onChange={(next) => onFilters(next as TaskFilters)}
              properties={properties}
            />
            {list.data?.searchedTo && (
              <Box color="text-body-secondary">
                {t('common.searched-to', { to: list.data.searchedTo })}
              </Box>
            )}
          </SpaceBetween>
        }
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        empty={
          // What could not be read is not empty.
          !list.isError && (
            <EmptyList
              text={t(manual ? 'tasks.manual-empty' : 'tasks.empty')}
              filtered={filtered}
              onClear={() => onFilters({})}
              action={<code>{t(manual ? 'tasks.manual-empty-hint' : 'tasks.empty-hint')}</code>}
            />
          )
        }
      />
      {action && (
        <TaskOperation
          action={action}
          rows={rows}
          env={scope.env}
          projects={projects}
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
