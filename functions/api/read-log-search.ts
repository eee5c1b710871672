import type { SearchMeta } from '../../shared/contracts/api/log-search.ts';
import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import { bucketSecondsOf } from '../../shared/domain/log/bucket-width.ts';
import {
  emptyCounts,
  namedCounts,
  plusCounts,
  totalOf,
} from '../../shared/domain/log/level-counts.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { type LogFilter, logConditionOf } from '../logging/log-condition-of.ts';
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

  /** Where to look and for what. A later page keeps the bounds of the first, or its pages would not join to one whole. */
  const askedOf = async (
    query: LogFilter & { readonly cursor?: string | undefined },
    context: ApiContext,
  ) => {
    const scope = await logScope(stores, query.project, context);
    if (!scope.ok) return scope;
    const given = positionOf(query.cursor);
    const bounds = given?.from && given.to ? { from: given.from, to: given.to } : {};
    const condition = logConditionOf(
      { ...query, ...bounds },
      { now: clock(), retentionDays, place: 'query', goesOn: given !== undefined },
    );
    if (!condition.ok) return condition;
    const isHere = query.region === undefined || query.region === region;
    const where = { env: query.env, projects: isHere ? scope.value : [] };
    return ok({ where, condition: condition.value, given });
  };

  return {
    async searchLogs({ query }, context) {
      const began = performance.now();
      const asked = await askedOf(query, context);
      if (!asked.ok) return err(asked.error);
      const { where, condition, given } = asked.value;
      const { from, to } = condition;
      const { found, next, searchedTo, looked } = await search(where, condition, {
        order: query.order,
        limit: query.limit,
        after: given?.at ? { at: given.at, id: given.id ?? '', since: given.since } : undefined,
      });
      return ok({
        items: await logRows(stores, found),
        cursor: next && cursorOf({ ...next, from, to }),
        meta: metaOf(looked, began, searchedTo),
      });
    },

    async countLogs({ query }, context) {
      const began = performance.now();
      const asked = await askedOf(query, context);
      if (!asked.ok) return err(asked.error);
      const { where, condition, given } = asked.value;
      const { from, to } = condition;
      const bucketSeconds = bucketSecondsOf({ from, to }, query.buckets);
      const bucketMs = bucketSeconds * 1000;
      const { buckets, next, searchedTo, looked } = await count(where, condition, {
        bucketMs,
        after: given?.after,
      });
      const sum = [...buckets.values()].reduce(plusCounts, emptyCounts());
      return ok({
        from: isoOf(Math.floor(Date.parse(from) / bucketMs) * bucketMs),
        to: isoOf(Math.ceil(Date.parse(to) / bucketMs) * bucketMs),
        bucketSeconds,
        buckets: [...buckets].map(([at, counts]) => ({
          from: isoOf(at),
          counts: namedCounts(counts),
        })),
        counts: namedCounts(sum),
        total: totalOf(sum),
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

const metaOf = (looked: Looked, began: number, searchedTo: string | undefined): SearchMeta => ({
  ...looked,
  elapsedMs: Math.round(performance.now() - began),
  complete: searchedTo === undefined,
  ...(searchedTo === undefined ? {} : { searchedTo }),
});
