import { isoOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';

/** Width of a bar of the density: five minutes. */
export const bucketMs = 300_000;

/** What falls due within five minutes from `at`: fires, and the tasks that they start. */
export type Bucket = { readonly at: Instant; readonly fires: number; readonly tasks: number };

/** Many tasks at once, and where nearby there is more room. */
export type HerdPeak = Bucket & {
  /** The quietest five minutes within an hour before and after, where there are fewer. */
  readonly quieter?: Bucket | undefined;
};

/** How many fires and tasks fall into each five minutes, in order of time; empty ones are left out. */
export const densityOf = (
  fires: readonly { readonly at: Instant; readonly fires?: number; readonly tasks: number }[],
): readonly Bucket[] => {
  const buckets = new Map<number, { fires: number; tasks: number }>();
  for (const { at, tasks, fires: count = 1 } of fires) {
    const start = Math.floor(Date.parse(at) / bucketMs) * bucketMs;
    const bucket = buckets.get(start) ?? { fires: 0, tasks: 0 };
    buckets.set(start, { fires: bucket.fires + count, tasks: bucket.tasks + tasks });
  }
  return [...buckets]
    .toSorted(([a], [b]) => a - b)
    .map(([start, counts]) => ({ at: isoOf(start), ...counts }));
};

const nearbyBuckets = 12;
const timesMean = 4;

/**
 * The peaks of a stretch of time, the largest first: five minutes in which at least `least` tasks fall due and four
 * times as many as on average. A peak names the quietest five minutes within an hour of it (what-users-ask-for 48).
 */
export const herdPeaks = (
  density: readonly Bucket[],
  { from, to, least }: { readonly from: Instant; readonly to: Instant; readonly least: number },
): readonly HerdPeak[] => {
  const slots = Math.max(1, Math.ceil((Date.parse(to) - Date.parse(from)) / bucketMs));
  const mean = density.reduce((sum, { tasks }) => sum + tasks, 0) / slots;
  const byStart = new Map(density.map((bucket) => [Date.parse(bucket.at), bucket]));

  return density
    .filter(({ tasks }) => tasks >= least && tasks >= timesMean * mean)
    .map((peak) => ({ ...peak, quieter: quieterThan(peak, byStart, from, to) }))
    .toSorted((a, b) => b.tasks - a.tasks || (a.at < b.at ? -1 : 1));
};

const quieterThan = (
  peak: Bucket,
  byStart: ReadonlyMap<number, Bucket>,
  from: Instant,
  to: Instant,
): Bucket | undefined => {
  const start = Date.parse(peak.at);
  const steps = Array.from({ length: nearbyBuckets }, (_, n) => n + 1).flatMap((n) => [n, -n]);
  let best: Bucket | undefined;
  // Nearest first, so that of equally quiet ones the nearest wins, and later before earlier.
  for (const step of steps) {
    const at = start + step * bucketMs;
    if (at < Date.parse(from) || at >= Date.parse(to)) continue;
    const bucket = byStart.get(at) ?? { at: isoOf(at), fires: 0, tasks: 0 };
    if (bucket.tasks < (best?.tasks ?? peak.tasks)) best = bucket;
  }
  return best;
};
