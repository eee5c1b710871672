import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type Incident, IncidentStatus } from '../../../shared/domain/alert/incident.schema.ts';
import { CauseText } from '../features/incidents/cause-text.tsx';
import { IncidentStatusText } from '../features/incidents/incident-status.tsx';
import { incidentsQuery } from '../features/incidents/incidents.queries.ts';
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
import { IncidentsSearch } from './search/notify-search.ts';

const route = getRouteApi('/in/incidents');

/** What is broken: failures by their cause; without a filter those that are not over. */
export const IncidentsPage = () => {
  const t = useT();
  const scope = useScope();
  const navigate = route.useNavigate();
  const { env: _env, project: _project, order, ...filters } = route.useSearch();
  const { pageSize } = usePreferences().preferences;
  const pages = useCursorPages(JSON.stringify([scope, filters, order]));
  const list = useQuery(
    incidentsQuery({
      ...{ ...scope, ...filters, limit: pageSize, cursor: pages.cursor },
      order: order ?? 'newest',
    }),
  );
  const setFilters = (next: FilterValues<keyof IncidentsSearch>) =>
    void navigate({
      search: ({ env, project }) => ({ env, project, order, ...IncidentsSearch.parse(next) }),
      replace: true,
    });

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      <ListTable<Incident>
        name={t('incidents.title')}
        title={t('incidents.title')}
        description={
          list.data?.searchedTo
            ? t('common.searched-to', { to: list.data.searchedTo })
            : t('incidents.about')
        }
        items={list.data?.items ?? []}
        idOf={({ id }) => id}
        loading={list.isPending}
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        filter={
          <SpaceBetween size="s">
            <SegmentedControl
              label={t('incidents.order')}
              selectedId={order ?? 'newest'}
              options={(['newest', 'worst'] as const).map((id) => ({
                id,
                text: t(`incidents.order.${id}`),
              }))}
              onChange={({ detail }) =>
                void navigate({
                  search: (before) => ({
                    ...before,
                    order: detail.selectedId === 'worst' ? ('worst' as const) : undefined,
                  }),
                  replace: true,
                })
              }
            />
            <FilterBar
              placeholder={t('incidents.find')}
              textKey="text"
              values={filters}
              onChange={setFilters}
              properties={[
                {
                  ...{ key: 'status', label: t('incidents.status'), multiple: true },
                  options: IncidentStatus.options.map((value) => ({
                    value,
                    label: t(`incidents.status.${value}`),
                  })),
                },
              ]}
            />
          </SpaceBetween>
        }
        empty={
          !list.isError && (
            <EmptyList
              text={t('incidents.empty')}
              filtered={filters.text !== undefined || filters.status !== undefined}
              onClear={() => setFilters({})}
            />
          )
        }
        columns={[
          {
            id: 'cause',
            header: t('incidents.cause'),
            isRowHeader: true,
            cell: ({ id, cause }) => (
              <RouteLink to="/incidents/$incident" params={{ incident: id }}>
                <CauseText cause={cause} />
              </RouteLink>
            ),
          },
          { id: 'project', header: t('common.project'), cell: ({ project }) => project },
          {
            id: 'status',
            header: t('incidents.status'),
            cell: ({ status, acknowledgedBy }) => (
              <>
                <IncidentStatusText status={status} />
                {acknowledgedBy && <div>{t('incidents.by', { by: acknowledgedBy })}</div>}
              </>
            ),
          },
          {
            id: 'failures',
            header: t('incidents.failures'),
            cell: ({ open, failures }) => t('incidents.still-open', { open, failures }),
          },
          {
            id: 'workflows',
            header: t('incidents.workflows'),
            cell: ({ workflows }) => <span className="cell-text">{workflows.join(', ')}</span>,
          },
          {
            id: 'opened',
            header: t('incidents.opened'),
            cell: ({ openedAt }) => <At at={openedAt} />,
          },
          { id: 'last', header: t('incidents.last'), cell: ({ lastAt }) => <At at={lastAt} /> },
        ]}
      />
    </>
  );
};
