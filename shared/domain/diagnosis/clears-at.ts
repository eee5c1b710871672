import type { Blocker } from '../gate/decision.schema.ts';
import { laterOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { PoolWait } from './diagnosis.schema.ts';

/** An estimate that has passed says nothing any more: there is no history, or it takes longer than usual. */
export const ahead = (at: Instant | null | undefined, now: Instant): Instant | undefined =>
  at && at > now ? at : undefined;

/** When the last of the blockers is expected to clear; null when one of them cannot be foreseen. */
export const clearsAtOf = (
  blockers: readonly Blocker[],
  pools: readonly Pick<PoolWait, 'pool' | 'expectedAt'>[],
): Instant | null => {
  const ends = blockers.map(({ pool, clearsAt }) => {
    const wait = pools.find((each) => each.pool === pool);
    return wait ? (wait.expectedAt ?? null) : clearsAt;
  });
  return ends.reduce<Instant | null>(
    (latest, end) => (latest === null || end === null ? null : laterOf(latest, end)),
    ends[0] ?? null,
  );
};

/**
 * When the turn of the one at `position` comes, if each end of a holder lets the next one in. Undefined when the end of a
 * holder cannot be foreseen, or more wait before it than hold slots.
 */
export const turnAt = (
  ends: readonly (Instant | undefined)[],
  position: number,
): Instant | undefined => {
  if (ends.length === 0 || ends.includes(undefined)) return undefined;
  return ends.flatMap((end) => end ?? []).toSorted()[position - 1];
};
