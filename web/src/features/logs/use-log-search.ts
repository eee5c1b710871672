import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { isoOf } from '../../../../shared/domain/kernel/calendar-day.ts';
import { isLive, rangeOfSpan, type TimeRange } from '../../../../shared/domain/log/time-presets.ts';
import type { Scope } from '../../ui/scope.ts';
import { joinHistograms } from './histogram.ts';
import type { LogConditions } from './log-query.ts';
import {
  type LogOrder,
  type LogSearch,
  logCountsQuery,
  logPagesQuery,
  newLinesQuery,
} from './logs.queries.ts';
import type { ChosenSpan } from './time-panel.tsx';

/**
 * A search and how it moves on with time: a relative range is worked out when it is asked for and again at each refresh,
 * an own one never. While somebody reads, a refresh counts what is new instead of moving the list away.
 */
export const useLogSearch = ({
  scope,
  span,
  own,
  conditions,
  order,
  zone,
  now,
  reading,
  enabled,
}: {
  scope: Scope;
  span: ChosenSpan;
  own: TimeRange | undefined;
  conditions: LogConditions;
  order: LogOrder;
  zone: string;
  now: () => number;
  reading: boolean;
  enabled: boolean;
}) => {
  const client = useQueryClient();
  const asked = JSON.stringify([scope, span, own, conditions]);
  const [askedAt, setAskedAt] = useState({ for: asked, at: isoOf(now()) });
  if (askedAt.for !== asked) setAskedAt({ for: asked, at: isoOf(now()) });

  const range = useMemo(
    () =>
      span === 'custom' && own
        ? own
        : rangeOfSpan(span === 'custom' ? '30m' : span, askedAt.at, zone),
    [span, own, askedAt, zone],
  );
  const search: LogSearch = { scope, range, conditions };
  const pages = useInfiniteQuery({ ...logPagesQuery(search, order), enabled });
  const counts = useInfiniteQuery({ ...logCountsQuery(search), enabled });
  const later: LogSearch = { ...search, range: { from: range.to, to: isoOf(now()) } };
  const fresh = useQuery({ ...newLinesQuery(later), enabled: false });

  const { hasNextPage, isFetching, fetchNextPage } = counts;
  useEffect(() => {
    // Bounded looks follow each other until the whole range is counted.
    if (enabled && hasNextPage && !isFetching) void fetchNextPage();
  }, [enabled, hasNextPage, isFetching, fetchNextPage]);

  const found = counts.data?.pages.reduce(
    (sum: ReturnType<typeof joinHistograms> | undefined, page) => joinHistograms(sum, page),
    undefined,
  );
  const rows = useMemo(() => {
    const seen = new Map(
      pages.data?.pages.flatMap(({ items }) => items.map((row) => [row.id, row])),
    );
    return [...seen.values()];
  }, [pages.data]);
  const moveOn = () => setAskedAt({ for: asked, at: isoOf(now()) });
  const readsOn = reading || (pages.data?.pages.length ?? 0) > 1;

  return {
    search,
    pages,
    rows,
    found,
    live: isLive(span, range, isoOf(now())),
    readsOn,
    newLines: fresh.data ?? 0,
    moveOn,
    /** One step of the auto refresh; false when it failed. */
    refresh: async (): Promise<boolean> => {
      if (pages.isFetching || counts.isFetching) return true;
      if (!readsOn) {
        moveOn();
        return !pages.isError;
      }
      try {
        await client.fetchQuery(
          newLinesQuery({ ...search, range: { from: range.to, to: isoOf(now()) } }),
        );
        return (await fresh.refetch()).isSuccess;
      } catch {
        return false;
      }
    },
  };
};
