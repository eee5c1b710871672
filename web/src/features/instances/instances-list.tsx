import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { Status } from '../../../../shared/domain/instance/instance.schema.ts';
import { Priority } from '../../../../shared/domain/workflow/priority.schema.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { FilterBar } from '../../ui/list/filter-bar.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { DayBar } from './day-bar.tsx';
import type { Day, InstanceFilters } from './instance-filters.ts';
import { countersQuery, instancesQuery } from './instances.queries.ts';
import { InstancesTable } from './instances-table.tsx';
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
  onDay: (change: Partial<Pick<Day, 'project' | 'bizDate'>>) => void;
  onFilters: (filters: InstanceFilters) => void;
}) => {
  const t = useT();
  const { pageSize } = usePreferences().preferences;
  const pages = useCursorPages(JSON.stringify([day, filters]));
  const list = useQuery(
    instancesQuery({
      ...day,
      ...filters,
      family,
      paused: filters.paused,
      order: filters.order === 'desc' ? 'desc' : 'asc',
      limit: pageSize,
      cursor: pages.cursor,
    }),
  );
  const counters = useQuery(countersQuery({ ...day, family }));
  const { order: _order, ...narrowing } = filters;
  const filtered = Object.values(narrowing).some((value) => value !== undefined);

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <InstancesTable
        title={title}
        items={list.data?.items ?? []}
        loading={list.isPending}
        mayOperate={mayOperate}
        filter={
          <SpaceBetween size="s">
            <DayBar day={day} projects={projects} onDay={onDay}>
              <QuickFilters me={me} filters={filters} onFilters={onFilters} />
            </DayBar>
            {counters.data && counters.data.total > 0 && (
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
              onChange={(next) => onFilters({ ...next, order: filters.order })}
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
                  key: 'paused',
                  label: t('instances.paused'),
                  options: [
                    { value: 'true', label: t('common.yes') },
                    { value: 'false', label: t('common.no') },
                  ],
                },
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
