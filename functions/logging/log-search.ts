import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { LogCondition } from '../../shared/domain/log/log-condition.ts';
import type { Clock } from '../edge/system-clock.ts';
import { headerOfItem } from '../stores/log-items.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { logsTable } from '../stores/logs-table.ts';
import { type CountedLines, countLines } from './count-lines.ts';
import { headerSource, isFresh, lookBackFrom } from './header-source.ts';
import { type FateDeps, resolveFates } from './resolve-fates.ts';
import { type Budget, type FoundPage, type Position, searchLines } from './search-lines.ts';

export type LogSearchDeps = FateDeps & { readonly logs: LogStore; readonly clock: Clock };

/** Whose logs are searched. */
export type LogScope = { readonly env: Env; readonly projects: readonly string[] };

/** About a second of work on a small function. */
const usual: Budget = { headers: 20_000, bodies: 600 };

/** Searches and counts over the headers of projects. Each call is a request: what it learns of instances it keeps. */
export const logSearch = ({ logs, instances, clock }: LogSearchDeps) => ({
  async search(
    { env, projects }: LogScope,
    condition: LogCondition,
    {
      order,
      limit,
      after,
      budget = usual,
    }: {
      readonly order: 'asc' | 'desc';
      readonly limit: number;
      readonly after?: Position | undefined;
      readonly budget?: Budget | undefined;
    },
  ): Promise<FoundPage> {
    const strong = isFresh(condition.to, clock());
    const sources = projects
      .flatMap((project) => logsTable.headers(env, project))
      .map(({ partition, spanMs }) => {
        const begin = order === 'asc' ? (after?.at ?? condition.from) : condition.from;
        const earliest = lookBackFrom(begin, spanMs);
        const since = order === 'asc' ? after?.since : undefined;
        const from = since !== undefined && since > earliest ? since : earliest;
        const to = order === 'desc' && after ? `${after.at}~` : condition.to;
        return headerSource(logs, { partition, spanMs, order, strong, from, to });
      });
    const fates = resolveFates({ instances });
    return searchLines({ logs, fates })({ sources, condition, order, limit, after, budget });
  },

  async count(
    { env, projects }: LogScope,
    condition: LogCondition,
    {
      bucketMs,
      after,
      budget = usual,
    }: {
      readonly bucketMs: number;
      /** The header that the count before ended with. */
      readonly after?: string | undefined;
      readonly budget?: Budget | undefined;
    },
  ): Promise<CountedLines> {
    const strong = isFresh(condition.to, clock());
    const sources = projects
      .flatMap((project) => logsTable.headers(env, project))
      .map(({ partition, spanMs }) => {
        const earliest = lookBackFrom(condition.from, spanMs);
        const from = after !== undefined && after > earliest ? after : earliest;
        const range = { order: 'asc', from, to: condition.to, except: after } as const;
        return headerSource(logs, { partition, spanMs, strong, ...range }, 500);
      });
    const fates = resolveFates({ instances });
    return countLines({ logs, fates })({ sources, condition, bucketMs, budget });
  },

  /** The project of the chunk that began last, of those named. */
  async lastOf({
    env,
    projects,
  }: LogScope): Promise<{ readonly project?: string; readonly at?: Instant }> {
    const newest = await Promise.all(
      projects
        .flatMap((project) => logsTable.headers(env, project))
        .map(({ partition }) => logs.page({ partition, order: 'desc' }, { limit: 1 })),
    );
    const [last] = newest
      .flatMap(({ items }) => items.map(headerOfItem))
      .toSorted((a, b) => (a.last > b.last ? -1 : 1));
    return last ? { project: last.project, at: last.last } : {};
  },
});
