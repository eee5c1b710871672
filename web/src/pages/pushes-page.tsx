import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChannelKind } from '../../../shared/domain/notice/channel.schema.ts';
import { DeliveryStatus } from '../../../shared/domain/notice/notice.schema.ts';
import { OccurrenceKind } from '../../../shared/domain/notice/occurrence.schema.ts';
import { deliveriesQuery } from '../features/notify/sent.queries.ts';
import { useDeliveryColumns } from '../features/notify/use-delivery-columns.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar, type FilterValues } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useCursorPages } from '../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../ui/preferences/preferences.tsx';
import { useScope } from '../ui/scope.ts';
import { useNow } from '../ui/time/time-provider.tsx';
import { DaysChoice, daysAgo } from './parts/days-choice.tsx';
import { InProject } from './parts/in-project.tsx';
import { PushesSearch } from './search/notify-search.ts';

const route = getRouteApi('/in/alerts/pushes');

/** Push records: each message to each receiver by each channel, with what became of it (N80). */
export const PushesPage = () => (
  <InProject>{(project) => <Pushes key={project} project={project} />}</InProject>
);

const Pushes = ({ project }: { project: string }) => {
  const t = useT();
  const now = useNow();
  const { env } = useScope();
  const navigate = route.useNavigate();
  const { env: _env, project: _project, days = '7', ...filters } = route.useSearch();
  const { pageSize } = usePreferences().preferences;
  const pages = useCursorPages(JSON.stringify([project, env, days, filters]));
  const filter = { env, ...filters, limit: pageSize, cursor: pages.cursor };
  const list = useQuery(deliveriesQuery(project, filter, () => daysAgo(days, now())));
  const columns = useDeliveryColumns();
  const setFilters = (next: FilterValues<keyof PushesSearch>) =>
    void navigate({
      search: ({ env: chosen, project: name }) => ({
        ...{ env: chosen, project: name, days },
        ...PushesSearch.parse(next),
      }),
      replace: true,
    });

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('pushes.title')}
        title={t('pushes.title')}
        description={
          list.data?.searchedTo
            ? t('common.searched-to', { to: list.data.searchedTo })
            : t('pushes.about')
        }
        columns={columns}
        items={list.data?.items ?? []}
        idOf={({ id }) => id}
        loading={list.isPending}
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        filter={
          <SpaceBetween size="s">
            <DaysChoice
              days={days}
              onChange={(next) =>
                void navigate({ search: (before) => ({ ...before, days: next }), replace: true })
              }
            />
            <FilterBar
              placeholder={t('common.filter')}
              values={filters}
              onChange={setFilters}
              properties={[
                { key: 'rule', label: t('notices.rule') },
                {
                  ...{ key: 'kind', label: t('notices.kind'), multiple: true },
                  options: OccurrenceKind.options.map((value) => ({
                    value,
                    label: t(`kind.${value}`),
                  })),
                },
                {
                  ...{ key: 'status', label: t('pushes.status'), multiple: true },
                  options: DeliveryStatus.options.map((value) => ({
                    value,
                    label: t(`pushes.status.${value}`),
                  })),
                },
                {
                  ...{ key: 'channel', label: t('pushes.channel'), multiple: true },
                  options: ChannelKind.options.map((value) => ({
                    value,
                    label: t(`channel.${value}`),
                  })),
                },
                { key: 'recipient', label: t('pushes.receiver') },
              ]}
            />
          </SpaceBetween>
        }
        empty={
          !list.isError && (
            <EmptyList
              text={t('pushes.empty')}
              filtered={Object.values(filters).some((value) => value !== undefined)}
              onClear={() => setFilters({})}
            />
          )
        }
      />
    </>
  );
};
