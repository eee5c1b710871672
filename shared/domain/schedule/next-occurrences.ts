import { isoOf, plusDays } from '../kernel/calendar-day.ts';
import type { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import { placeWalls } from './place-walls.ts';
import { patternOf } from './read-schedule.ts';
import type { DstPolicy, Occurrence, Schedule } from './schedule.schema.ts';
import type { WallPattern } from './wall-pattern.ts';

export type OccurrencesQuery = {
  readonly zone: Zone;
  readonly dst: DstPolicy;
  /** Exclusive. */
  readonly from: Instant;
  readonly count: number;
};

/**
 * The next `count` fires after `from`, ascending; fewer when the schedule ends (years) or never fires. Off days are no
 * fires. A function of the schedule and the instant alone, so whoever asks again gets the same answer (design.md §6).
 * Takes a parsed cron or a published schedule; throws on a schedule whose cron does not parse (publish refuses those).
 */
export const nextOccurrences = (
  schedule: Schedule | WallPattern,
  { zone, dst, from, count }: OccurrencesQuery,
): readonly Occurrence[] => {
  const pattern = 'every' in schedule ? patternOf(schedule) : schedule;
  const found: Occurrence[] = [];
  if (count < 1) return found;

  const walls = (start: number) => wallsFrom(pattern, start);
  const rule = { zone, dst, interval: pattern.interval };
  for (const occurrence of placeWalls(walls, rule, Date.parse(from) + 1)) {
    found.push(occurrence);
    if (found.length === count) break;
  }
  return found;
};

function* wallsFrom(pattern: WallPattern, start: number): Generator<number> {
  let day = nextDay(pattern, isoOf(start).slice(0, 10));
  while (day !== undefined) {
    const midnight = Date.parse(`${day}T00:00:00Z`);
    for (const second of pattern.secondsOfDay) {
      const wall = midnight + second * 1000;
      if (wall >= start) yield wall;
    }
    day = nextDay(pattern, plusDays(day, 1));
  }
}

/** A pattern without times of day would be asked for ever more days. */
const nextDay = (pattern: WallPattern, from: BizDate): BizDate | undefined =>
  pattern.secondsOfDay.length === 0 ? undefined : pattern.nextDay(from);
