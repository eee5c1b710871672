import { Temporal } from 'temporal-polyfill';
import { isoOf, plusDays } from '../kernel/calendar-day.ts';
import type { Instant, Zone } from '../kernel/time.schema.ts';
import { patternOf } from './read-schedule.ts';
import type { DstPolicy, Schedule } from './schedule.schema.ts';
import { firesOn } from './wall-pattern.ts';

/**
 * What a change of clocks does to a wall time of a schedule: `shifted` and `skipped` do not exist that day, `doubled`
 * happens twice and runs twice, `once` happens twice and runs once (design.md §6).
 */
export type DstMark = {
  readonly kind: 'shifted' | 'skipped' | 'doubled' | 'once';
  /** When the clocks change. */
  readonly at: Instant;
  readonly local: string;
};

export type DstSpan = {
  readonly zone: Zone;
  readonly dst: DstPolicy;
  readonly from: Instant;
  readonly to: Instant;
};

/** Every wall time of a schedule that a change of clocks between `from` and `to` touches, in order of time. */
export const dstMarksOf = (
  schedule: Schedule,
  { zone, dst, from, to }: DstSpan,
): readonly DstMark[] => {
  const pattern = patternOf(schedule);
  return changesBetween(zone, from, to).flatMap(({ at, before, after }) => {
    const gap = after > before;
    const low = at + Math.min(before, after);
    const high = at + Math.max(before, after);
    const day = isoOf(low).slice(0, 10);
    const walls = [day, plusDays(day, 1)]
      .filter((each) => firesOn(pattern, each))
      .flatMap((each) => {
        const midnight = Date.parse(`${each}T00:00:00Z`);
        return pattern.secondsOfDay.map((second) => midnight + second * 1000);
      })
      .filter((wall) => wall >= low && wall < high);
    const kind = kindOf(gap, pattern.interval, dst);
    return walls.map((wall) => ({ kind, at: isoOf(at), local: isoOf(wall).slice(0, 16) }));
  });
};

const kindOf = (gap: boolean, interval: boolean, dst: DstPolicy): DstMark['kind'] => {
  if (!gap) return interval ? 'doubled' : 'once';
  return interval || dst === 'skip' ? 'skipped' : 'shifted';
};

/** The changes of clocks of a zone, with what it is ahead of UTC before and after, in ms. */
const changesBetween = (zone: Zone, from: Instant, to: Instant) => {
  const changes: { readonly at: number; readonly before: number; readonly after: number }[] = [];
  let current = Temporal.Instant.from(from).toZonedDateTimeISO(zone);
  for (;;) {
    const next = current.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= Date.parse(to)) return changes;
    changes.push({
      at: next.epochMilliseconds,
      before: current.offsetNanoseconds / 1e6,
      after: next.offsetNanoseconds / 1e6,
    });
    current = next;
  }
};
