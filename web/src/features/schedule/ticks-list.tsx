import Box from '@cloudscape-design/components/box';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { TickRow } from '../../../../shared/contracts/api/schedule-routes.ts';
import { plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { TickStatus } from '../../../../shared/domain/schedule/tick-state.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { useT } from '../../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { FilterBar } from '../../ui/list/filter-bar.tsx';
import { ListTable } from '../../ui/list/list-table.tsx';
import { useCursorPages } from '../../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import { dayIn } from '../../ui/time/format.ts';
import { useNow, useProjectZone } from '../../ui/time/time-provider.tsx';
import { ticksQuery, type WorkflowPlace } from './schedule.queries.ts';
import { type TickOperation, useTickColumns } from './use-tick-columns.tsx';

/** The page reaches back so far (spec/README 4); the API refuses more. */
const reachDays = 7;

export type TickFilters = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly status?: string | undefined;
  readonly trigger?: string | undefined;
  readonly late?: string | undefined;
};

const idOf = ({ run }: TickRow) => run;

/** The ticks of one workflow: of today, or of the days that are chosen. */
export const TicksList = ({
  place,
  filters,
  onFilters,
  onOperate,
  actions,
  unscheduled,
}: {
  place: WorkflowPlace;
  filters: TickFilters;
  onFilters: (filters: TickFilters) => void;
  onOperate: (run: string, operation: TickOperation) => void;
  actions?: ReactNode;
  /** The next action where there is no schedule. */
  unscheduled: ReactNode;
}) => {
  const t = useT();
  const now = useNow();
  const zone = useProjectZone(place.project);
  const { pageSize } = usePreferences().preferences;
  const columns = useTickColumns(place.project, onOperate);
  const pages = useCursorPages(JSON.stringify([place, filters]));
  const list = useQuery(ticksQuery(place, { ...filters, limit: pageSize, cursor: pages.cursor }));
  const today = dayIn(zone, now());
  const { from, to, ...narrowing } = filters;
  const isNarrowed = Object.values(narrowing).some((value) => value !== undefined);
  const within = (day: string) => day >= plusDays(today, -reachDays) && day <= plusDays(today, 1);
  const dayOf = (date: Date) =>
    `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

  const day = (key: 'from' | 'to', value: string | undefined) => (
    <FormField label={t(`ticks.${key}`)}>
      <DatePicker
        value={value ?? today}
        placeholder="YYYY/MM/DD"
        isDateEnabled={(date) => within(dayOf(date))}
        onChange={({ detail }) =>
          onFilters({ ...filters, [key]: detail.value === today ? undefined : detail.value })
        }
      />
    </FormField>
  );

  return (
    <>
      {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      <ListTable
        name={t('ticks.of', { workflow: place.workflow })}
        title={t('ticks.of', { workflow: place.workflow })}
        variant="container"
        headingTag="h2"
        columns={columns}
        items={list.data?.items ?? []}
        idOf={idOf}
        loading={list.isPending}
        actions={actions}
        filter={
          <SpaceBetween size="s">
            <SpaceBetween direction="horizontal" size="s" alignItems="end">
              {day('from', from)}
              {day('to', to)}
              <Box color="text-body-secondary" padding={{ bottom: 'xs' }}>
                {t('ticks.range-hint', { zone, days: reachDays })}
              </Box>
            </SpaceBetween>
            <FilterBar
              placeholder={t('ticks.find')}
              values={narrowing}
              onChange={(next) => onFilters({ from, to, ...next })}
              properties={[
                {
                  key: 'status',
                  label: t('ticks.status'),
                  multiple: true,
                  options: TickStatus.options.map((value) => ({
                    value,
                    label: t(`tick.${value}`),
                  })),
                },
                {
                  key: 'trigger',
                  label: t('ticks.mode'),
                  multiple: true,
                  options: (['recurring', 'manual', 'backfill'] as const).map((value) => ({
                    value,
                    label: t(`family.${value}`),
                  })),
                },
                {
                  key: 'late',
                  label: t('ticks.is-late'),
                  options: [
                    { value: 'true', label: t('ticks.only-late') },
                    { value: 'false', label: t('ticks.only-in-time') },
                  ],
                },
              ]}
            />
          </SpaceBetween>
        }
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        empty={
          list.data &&
          (list.data.scheduled || isNarrowed ? (
            <EmptyList
              text={t('ticks.empty')}
              filtered={isNarrowed}
              {...(isNarrowed && { onClear: () => onFilters({ from, to }) })}
            />
          ) : (
            <EmptyList
              text={t('ticks.unscheduled')}
              action={
                <SpaceBetween size="s">
                  <Box>{t('ticks.unscheduled-hint')}</Box>
                  {unscheduled}
                </SpaceBetween>
              }
            />
          ))
        }
      />
    </>
  );
};
