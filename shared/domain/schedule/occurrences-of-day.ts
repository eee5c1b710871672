import type { BizDate, Zone } from '../kernel/time.schema.ts';
import { placeWalls } from './place-walls.ts';
import { patternOf } from './read-schedule.ts';
import type { DayOccurrence, DstPolicy, Schedule } from './schedule.schema.ts';
import { firesOn, type WallPattern } from './wall-pattern.ts';

export type RunDay = { readonly zone: Zone; readonly dst: DstPolicy; readonly runDate: BizDate };

const dayMs = 86_400_000;

/** No zone is further from UTC than this, so a local day lies within its UTC reading plus and minus it. */
const farthestOffsetMs = 26 * 3_600_000;

/**
 * The cycles of one run date (the local calendar day) in order; the index of an instance is its position + 1. They
 * belong to the day they were *asked for*: 23:30 that a gap shifts to 00:00 stays a cycle of its own day.
 *
 * An off day (a day without any fire of a week, month or year form, or of a cron with restricted days) has exactly one
 * occurrence, at the first time of day and marked `offDay`, so that dependants find an instance (nodes-and-instances
 * 6.2, 31). A day whose only times a gap swallows under `skip` has none: that is what the policy asks for.
 */
export const occurrencesOfDay = (
  schedule: Schedule | WallPattern,
  { zone, dst, runDate }: RunDay,
): readonly DayOccurrence[] => {
  const pattern = 'every' in schedule ? patternOf(schedule) : schedule;
  const offDay = !firesOn(pattern, runDate);
  const midnight = Date.parse(`${runDate}T00:00:00Z`);
  const times = offDay ? pattern.secondsOfDay.slice(0, 1) : pattern.secondsOfDay;

  const walls = (from: number) =>
    from >= midnight + dayMs
      ? []
      : times.map((second) => midnight + second * 1000).filter((wall) => wall >= from);
  const rule = offDay
    ? { zone, dst: 'shift' as const, interval: false }
    : { zone, dst, interval: pattern.interval };

  return Array.from(placeWalls(walls, rule, midnight - farthestOffsetMs), (occurrence) => ({
    ...occurrence,
    offDay,
  }));
};

/** The schedule has no fire on this run date: its one instance succeeds without running. */
export const isOffDay = (schedule: Schedule, runDate: BizDate): boolean =>
  !firesOn(patternOf(schedule), runDate);
