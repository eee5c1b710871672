import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { RunView } from '../../../shared/contracts/api/run-view.ts';
import { RunStatus } from '../../../shared/domain/run/run.schema.ts';
import { useMay } from '../features/access/access.queries.ts';
import { RetryAllDialog } from '../features/runs/retry-all-dialog.tsx';
import { chosenRange, rangeOf } from '../features/runs/run-range.ts';
import { RunsList } from '../features/runs/runs-list.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { FilterBar } from '../ui/list/filter-bar.tsx';
import { useSelection } from '../ui/list/use-selection.ts';
import { useScope } from '../ui/scope.ts';
import { useNow, useShownZone } from '../ui/time/time-provider.tsx';
import { RunOperations } from './parts/run-operations.tsx';
import type { RunsSearch } from './search/runs-search.ts';

const route = getRouteApi('/in/runs');
const runOf = ({ run }: RunView) => run;

export const RunsPage = () => {
  const t = useT();
  const scope = useScope();
  const navigate = route.useNavigate();
  const { env: _env, project: _project, upcoming, range, ...filters } = route.useSearch();
  const { from, to, ...asked } = filters;
  const zone = useShownZone(scope.project);
  const now = useNow();
  const selection = useSelection(runOf);
  const may = useMay();
  const [retriesAll, setRetriesAll] = useState(false);
  const isFiltered = [range, ...Object.values(filters)].some((value) => value !== undefined);
  const chosen = chosenRange({ range, ...filters });

  // Taking away the last filter restores today, too (W10).
  const setFilters = (next: RunsSearch) =>
    void navigate({
      search: ({ env, project, upcoming }) => ({ env, project, upcoming, ...next }),
      replace: true,
    });

  return (
    <RunsList
      scope={scope}
      filters={{ ...asked, ...rangeOf({ range, ...filters }, zone, now()) }}
      upcoming={upcoming === 'yes'}
      may={may}
      onUpcoming={(wanted) =>
        void navigate({
          search: (before) => ({ ...before, upcoming: wanted ? ('yes' as const) : undefined }),
          replace: true,
        })
      }
      selection={selection}
      actions={(rows) => (
        <SpaceBetween direction="horizontal" size="xs">
          <RunOperations
            rows={rows.filter(({ run }) => selection.ids.has(run))}
            withRetry
            onDone={selection.clear}
          />
          {/* Rows that are selected, or all of the filter: never both (B1.4). */}
          {selection.ids.size === 0 && rows.some(({ retryable }) => retryable) && (
            <Button onClick={() => setRetriesAll(true)}>{t('retry.all')}</Button>
          )}
          {retriesAll && (
            <RetryAllDialog
              filter={{ ...scope, ...asked, ...rangeOf({ range, ...filters }, zone, now()) }}
              onClose={() => setRetriesAll(false)}
            />
          )}
        </SpaceBetween>
      )}
      {...(isFiltered && { onClear: () => setFilters({}) })}
      filter={
        <SpaceBetween size="s">
          <FormField label={t('runs.range')}>
            <Select
              selectedOption={{ value: chosen, label: t(`runs.range.${chosen}`) }}
              options={(['today', 'yesterday', '7d', '30d', 'all'] as const).map((value) => ({
                value,
                label: t(`runs.range.${value}`),
              }))}
              onChange={({ detail }) => {
                const { value } = detail.selectedOption;
                const next = value === 'today' ? undefined : (value as RunsSearch['range']);
                setFilters({ ...asked, range: next });
              }}
            />
          </FormField>
          <FilterBar
            placeholder={t('runs.find')}
            values={filters}
            textKey="text"
            onChange={(next) =>
              setFilters(Object.keys(next).length === 0 ? {} : ({ ...next, range } as RunsSearch))
            }
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
              {
                key: 'trigger',
                label: t('runs.trigger'),
                multiple: true,
                options: (['recurring', 'manual', 'backfill'] as const).map((value) => ({
                  value,
                  label: t(`family.${value}`),
                })),
              },
              {
                key: 'failed',
                label: t('runs.failed-only'),
                options: [
                  { value: 'true', label: t('common.yes') },
                  { value: 'false', label: t('common.no') },
                ],
              },
              {
                key: 'retryable',
                label: t('retry.retryable'),
                options: [
                  { value: 'true', label: t('common.yes') },
                  { value: 'false', label: t('common.no') },
                ],
              },
              // The API looks for a workflow within a project only.
              ...(scope.project ? [{ key: 'workflow' as const, label: t('common.workflow') }] : []),
              { key: 'bizDate', label: `${t('runs.biz-date')} (YYYY-MM-DD)` },
              { key: 'from', label: `${t('runs.from')} (YYYY-MM-DD)` },
              { key: 'startedFrom', label: t('runs.started-from') },
              { key: 'startedUntil', label: t('runs.started-until') },
              { key: 'to', label: `${t('runs.to')} (YYYY-MM-DD)` },
            ]}
          />
        </SpaceBetween>
      }
    />
  );
};
