import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { LogLevel, LogPart } from '../../domain/log/log-line.schema.ts';
import { listOf } from './common.ts';

/** What became of the job whose line it is, as far as retries go (seed 001). */
const RetryState = z.enum(['retrying', 'succeeded', 'failed']).meta({ id: 'RetryState' });

/** A line found by a search, with everything that the nine columns and the detail panel show. */
export const LogRow = z
  .object({
    id: z.string().meta({ description: 'names the line for good: permalink, context, follower' }),
    at: Instant,
    level: LogLevel,
    region: z.string(),
    env: Env,
    project: Key,
    version: z.int().min(1),
    workflow: Key,
    runId: z.string(),
    task: Key,
    instance: z.string(),
    attempt: z.int().min(0),
    operation: z.string(),
    category: z.string().meta({ description: 'of the logger, or the default event of the kind' }),
    text: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    part: LogPart.optional(),
    retry: RetryState.optional(),
    retriedBy: z.string().optional().meta({ description: 'run that repeats the run of this line' }),
  })
  .meta({ id: 'LogRow' });
export type LogRow = z.infer<typeof LogRow>;

const keys = z
  .string()
  .max(2048)
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .pipe(z.array(Key).min(1).max(50));

/** Conditions of a search: AND across fields, OR within one. An empty one is ignored. Times are half-open [from, to). */
export const logFilter = {
  from: Instant,
  to: Instant,
  env: Env.default('prod'),
  project: Key.optional().meta({ description: 'application; default: every one you may see' }),
  region: z.string().trim().max(32).optional(),
  version: z.coerce.number().int().min(1).optional(),
  workflow: keys.optional(),
  task: keys.optional(),
  level: listOf(LogLevel.options).optional(),
  run: z.string().trim().max(400).optional().meta({ description: 'job id, exact' }),
  operation: z.string().trim().max(64).optional(),
  category: z.string().trim().max(64).optional(),
  text: z.string().max(1024).optional().meta({
    description: 'words, "a phrase", pre*, AND, OR, NOT; case does not count; ≤ 30 terms',
  }),
};

/** What a look came to. A bounded look says how far it came, never silently. */
export const SearchMeta = z
  .object({
    chunks: z.int().min(0).meta({ description: 'chunks whose lines were read' }),
    skipped: z.int().min(0).meta({ description: 'chunks that their summaries ruled out' }),
    lines: z.int().min(0).meta({ description: 'lines looked at' }),
    elapsedMs: z.number().min(0),
    complete: z.boolean().meta({ description: 'false: it ended at `searchedTo`; ask again' }),
    searchedTo: Instant.optional(),
  })
  .meta({ id: 'SearchMeta' });
export type SearchMeta = z.infer<typeof SearchMeta>;

export const LevelCounts = z
  .object({ DEBUG: z.int(), INFO: z.int(), WARN: z.int(), ERROR: z.int() })
  .meta({ id: 'LevelCounts' });

/** A page of a search. Without `cursor` it was the last one. */
export const LogSearchPage = z
  .object({ items: z.array(LogRow), cursor: z.string().optional(), meta: SearchMeta })
  .meta({ id: 'LogSearchPage' });

/** Counts of what a search finds, in time. The buckets add up to `total` (W66). */
export const LogHistogram = z
  .object({
    from: Instant.meta({ description: 'of the first bucket: the range, rounded to whole buckets' }),
    to: Instant,
    bucketSeconds: z.int().min(1),
    buckets: z.array(z.object({ from: Instant, counts: LevelCounts })),
    counts: LevelCounts,
    total: z.int().min(0),
    cursor: z
      .string()
      .optional()
      .meta({ description: 'ask again with it for the rest, and add up' }),
    meta: SearchMeta,
  })
  .meta({ id: 'LogHistogram' });
export type LogHistogram = z.infer<typeof LogHistogram>;
