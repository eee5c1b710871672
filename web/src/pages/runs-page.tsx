import { getRouteApi } from '@tanstack/react-router';
import { RunStatus } from '../../../shared/domain/run/run.schema.ts';
import { RunsList } from '../features/runs/runs-list.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { FilterBar } from '../ui/list/filter-bar.tsx';
import { useScope } from '../ui/scope.ts';
import type { RunsSearch } from './search/runs-search.ts';

const route = getRouteApi('/in/runs');

export const RunsPage = () => {
  const t = useT();
  const scope = useScope();
  const navigate = route.useNavigate();
  const { env: _env, project: _project, upcoming, ...filters } = route.useSearch();
  const filtered = Object.values(filters).some((value) => value !== undefined);

  const setFilters = (next: RunsSearch) =>
    void navigate({
      search: ({ env, project, upcoming }) => ({ env, project, upcoming, ...next }),
      replace: true,
    });

  return (
    <RunsList
      scope={scope}
      filters={filters}
      upcoming={upcoming === 'yes'}
      onUpcoming={(wanted) =>
        void navigate({
          search: (before) => ({ ...before, upcoming: wanted ? ('yes' as const) : undefined }),
          replace: true,
        })
      }
      {...(filtered && { onClear: () => setFilters({}) })}
      filter={
        <FilterBar
          placeholder={t('runs.find')}
          values={filters}
          onChange={setFilters}
          properties={[
            {
              key: 'status',
              label: t('runs.status'),
              multiple: true,
              options: RunStatus.options.map((value) => ({
                value,
                label: t(`run-status.${value}`),
              })),
            },
            // The API looks for a workflow within a project only.
            ...(scope.project ? [{ key: 'workflow' as const, label: t('common.workflow') }] : []),
            { key: 'bizDate', label: `${t('runs.biz-date')} (YYYY-MM-DD)` },
          ]}
        />
      }
    />
  );
};
