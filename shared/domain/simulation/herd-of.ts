import type { Instant } from '../kernel/time.schema.ts';
import { type Bucket, densityOf, type HerdPeak, herdPeaks } from '../schedule/herd.ts';
import type { HerdBucket, SimulatedInstance } from './simulation.schema.ts';

/** Fewer attempts than this within five minutes are no herd. */
const leastPeak = 8;

type Attempt = Pick<SimulatedInstance, 'dueAt' | 'startAt'>;

/** Attempts that fall due and that start, in each five minutes in which there are any. */
export const herdOf = (attempts: readonly Attempt[]): readonly HerdBucket[] => {
  const due = dueOf(attempts);
  const started = densityOf(
    attempts.flatMap(({ startAt }) => (startAt === undefined ? [] : [{ at: startAt, tasks: 1 }])),
  );
  const countIn = (density: readonly Bucket[]) =>
    new Map(density.map(({ at, tasks }) => [at, tasks]));
  const [dueAt, startedAt] = [countIn(due), countIn(started)];

  return [...new Set([...dueAt.keys(), ...startedAt.keys()])].toSorted().map((at) => ({
    at,
    due: dueAt.get(at) ?? 0,
    started: startedAt.get(at) ?? 0,
  }));
};

/** The five minutes in which too many attempts fall due, the fullest first, with where nearby there is more room. */
export const peaksOf = (
  attempts: readonly Attempt[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
): readonly HerdPeak[] => herdPeaks(dueOf(attempts), { from, to: until, least: leastPeak });

const dueOf = (attempts: readonly Attempt[]): readonly Bucket[] =>
  densityOf(attempts.map(({ dueAt }) => ({ at: dueAt, tasks: 1 })));
