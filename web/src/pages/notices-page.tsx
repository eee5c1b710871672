import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { NoticeStatus } from '../../../shared/domain/notice/notice.schema.ts';
import { OccurrenceKind } from '../../../shared/domain/notice/occurrence.schema.ts';
import { useMay } from '../features/access/access.queries.ts';
import { NoticeDetail } from '../features/notify/notice-detail.tsx';
import { NoticeStatusText } from '../features/notify/notice-status.tsx';
import { noticesQuery } from '../features/notify/sent.queries.ts';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { RouteLink } from '../ui/link.tsx';
import { CursorPagination } from '../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar, type FilterValues } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useCursorPages } from '../ui/list/use-cursor-pages.ts';
import { usePreferences } from '../ui/preferences/preferences.tsx';
import { useScope } from '../ui/scope.ts';
import { At } from '../ui/time/at.tsx';
import { useNow } from '../ui/time/time-provider.tsx';
import { DaysChoice, daysAgo } from './parts/days-choice.tsx';
import { InProject } from './parts/in-project.tsx';
import { NoticesSearch } from './search/notify-search.ts';

const route = getRouteApi('/in/notifications/sent');

/** Notification details (seed 000): what was issued, and what became of it. */
export const NoticesPage = () => (
  <InProject>{(project) => <Notices key={project} project={project} />}</InProject>
);

const Notices = ({ project }: { project: string }) => {
  const t = useT();
  const may = useMay();
  const now = useNow();
  const { env } = useScope();
  const navigate = route.useNavigate();
  const { env: _env, project: _project, days = '7', notice, ...filters } = route.useSearch();
  const { pageSize } = usePreferences().preferences;
  const pages = useCursorPages(JSON.stringify([project, env, days, filters]));
  const filter = { env, ...filters, limit: pageSize, cursor: pages.cursor };
  const list = useQuery(noticesQuery(project, filter, () => daysAgo(days, now())));
  const set = (change: Partial<NoticesSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const setFilters = (next: FilterValues<keyof NoticesSearch>) =>
    void navigate({
      search: ({ env: chosen, project: name }) => ({
        ...{ env: chosen, project: name, days },
        ...NoticesSearch.parse(next),
      }),
      replace: true,
    });
  const filtered = Object.values(filters).some((value) => value !== undefined);

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable
        name={t('notices.title')}
        title={t('notices.title')}
        description={
          list.data?.searchedTo
            ? t('common.searched-to', { to: list.data.searchedTo })
            : t('notices.about')
        }
        items={list.data?.items ?? []}
        idOf={({ id }) => id}
        loading={list.isPending}
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        filter={
          <SpaceBetween size="s">
            <DaysChoice days={days} onChange={(next) => set({ days: next })} />
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
                  ...{ key: 'status', label: t('notices.status'), multiple: true },
                  options: NoticeStatus.options.map((value) => ({
                    value,
                    label: t(`notices.status.${value}`),
                  })),
                },
                { key: 'workflow', label: t('notices.workflow') },
                { key: 'recipient', label: t('notices.recipient') },
              ]}
            />
          </SpaceBetween>
        }
        empty={
          !list.isError && (
            <EmptyList
              text={t('notices.empty')}
              filtered={filtered}
              onClear={() => setFilters({})}
            />
          )
        }
        columns={[
          {
            id: 'at',
            header: t('notices.at'),
            isRowHeader: true,
            cell: ({ id, at }) => (
              <Button variant="inline-link" onClick={() => set({ notice: id })}>
                <At at={at} />
              </Button>
            ),
          },
          { id: 'rule', header: t('notices.rule'), cell: ({ rule }) => rule.title ?? rule.name },
          { id: 'kind', header: t('notices.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
          {
            id: 'reason',
            header: t('notices.reason'),
            cell: ({ reason, count }) =>
              reason === 'digest'
                ? t('notices.reason.digest', { count })
                : t(`notices.reason.${reason}`),
          },
          {
            id: 'workflow',
            header: t('notices.workflow'),
            cell: ({ workflow }) =>
              workflow ? (
                <RouteLink to="/workflows/$project/$workflow" params={{ project, workflow }}>
                  {workflow}
                </RouteLink>
              ) : (
                '–'
              ),
          },
          {
            id: 'run',
            header: t('notices.run'),
            cell: ({ runId }) =>
              runId ? (
                <RouteLink to="/runs/$run" params={{ run: runId }}>
                  {runId.split('~').slice(3).join('~')}
                </RouteLink>
              ) : (
                '–'
              ),
          },
          {
            id: 'recipients',
            header: t('notices.recipients'),
            cell: ({ recipients }) => recipients,
          },
          {
            id: 'status',
            header: t('notices.status'),
            cell: ({ status, why }) => (
              <>
                <NoticeStatusText status={status} />
                {why && <div className="cell-text">{why}</div>}
              </>
            ),
          },
        ]}
      />
      {notice && (
        <NoticeDetail
          project={project}
          notice={notice}
          mayOperate={may('operator', project)}
          onClose={() => set({ notice: undefined })}
        />
      )}
    </>
  );
};
