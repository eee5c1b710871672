import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AuditEntry } from '../../../shared/domain/audit/audit-entry.schema.ts';
import { auditQuery, collectAudit } from '../features/audit/audit.queries.ts';
import { csvOf } from '../features/audit/csv-of.ts';
import { EntryDialog } from '../features/audit/entry-dialog.tsx';
import { useAuditColumns } from '../features/audit/use-audit-columns.tsx';
import { useSay } from '../ui/feedback/notices.tsx';
import { ProblemAlert } from '../ui/feedback/problem-alert.tsx';
import { useT } from '../ui/i18n/language-provider.tsx';
import { CursorPagination } from '../ui/list/cursor-pagination.tsx';
import { EmptyList } from '../ui/list/empty-list.tsx';
import { FilterBar, type FilterValues } from '../ui/list/filter-bar.tsx';
import { ListTable } from '../ui/list/list-table.tsx';
import { useCursorPages } from '../ui/list/use-cursor-pages.ts';
import { download } from '../ui/log/download.ts';
import { usePreferences } from '../ui/preferences/preferences.tsx';
import { useScope } from '../ui/scope.ts';
import { useNow } from '../ui/time/time-provider.tsx';
import { AuditSearch } from './search/audit-search.ts';

const route = getRouteApi('/in/audit');
const idOf = ({ at, id }: AuditEntry) => `${at}#${id}`;
const ranges = { day: 1, week: 7, month: 31, year: 400 } as const;
type Range = keyof typeof ranges;

/** More would be no file that a person reads. */
const mostExported = 10_000;

/** Who did what to which object, when and why. */
export const AuditPage = () => {
  const t = useT();
  const say = useSay();
  const now = useNow();
  const { project: chosen } = useScope();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { env: _env, project: _project, range = 'week', entry, system, ...given } = search;
  const { pageSize } = usePreferences().preferences;
  const filters = {
    ...given,
    ...{ project: system ? 'system' : chosen, days: ranges[range] },
  };
  const pages = useCursorPages(JSON.stringify(filters));
  const list = useQuery(auditQuery(filters, { limit: pageSize, cursor: pages.cursor }, now));
  const items = list.data?.items ?? [];
  const opened = items.find((each) => idOf(each) === entry);
  const filtered =
    system !== undefined || Object.values(given).some((value) => value !== undefined);

  const set = (change: Partial<AuditSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const setFilters = (next: FilterValues<keyof AuditSearch>) =>
    void navigate({
      search: ({ env, project }) => ({ env, project, range, ...AuditSearch.parse(next) }),
      replace: true,
    });
  const columns = useAuditColumns((each) => ({
    to: '/audit',
    search: { ...given, range, system, entry: idOf(each) },
  }));
  const exporting = useMutation({
    mutationFn: () => collectAudit(filters, now(), mostExported),
    onSuccess: (found) => {
      download('operation-log.csv', csvOf(found));
      const count = found.length;
      say(
        count === mostExported
          ? { type: 'warning', content: t('audit.export-cut', { count }) }
          : { type: 'success', content: t('audit.exported', { count }) },
      );
    },
  });
  const valuesOf = (read: (each: AuditEntry) => string) =>
    [...new Set(items.map(read))].toSorted().map((value) => ({ value, label: value }));

  return (
    <>
      {list.isError && !list.data && (
        <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      )}
      {exporting.isError && (
        <ProblemAlert
          error={exporting.error}
          header={t('problem.action', { action: t('audit.export') })}
        />
      )}
      <ListTable
        name={t('audit.title')}
        title={t('audit.title')}
        columns={columns}
        items={items}
        idOf={idOf}
        loading={list.isPending}
        description={list.data?.searchedTo && t('common.searched-to', { to: list.data.searchedTo })}
        actions={
          <Button
            iconName="download"
            loading={exporting.isPending}
            loadingText={t('audit.exporting')}
            onClick={() => exporting.mutate()}
          >
            {t('audit.export')}
          </Button>
        }
        filter={
          <SpaceBetween size="s">
            <SegmentedControl
              label={t('audit.range')}
              selectedId={range}
              options={(Object.keys(ranges) as Range[]).map((id) => ({
                id,
                text: t(`audit.range.${id}`),
              }))}
              onChange={({ detail }) => set({ range: detail.selectedId as Range })}
            />
            <FilterBar
              placeholder={t('audit.find')}
              textKey="text"
              values={{ ...given, system }}
              onChange={setFilters}
              properties={[
                {
                  key: 'actor',
                  open: true,
                  label: t('audit.actor'),
                  options: valuesOf(({ actor }) => actor),
                },
                {
                  key: 'action',
                  open: true,
                  label: t('audit.action'),
                  options: valuesOf(({ action }) => action),
                },
                {
                  key: 'object',
                  open: true,
                  label: t('audit.object'),
                  options: valuesOf(({ object }) => object),
                },
                {
                  key: 'source',
                  label: t('audit.source'),
                  options: (['console', 'cli', 'api'] as const).map((value) => ({
                    value,
                    label: t(`audit.source.${value}`),
                  })),
                },
                {
                  key: 'system',
                  label: t('audit.no-project'),
                  options: [{ value: 'yes', label: t('common.yes') }],
                },
              ]}
            />
          </SpaceBetween>
        }
        pagination={<CursorPagination pages={pages} next={list.data?.cursor} />}
        empty={
          !list.isError && (
            <EmptyList text={t('audit.empty')} filtered={filtered} onClear={() => setFilters({})} />
          )
        }
      />
      {opened && <EntryDialog entry={opened} onClose={() => set({ entry: undefined })} />}
    </>
  );
};
