import * as z from 'zod';
import { Status } from '../../domain/instance/instance.schema.ts';
import { Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { SavedSearch } from '../../domain/log/saved-search.schema.ts';
import { envQuery, none, paging } from './common.ts';
import { LevelCounts, LogHistogram, LogRow, LogSearchPage, logFilter } from './log-search.ts';
import type { RouteContract } from './route.ts';

const look = {
  method: 'GET',
  tag: 'logs',
  role: 'member',
  project: 'each',
  lambda: 'logs',
  status: 200,
} as const;

const write = { tag: 'logs', role: 'member', project: 'each', lambda: 'write' } as const;

const lineQuery = z.object({ line: z.string().max(600).meta({ description: 'id of the line' }) });

/** A task of a run on its time line. */
const TraceComponent = z
  .object({
    instance: z.string(),
    task: Key,
    kind: z.string(),
    status: Status,
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    attempts: z.int().min(0),
  })
  .meta({ id: 'TraceComponent' });

/** What a run's log comes to; on the first page only. */
const TraceSummary = z
  .object({
    counts: LevelCounts,
    total: z.int().min(0),
    firstAt: Instant.optional(),
    lastAt: Instant.optional(),
    complete: z
      .boolean()
      .meta({ description: 'false: only the beginning of a huge log was counted' }),
    components: z.array(TraceComponent),
  })
  .meta({ id: 'TraceSummary' });

/** A page of the lines of a run, oldest first. Without `cursor` it was the last one. */
const RunTrace = z
  .object({
    run: z.string(),
    items: z.array(LogRow),
    cursor: z.string().optional(),
    summary: TraceSummary.optional(),
  })
  .meta({ id: 'RunTrace' });

const conditions = z.object(logFilter);

/** Run logs over all runs: whoever operates a project may read its logs (spec/README decision 17). */
export const logRoutes = {
  searchLogs: {
    ...look,
    path: '/api/logs',
    summary: 'Lines of run logs that meet all conditions, a page at a time',
    params: none,
    query: conditions.extend({
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      cursor: paging.cursor,
      order: z
        .enum(['desc', 'asc'])
        .default('desc')
        .meta({ description: 'newest or oldest first' }),
    }),
    reply: LogSearchPage,
    problems: ['project-not-found', 'invalid-cursor'],
  },
  countLogs: {
    ...look,
    path: '/api/logs/histogram',
    summary: 'How many lines meet all conditions, in time and by level',
    params: none,
    query: conditions.extend({
      buckets: z.coerce.number().int().min(1).max(300).default(60).meta({
        description: 'most buckets; their width is the next round one',
      }),
      cursor: paging.cursor,
    }),
    reply: LogHistogram,
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getLogLine: {
    ...look,
    path: '/api/logs/line',
    summary: 'One line by its id; all parts of it when it was cut',
    params: none,
    query: lineQuery,
    reply: LogRow.extend({
      parts: z
        .array(LogRow)
        .meta({ description: 'all of them in order, when it is one of several' }),
    }).meta({ id: 'LogLineView' }),
    problems: ['log-line-not-found'],
  },
  getLogContext: {
    ...look,
    path: '/api/logs/context',
    summary: 'The lines of the same run before and after a line, oldest first',
    params: none,
    query: lineQuery.extend({
      before: z.coerce.number().int().min(0).max(500).default(20),
      after: z.coerce.number().int().min(0).max(500).default(20),
    }),
    reply: z
      .object({
        items: z.array(LogRow),
        moreBefore: z.boolean(),
        moreAfter: z.boolean(),
      })
      .meta({ id: 'LogContext' }),
    problems: ['log-line-not-found'],
  },
  getRunTrace: {
    ...look,
    path: '/api/runs/{run}/trace',
    summary: 'All and only the lines of a run, oldest first',
    tag: 'logs',
    role: 'operator',
    project: 'run',
    params: z.object({ run: z.string().max(400) }),
    query: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(200),
      cursor: paging.cursor,
    }),
    reply: RunTrace,
    problems: ['run-not-found', 'invalid-cursor'],
  },
  lastLoggedProject: {
    ...look,
    path: '/api/logs/last-project',
    summary: 'The application that logged last, of those whose logs you may read',
    params: none,
    query: envQuery,
    reply: z
      .object({ project: Key.optional(), at: Instant.optional() })
      .meta({ id: 'LastLoggedProject' }),
    problems: [],
  },

  listSavedSearches: {
    ...look,
    path: '/api/saved-searches',
    summary: 'Your own searches, and those shared in your projects',
    params: none,
    query: z.object({ project: Key.optional().meta({ description: 'shared ones of this only' }) }),
    reply: z.object({ items: z.array(SavedSearch) }).meta({ id: 'SavedSearches' }),
    problems: [],
  },
  saveSearch: {
    ...write,
    method: 'POST',
    path: '/api/saved-searches',
    summary: 'Keep a search, for yourself or shared in a project',
    idempotency: 'required',
    params: none,
    query: none,
    body: SavedSearch.pick({ title: true, project: true, filter: true }),
    reply: SavedSearch,
    status: 201,
    problems: ['project-not-found', 'already-exists', 'too-many-searches'],
  },
  deleteSavedSearch: {
    ...write,
    method: 'DELETE',
    path: '/api/saved-searches/{search}',
    summary: 'Drop a search of your own, or as an administrator a shared one',
    idempotency: 'optional',
    params: z.object({ search: z.string().max(80) }),
    query: z.object({ project: Key.optional().meta({ description: 'of a shared one' }) }),
    reply: z.object({ id: z.string() }).meta({ id: 'RemovedSearch' }),
    status: 200,
    problems: ['search-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
