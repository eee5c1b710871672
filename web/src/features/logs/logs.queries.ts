import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { LogRow } from '../../../../shared/contracts/api/log-search.ts';
import type { TimeRange } from '../../../../shared/domain/log/time-presets.ts';
import { call } from '../../api/call.ts';
import type { Scope } from '../../ui/scope.ts';
import { type LogConditions, logQueryOf } from './log-query.ts';

export type LogSearch = {
  readonly scope: Scope;
  readonly range: TimeRange;
  readonly conditions: LogConditions;
};

export type LogOrder = 'asc' | 'desc';

/** So many lines come at once. */
const pageOfLines = 100;

/** A search does not change by itself: the page decides when its range is moved on. */
const still = { live: false };

/** Lines page by page; a bounded look gives an empty page with a cursor. */
export const logPagesQuery = ({ scope, range, conditions }: LogSearch, order: LogOrder) =>
  infiniteQueryOptions({
    queryKey: ['logs', 'pages', scope, range, conditions, order],
    queryFn: ({ pageParam }) =>
      call('searchLogs', {
        query: {
          ...logQueryOf(scope, range, conditions),
          ...{ order, limit: pageOfLines, cursor: pageParam },
        },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    meta: still,
  });

/** Counts in time, as far as each look came; the pages add up. */
export const logCountsQuery = ({ scope, range, conditions }: LogSearch) =>
  infiniteQueryOptions({
    queryKey: ['logs', 'counts', scope, range, conditions],
    queryFn: ({ pageParam }) =>
      call('countLogs', {
        query: { ...logQueryOf(scope, range, conditions), cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
    meta: still,
  });

/** How many lines a search finds since `range`: asked while somebody reads. */
export const newLinesQuery = ({ scope, range, conditions }: LogSearch) =>
  queryOptions({
    queryKey: ['logs', 'new', scope, range, conditions],
    queryFn: async () =>
      (await call('countLogs', { query: logQueryOf(scope, range, conditions) })).total,
    meta: still,
  });

export const logLineQuery = (line: string) =>
  queryOptions({
    queryKey: ['logs', 'line', line],
    queryFn: () => call('getLogLine', { query: { line } }),
    meta: still,
  });

export const logContextQuery = (
  line: string,
  { before, after }: { readonly before: number; readonly after: number },
) =>
  queryOptions({
    queryKey: ['logs', 'context', line, before, after],
    queryFn: () => call('getLogContext', { query: { line, before, after } }),
    placeholderData: keepPreviousData,
    meta: still,
  });

/** Lines of a run, oldest first, with what is known of its components. */
export const runTraceQuery = (run: string) =>
  infiniteQueryOptions({
    queryKey: ['logs', 'trace', run],
    queryFn: ({ pageParam }) =>
      call('getRunTrace', { params: { run }, query: { limit: 200, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    meta: still,
  });

export const lastLoggedProjectQuery = () =>
  queryOptions({
    queryKey: ['logs', 'last-project'],
    queryFn: () => call('lastLoggedProject', {}),
    meta: still,
  });

export const savedSearchesQuery = () =>
  queryOptions({
    queryKey: ['logs', 'saved'],
    queryFn: () => call('listSavedSearches', { query: {} }),
    meta: still,
  });

export const logExportsQuery = () =>
  queryOptions({
    queryKey: ['logs', 'exports'],
    queryFn: () => call('listLogExports', {}),
    meta: still,
  });

/** The lines of a search, the newest first, at most `most`: page after page to the end. */
export const collectLines = async (
  { scope, range, conditions }: LogSearch,
  most: number,
): Promise<readonly LogRow[]> => {
  const found: LogRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('searchLogs', {
      query: { ...logQueryOf(scope, range, conditions), limit: 1000, cursor },
    });
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && found.length < most);
  return found.slice(0, most);
};
