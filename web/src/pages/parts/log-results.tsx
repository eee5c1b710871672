import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';
import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import type { TimeRange } from '../../../../shared/domain/log/time-presets.ts';
import { FoundSummary } from '../../features/logs/found-summary.tsx';
import type { Marks } from '../../features/logs/found-text.tsx';
import { HistogramChart } from '../../features/logs/histogram-chart.tsx';
import { LogExport } from '../../features/logs/log-export.tsx';
import { LogFilters } from '../../features/logs/log-filters.tsx';
import type { LogConditions } from '../../features/logs/log-query.ts';
import { LogTable } from '../../features/logs/log-table.tsx';
import { LogTools } from '../../features/logs/log-tools.tsx';
import type { LogOrder } from '../../features/logs/logs.queries.ts';
import { SavedSearches } from '../../features/logs/saved-searches.tsx';
import { TailView } from '../../features/logs/tail-view.tsx';
import type { ChosenSpan } from '../../features/logs/time-panel.tsx';
import { useLogSearch } from '../../features/logs/use-log-search.ts';
import { useRefresh } from '../../features/logs/use-refresh.ts';
import { ProblemAlert } from '../../ui/feedback/problem-alert.tsx';
import { Waiting } from '../../ui/feedback/waiting.tsx';
import { useLanguage, useT } from '../../ui/i18n/language-provider.tsx';
import { EmptyList } from '../../ui/list/empty-list.tsx';
import { usePreferences } from '../../ui/preferences/preferences.tsx';
import type { Scope } from '../../ui/scope.ts';
import { formatInstant } from '../../ui/time/format.ts';
import { useNow, useProjectZone, useShownZone } from '../../ui/time/time-provider.tsx';

/** Filters, histogram and lines of one search; or, in their place, its live tail. */
export const LogResults = ({
  scope,
  conditions,
  span,
  own,
  order,
  line,
  wrap,
  marks,
  narrowed,
  saved,
  timePanel,
  onZoom,
  onConditions,
  onSaved,
  onOrder,
  onWider,
  onWrap,
  onChoose,
  onTrace,
}: {
  scope: Scope;
  conditions: LogConditions;
  span: ChosenSpan;
  own: TimeRange | undefined;
  order: LogOrder;
  line: string | undefined;
  wrap: boolean;
  marks: Marks;
  narrowed: boolean;
  saved: Readonly<Record<string, string>>;
  timePanel: (range: TimeRange) => ReactNode;
  onZoom: (range: TimeRange) => void;
  onConditions: (conditions: LogConditions) => void;
  onSaved: (filter: Readonly<Record<string, string>>) => void;
  onOrder: (order: LogOrder) => void;
  onWider: () => void;
  onWrap: (wrap: boolean) => void;
  onChoose: (row: LogRow) => void;
  onTrace: (run: string) => void;
}) => {
  const t = useT();
  const now = useNow();
  const language = useLanguage();
  const zone = useProjectZone(scope.project);
  const shownZone = useShownZone(scope.project);
  const { preferences, prefer } = usePreferences();
  const [tail, setTail] = useState(false);
  const found = useLogSearch({
    ...{ scope, span, own, conditions, order, zone, now },
    ...{ reading: line !== undefined, enabled: !tail },
  });
  const { search, pages, rows } = found;
  const wait = useRefresh(preferences.logRefreshSeconds, found.live && !tail, found.refresh);
  const valuesOf = (read: (row: LogRow) => string) => [...new Set(rows.map(read))].toSorted();
  const table = { marks, wrap, chosen: line, onChoose, onTrace };
  const lastMeta = pages.data?.pages.at(-1)?.meta;

  return (
    <SpaceBetween size="m">
      {timePanel(search.range)}
      <LogFilters
        conditions={conditions}
        known={{
          workflow: valuesOf(({ workflow }) => workflow),
          task: valuesOf(({ task }) => task),
          category: valuesOf(({ category }) => category),
          operation: valuesOf(({ operation }) => operation),
          region: valuesOf(({ region }) => region),
        }}
        onChange={onConditions}
      />
      <LogTools
        order={order}
        wrap={wrap}
        refresh={{
          ...{ seconds: preferences.logRefreshSeconds, possible: found.live, wait },
          paused: found.readsOn,
          choose: (logRefreshSeconds) => prefer({ logRefreshSeconds }),
        }}
        tail={tail}
        onOrder={onOrder}
        onWrap={onWrap}
        onTail={setTail}
      >
        <LogExport
          search={search}
          total={found.found?.meta.complete ? found.found.total : undefined}
        />
        <SavedSearches project={scope.project} filter={saved} onOpen={onSaved} />
      </LogTools>
      {tail ? (
        <TailView scope={scope} conditions={conditions} table={table} />
      ) : (
        <>
          {found.found && found.found.total > 0 && (
            <HistogramChart histogram={found.found} onZoom={onZoom} />
          )}
          {found.found && <FoundSummary found={found.found} />}
          {pages.isError && (
            <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />
          )}
          {found.newLines > 0 && found.readsOn && (
            <Button onClick={found.moveOn}>{t('logs.new', { count: found.newLines })}</Button>
          )}
          {pages.isPending && !pages.isError && <Waiting />}
          {pages.isSuccess && rows.length === 0 && !pages.hasNextPage && (
            <Box textAlign="center" padding="l">
              <EmptyList
                text={t('logs.empty')}
                filtered={narrowed}
                onClear={() => onConditions({})}
                action={<Button onClick={onWider}>{t('logs.empty-wider')}</Button>}
              />
            </Box>
          )}
          {(rows.length > 0 || pages.hasNextPage) && (
            <LogTable
              {...table}
              rows={rows}
              follow={false}
              footer={
                pages.hasNextPage ? (
                  <Button
                    loading={pages.isFetchingNextPage}
                    onClick={() => void pages.fetchNextPage()}
                  >
                    {lastMeta && !lastMeta.complete && lastMeta.searchedTo
                      ? t('logs.more-bounded', {
                          to: formatInstant(lastMeta.searchedTo, shownZone, language),
                        })
                      : t('logs.more')}
                  </Button>
                ) : (
                  <Box color="text-body-secondary">{t('logs.end')}</Box>
                )
              }
            />
          )}
        </>
      )}
    </SpaceBetween>
  );
};
