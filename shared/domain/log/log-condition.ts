import { type ChunkHeader, type Fate, minuteOf } from './chunk-header.ts';
import { categoryOf } from './default-category.ts';
import { type Counts, countLevel, emptyCounts, type OpenCounts, totalOf } from './level-counts.ts';
import { LogLevel, type LogLine } from './log-line.schema.ts';
import { matches, mayMatch } from './match-log-query.ts';
import type { LogQuery } from './parse-log-query.ts';
import { searchedTextOf } from './searched-text.ts';
import { mayHold } from './token-filter.ts';

/** What a search asks for: AND across fields, OR within one; a missing one asks nothing. Times are half-open, canonical. */
export type LogCondition = {
  readonly from: string;
  readonly to: string;
  readonly levels?: readonly LogLevel[] | undefined;
  readonly workflows?: readonly string[] | undefined;
  readonly tasks?: readonly string[] | undefined;
  readonly run?: string | undefined;
  readonly version?: number | undefined;
  readonly operation?: string | undefined;
  readonly category?: string | undefined;
  readonly query?: LogQuery | undefined;
};

/** Whether a line is found. `hidden`: failures of its attempt are not shown. */
export const meets = (
  condition: LogCondition,
  line: LogLine,
  { kind, hidden }: { readonly kind: string; readonly hidden: boolean },
): boolean =>
  line.at >= condition.from &&
  line.at < condition.to &&
  !(hidden && line.level === 'ERROR') &&
  (condition.levels === undefined || condition.levels.includes(line.level)) &&
  (condition.operation === undefined || condition.operation === line.operation) &&
  (condition.category === undefined || condition.category === categoryOf(line, kind)) &&
  (condition.query === undefined || matches(condition.query, searchedTextOf(line)));

/** Whether a chunk can hold a line that is found, by its header alone: no is certain. */
export const mayMeet = (condition: LogCondition, header: ChunkHeader): boolean =>
  header.last >= condition.from &&
  header.first < condition.to &&
  isOneOf(condition.workflows, header.workflow) &&
  isOneOf(condition.tasks, header.task) &&
  (condition.run === undefined || condition.run === header.run) &&
  (condition.version === undefined || condition.version === header.version) &&
  totalOf(askedFor(condition, header.counts, header.fate === 'superseded')) > 0 &&
  (condition.operation === undefined ||
    (header.operations?.includes(condition.operation) ?? true)) &&
  (condition.category === undefined || (header.categories?.includes(condition.category) ?? true)) &&
  (condition.query === undefined ||
    mayMatch(condition.query, (token) => mayHold(header.filter, token)));

/** Whether what is found in a chunk hangs on whether failures of its attempt are shown. */
export const hangsOnFate = (
  { levels }: Pick<LogCondition, 'levels'>,
  { fate, counts }: Pick<ChunkHeader, 'fate' | 'counts'>,
): boolean => fate === 'pending' && counts[3] > 0 && isOneOf(levels, 'ERROR');

/** Counts of what is found in a chunk, by the start of each bucket in epoch ms. */
export type BucketCounts = readonly (readonly [number, Counts])[];

/**
 * What a chunk that may meet the condition counts, by its header alone; undefined when its lines must be read: for a
 * content, for one of several operations or categories, and where an edge of the range or of a bucket cuts a minute of it.
 */
export const countsByHeader = (
  condition: LogCondition,
  header: ChunkHeader,
  { bucketMs, fate }: { readonly bucketMs: number; readonly fate: Fate },
): BucketCounts | undefined => {
  if (condition.query !== undefined) return undefined;
  if (condition.operation !== undefined && header.operations?.length !== 1) return undefined;
  if (condition.category !== undefined && header.categories?.length !== 1) return undefined;

  const hidden = fate !== 'shown';
  const bucket = bucketOf(Date.parse(header.first), bucketMs);
  const isWithin = header.first >= condition.from && header.last < condition.to;
  if (isWithin && bucketOf(Date.parse(header.last), bucketMs) === bucket)
    return [[bucket, askedFor(condition, header.counts, hidden)]];

  const edges = [condition.from, condition.to].filter(
    (edge) => edge > header.first && edge <= header.last,
  );
  const isAligned = edges.every((edge) => Date.parse(edge) % 60_000 === 0);
  if (header.minutes === undefined || bucketMs % 60_000 !== 0 || !isAligned) return undefined;
  const start = minuteOf(header.first);
  return header.minutes.flatMap(([minute, ...counts]): [number, Counts][] => {
    const at = (start + minute) * 60_000;
    // The minute of `first` may begin before the range, but its lines do not.
    const isIn =
      (at >= Date.parse(condition.from) || (minute === 0 && header.first >= condition.from)) &&
      at < Date.parse(condition.to);
    return isIn ? [[bucketOf(at, bucketMs), askedFor(condition, counts, hidden)]] : [];
  });
};

/** What lines that were read count. */
export const countsOfLines = (lines: readonly LogLine[], bucketMs: number): BucketCounts => {
  const buckets = new Map<number, OpenCounts>();
  for (const line of lines) {
    const bucket = bucketOf(Date.parse(line.at), bucketMs);
    const counts = buckets.get(bucket) ?? emptyCounts();
    countLevel(counts, line.level);
    buckets.set(bucket, counts);
  }
  return [...buckets];
};

const bucketOf = (ms: number, bucketMs: number): number => Math.floor(ms / bucketMs) * bucketMs;

const askedFor = (
  { levels }: Pick<LogCondition, 'levels'>,
  counts: Counts,
  hidden: boolean,
): Counts =>
  counts.map((count, n) => {
    const level = LogLevel.options[n];
    if (hidden && level === 'ERROR') return 0;
    return level !== undefined && isOneOf(levels, level) ? count : 0;
  }) as unknown as Counts;

const isOneOf = <T>(wanted: readonly T[] | undefined, value: T): boolean =>
  wanted === undefined || wanted.includes(value);
