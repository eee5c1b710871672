import type { LogHistogram } from '../../../../shared/contracts/api/log-search.ts';
import type { LogLevel } from '../../../../shared/domain/log/log-line.schema.ts';

const levelsUpward = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;

export type HistogramBar = {
  /** Place from the left, in buckets. */
  readonly x: number;
  readonly from: string;
  readonly total: number;
  readonly errors: number;
  /** Levels from the bottom up, in lines. */
  readonly parts: readonly {
    readonly level: LogLevel;
    readonly from: number;
    readonly size: number;
  }[];
};

/** The bars of a histogram and how many buckets and lines they need; buckets without lines have none. */
export const barsOf = ({ from, to, bucketSeconds, buckets }: LogHistogram) => {
  const start = Date.parse(from);
  const bucketMs = bucketSeconds * 1000;
  const slots = Math.max(1, Math.ceil((Date.parse(to) - start) / bucketMs));
  const bars = buckets.flatMap((bucket): HistogramBar[] => {
    const total = levelsUpward.reduce((sum, level) => sum + bucket.counts[level], 0);
    if (total === 0) return [];
    let below = 0;
    const parts = levelsUpward.flatMap((level) => {
      const size = bucket.counts[level];
      const part = { level, from: below, size };
      below += size;
      return size > 0 ? [part] : [];
    });
    const x = Math.floor((Date.parse(bucket.from) - start) / bucketMs);
    return [{ x: Math.max(0, x), from: bucket.from, total, errors: bucket.counts.ERROR, parts }];
  });
  return { bars, slots, most: Math.max(1, ...bars.map(({ total }) => total)) };
};

/** The instants of buckets `a` to `b` (both included, in any order), within the histogram. */
export const spanOfBuckets = (
  { from, to, bucketSeconds }: LogHistogram,
  a: number,
  b: number,
): { readonly from: string; readonly to: string } => {
  const start = Date.parse(from);
  const at = (bucket: number) =>
    new Date(Math.min(Date.parse(to), start + bucket * bucketSeconds * 1000)).toISOString();
  return { from: at(Math.min(a, b)), to: at(Math.max(a, b) + 1) };
};

/** Two answers of one count, the later one for the rest of the range: together they are the count so far. */
export const joinHistograms = (a: LogHistogram | undefined, b: LogHistogram): LogHistogram => {
  if (!a) return b;
  const buckets = new Map(a.buckets.map((bucket) => [bucket.from, bucket]));
  for (const { from, counts } of b.buckets) {
    const before = buckets.get(from)?.counts;
    buckets.set(from, { from, counts: before ? sum(before, counts) : counts });
  }
  return {
    ...b,
    buckets: [...buckets.values()].toSorted((x, y) => (x.from < y.from ? -1 : 1)),
    counts: sum(a.counts, b.counts),
    total: a.total + b.total,
    meta: {
      ...b.meta,
      chunks: a.meta.chunks + b.meta.chunks,
      skipped: a.meta.skipped + b.meta.skipped,
      lines: a.meta.lines + b.meta.lines,
      elapsedMs: a.meta.elapsedMs + b.meta.elapsedMs,
    },
  };
};

type Counts = LogHistogram['counts'];

const sum = (a: Counts, b: Counts): Counts => ({
  DEBUG: a.DEBUG + b.DEBUG,
  INFO: a.INFO + b.INFO,
  WARN: a.WARN + b.WARN,
  ERROR: a.ERROR + b.ERROR,
});
