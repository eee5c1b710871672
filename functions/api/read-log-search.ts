import type { SearchMeta } from '../../shared/contracts/api/log-search.ts';
import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import { bucketSecondsOf } from '../../shared/domain/log/bucket-width.ts';
import type { Counts } from '../../shared/domain/log/chunk-header.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { logConditionOf } from '../logging/log-condition-of.ts';
import { logRows } from '../logging/log-row.ts';
import { logSearch } from '../logging/log-search.ts';
import type { Looked } from '../logging/search-lines.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { LogDeps } from './log-deps.ts';
import { logScope } from './log-scope.ts';

/** Searching run logs over runs and projects, and counting what a search finds. */
export const readLogSearch = (
  stores: LogDeps,
): Pick<ApiHandlers<'logs'>, 'searchLogs' | 'countLogs' | 'lastLoggedProject'> => {
  const { logs, clock, region } = stores;
  const { search, count, lastOf } = logSearch(stores);
  const { retentionDays } = logs;

  return {
    async searchLogs({ query }, context) {
      const began = performance.now();
      const scope = await logScope(stores, query.project, context);
      if (!scope.ok) return err(scope.error);
      const given = positionOf(query.cursor);
      const bounds = given?.from && given.to ? { from: given.from, to: given.to } : {};
      const condition = logConditionOf(
        { ...query, ...bounds },
        { now: clock(), retentionDays, place: 'query', goesOn: given !== undefined },
      );
      if (!condition.ok) return err(condition.error);

      const isHere = query.region === undefined || query.region === region;
      const projects = isHere ? scope.value : [];
      const { from, to } = condition.value;
      const { found, next, searchedTo, looked } = await search(
        { env: query.env, projects },
        condition.value,
        {
          order: query.order,
          limit: query.limit,
          after: given?.at ? { at: given.at, id: given.id ?? '', since: given.since } : undefined,
        },
      );
      return ok({
        items: await logRows(stores, found),
        cursor: next && cursorOf({ ...next, from, to }),
        meta: metaOf(looked, began, searchedTo),
      });
    },

    async countLogs({ query }, context) {
      const began = performance.now();
      const scope = await logScope(stores, query.project, context);
      if (!scope.ok) return err(scope.error);
      const given = positionOf(query.cursor);
      const bounds = given?.from && given.to ? { from: given.from, to: given.to } : {};
      const condition = logConditionOf(
        { ...query, ...bounds },
        { now: clock(), retentionDays, place: 'query', goesOn: given !== undefined },
      );
      if (!condition.ok) return err(condition.error);

      const isHere = query.region === undefined || query.region === region;
      const projects = isHere ? scope.value : [];
      const { from, to } = condition.value;
      const bucketSeconds = bucketSecondsOf({ from, to }, query.buckets);
      const bucketMs = bucketSeconds * 1000;
      const { buckets, next, searchedTo, looked } = await count(
        { env: query.env, projects },
        condition.value,
        { bucketMs, after: given?.after },
      );
      const sum = [...buckets.values()].reduce<readonly number[]>(
        (all, counts) => all.map((n, level) => n + (counts[level] ?? 0)),
        [0, 0, 0, 0],
      );
      return ok({
        from: isoOf(Math.floor(Date.parse(from) / bucketMs) * bucketMs),
        to: isoOf(Math.ceil(Date.parse(to) / bucketMs) * bucketMs),
        bucketSeconds,
        buckets: [...buckets].map(([at, counts]) => ({ from: isoOf(at), counts: named(counts) })),
        counts: named(sum as unknown as Counts),
        total: sum.reduce((all, each) => all + each, 0),
        cursor: next === undefined ? undefined : cursorOf({ after: next, from, to }),
        meta: metaOf(looked, began, searchedTo),
      });
    },

    async lastLoggedProject({ query: { env } }, context) {
      const scope = await logScope(stores, undefined, context);
      return ok(scope.ok ? await lastOf({ env, projects: scope.value }) : {});
    },
  };
};

/** Counts with their levels. */
export const named = ([DEBUG, INFO, WARN, ERROR]: Counts) => ({ DEBUG, INFO, WARN, ERROR });

const metaOf = (looked: Looked, began: number, searchedTo: string | undefined): SearchMeta => ({
  ...looked,
  elapsedMs: Math.round(performance.now() - began),
  complete: searchedTo === undefined,
  ...(searchedTo === undefined ? {} : { searchedTo }),
});
