import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outcome, Status } from '../../../../shared/domain/instance/instance.schema.ts';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { TaskKind } from '../../../../shared/domain/workflow/task.schema.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { FilterBar } from '../../ui/list/filter-bar.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { DayBar } from './day-bar.tsx';
import { type Day, type InstanceFilters, spanOf } from './instance-filters.ts';
import { countersQuery, instancesQuery } from './instances.queries.ts';
import { type ConfirmAll, InstancesTable } from './instances-table.tsx';
import { QuickFilters } from './quick-filters.tsx';
import { StatusCounts } from './status-counts.tsx';

/** Instances of a day: counts, filters, operations, pages. */
export const InstancesList = ({
  title,
  emptyText,
  family,
  day,
  projects,
  filters,
  me,
  mayOperate,
  confirmAll,
  onDay,
  onFilters,
}: {
  title: string;
  emptyText: string;
  family: 'recurring' | 'manual';
  day: Day;
  projects: readonly string[];
  filters: InstanceFilters;
  me: string;
  mayOperate: (project: string) => boolean;
  confirmAll?: ConfirmAll | undefined;
  onDay: (change: Partial<Pick<Day, 'project' | 'bizDate'>>) => void;
  onFilters: (filters: InstanceFilters) => void;
}) => {
  const t = useT();
  const { pageSize } = usePreferences().preferences;
  const yesNo = [
    { value: 'true', label: t('common.yes') },
    { value: 'false', label: t('common.no') },
  ];
  const pages = useCursorPages(JSON.stringify([day, filters]));
  const { order, days, ...shownFilters } = filters;
  const span = spanOf(days);
  const descending = order === 'desc';
  const queries = useQueryClient();
  const asked = (limit: number, cursor: string | undefined) =>
    instancesQuery({
      ...day,
      ...shownFilters,
      family,
      ...(span > 1 && { bizDate: plusDays(day.bizDate, 1 - span), to: day.bizDate }),
      order: descending ? 'desc' : 'asc',
      limit,
      cursor,
    });
  const list = useQuery(asked(pageSize, pages.cursor));
  const counters = useQuery({ ...countersQuery({ ...day, family }), enabled: span === 1 });
  const filtered = Object.values(shownFilters).some((value) => value !== undefined);
  const more = list.data?.cursor !== undefined || pages.page > 1;

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <InstancesTable
        title={title}
        items={list.data?.items ?? []}
        loading={list.isPending}
        kept={`instances-${family}`}
        fetchPage={(cursor) => queries.fetchQuery(asked(100, cursor))}
        mayOperate={mayOperate}
        sorting={{
          column: 'due',
          descending,
          onSort: (down) => onFilters({ ...filters, order: down ? 'desc' : undefined }),
        }}
        confirmAll={more ? confirmAll : undefined}
        filter={
          <SpaceBetween size="s">
            <DayBar
              day={day}
              span={span}
              projects={projects}
              onDay={onDay}
              onSpan={(next) =>
                onFilters({ ...filters, days: next === 1 ? undefined : String(next) })
              }
            >
              <QuickFilters me={me} filters={filters} onFilters={onFilters} />
            </DayBar>
            {span === 1 && counters.data && counters.data.total > 0 && (
              <StatusCounts
                counts={counters.data.statuses}
                total={counters.data.total}
                onPick={(status) => onFilters({ ...filters, status })}
              />
            )}
            <FilterBar
              placeholder={t('instances.find')}
              textKey="task"
              values={filters}
              onChange={(next) => onFilters({ ...next, order, days })}
              properties={[
                {
                  key: 'status',
                  label: t('instances.status'),
                  multiple: true,
                  options: Status.options.map((value) => ({ value, label: t(`status.${value}`) })),
                },
                { key: 'workflow', label: t('common.workflow') },
                { key: 'owner', label: t('common.owner') },
                {
                  key: 'priority',
                  label: t('common.priority'),
                  multiple: true,
                  options: Priority.options.map((value) => ({
                    value,
                    label: t(`priority.${value}`),
                  })),
                },
                { key: 'resourceGroup', label: t('instances.resource-group') },
                {
                  key: 'kind',
                  label: t('instances.kind'),
                  multiple: true,
                  options: TaskKind.options.map((value) => ({ value, label: value })),
                },
                {
                  key: 'outcome',
                  label: t('instances.outcome'),
                  multiple: true,
                  options: Outcome.options.map((value) => ({
                    value,
                    label: t(`outcome.${value}`),
                  })),
                },
                { key: 'paused', label: t('instances.paused'), options: yesNo },
                { key: 'held', label: t('instances.held'), options: yesNo },
                { key: 'asked', label: t('instances.asked'), options: yesNo },
              ]}
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
              text={t(family === 'manual' ? 'instances.manual-empty' : 'instances.empty')}
              filtered={filtered}
              onClear={() => onFilters({})}
              action={emptyText}
            />
          )
        }
      />
    </>
  );
};
