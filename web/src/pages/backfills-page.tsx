import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { BackfillRow } from '../../../shared/contracts/api/backfill-view.ts';
import { FlowStatus } from '../../../shared/domain/backfill/flow-status.ts';
import { plusDays } from '../../../shared/domain/kernel/calendar-day.ts';
import { instantOfLocal } from '../../../shared/domain/schedule/instant-of-local.ts';
import { localDateAt } from '../../../shared/domain/schedule/local-date-at.ts';
import { meQuery, useMay } from '../features/access/access.queries.ts';
import { BackfillActions } from '../features/backfills/backfill-actions.tsx';
import { backfillsQuery } from '../features/backfills/backfills.queries.ts';
import { useBackfillColumns } from '../features/backfills/use-backfill-columns.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { useGo } from '../ui/link.tsx';
import { CursorPagination } from '../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar, type FilterValues } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useCursorPages } from '../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../ui/preferences/preferences.tsx';
import { useScope } from '../ui/scope.ts';
import { useNow, useShownZone } from '../ui/time/time-provider.tsx';
import type { BackfillsSearch } from './search/backfills-search.ts';

const route = getRouteApi('/in/backfills');
const idOf = ({ id }: BackfillRow) => id;
const sinces = ['today', 'yesterday', 'all'] as const;

/** Backfills that were submitted, and those that wait for their time. */
export const BackfillsPage = () => {
  const t = useT();
  const scope = useScope();
  const me = useQuery(meQuery()).data?.user;
  const may = useMay();
  const { go } = useGo();
  const navigate = route.useNavigate();
  const now = useNow();
  const zone = useShownZone();
  const { pageSize } = usePreferences().preferences;
  const { tab = 'submitted', since = 'all', status, owner, bizDate } = route.useSearch();
  const filters = { status, owner, bizDate };
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const pages = useCursorPages(JSON.stringify([scope, tab, since, filters]));
  const today = localDateAt(new Date(now()).toISOString(), zone);
  const midnight = (days: number) => instantOfLocal(`${plusDays(today, days)}T00:00`, zone);
  const range =
    since === 'today'
      ? { from: midnight(0) }
      : since === 'yesterday'
        ? { from: midnight(-1), to: midnight(0) }
        : {};
  const queries = useQueryClient();
  const asked = (limit: number, cursor: string | undefined) =>
    backfillsQuery({
      ...scope,
      ...filters,
      ...range,
      state: tab,
      limit,
      cursor,
    });
  const list = useQuery(asked(pageSize, pages.cursor));
  const columns = useBackfillColumns((row) => (
    <BackfillActions compact row={row} mayOperate={may('operator', row.project)} />
  ));
  const search = (change: Partial<BackfillsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const setFilters = ({ status, owner, bizDate }: FilterValues<keyof typeof filters>) =>
    search({ status, owner, bizDate });

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('backfills.title')}
        title={t('backfills.title')}
        kept="backfills"
        fetchPage={(cursor) => queries.fetchQuery(asked(100, cursor))}
        columns={columns}
        items={list.data?.items ?? []}
        idOf={idOf}
        loading={list.isPending}
        actions={
          <Button variant="primary" onClick={() => go({ to: '/backfills/new' })}>
            {t('backfills.new')}
          </Button>
        }
        filter={
          <SpaceBetween size="s">
            <SpaceBetween direction="horizontal" size="m" alignItems="center">
              <SegmentedControl
                label={t('backfills.which')}
                selectedId={tab}
                options={(['submitted', 'pending'] as const).map((id) => ({
                  id,
                  text: t(`backfills.tab.${id}`),
                }))}
                onChange={({ detail }) =>
                  search({ tab: detail.selectedId === 'pending' ? 'pending' : undefined })
                }
              />
              <SegmentedControl
                label={t('backfills.since')}
                selectedId={since}
                options={sinces.map((id) => ({ id, text: t(`backfills.since.${id}`) }))}
                onChange={({ detail }) =>
                  search({ since: sinces.find((each) => each === detail.selectedId) })
                }
              />
              <Toggle
                checked={owner !== undefined && owner === me}
                onChange={({ detail }) => search({ owner: detail.checked ? me : undefined })}
              >
                {t('backfills.mine')}
              </Toggle>
              <Toggle
                checked={status === 'FAILED'}
                onChange={({ detail }) => search({ status: detail.checked ? 'FAILED' : undefined })}
              >
                {t('backfills.failed')}
              </Toggle>
              <Toggle
                checked={status === 'NOT_RUN,RUNNING'}
                onChange={({ detail }) =>
                  search({ status: detail.checked ? 'NOT_RUN,RUNNING' : undefined })
                }
              >
                {t('backfills.unfinished')}
              </Toggle>
            </SpaceBetween>
            <FilterBar
              placeholder={t('backfills.find')}
              values={filters}
              onChange={setFilters}
              properties={[
                {
                  key: 'status',
                  label: t('runs.status'),
                  multiple: true,
                  options: FlowStatus.options.map((value) => ({
                    value,
                    label: t(`backfills.flow.${value}`),
                  })),
                },
                { key: 'owner', open: true, label: t('backfills.submitter') },
                { key: 'bizDate', label: `${t('runs.biz-date')} (YYYY-MM-DD)` },
              ]}
            />
          </SpaceBetween>
        }
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        empty={
          // What could not be read is not empty.
          !list.isError && (
            <EmptyList
              text={t(`backfills.empty.${tab}`)}
              filtered={filtered}
              onClear={() => setFilters({})}
              action={t('backfills.empty-hint')}
            />
          )
        }
      />
    </>
  );
};
