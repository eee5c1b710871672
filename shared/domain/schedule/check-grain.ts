import { err, ok, type Result } from '../kernel/result.ts';
import type { CronProblem } from './parse-cron.ts';
import { readSchedule } from './read-schedule.ts';
import type { Schedule } from './schedule.schema.ts';
import type { WallPattern } from './wall-pattern.ts';

export type ScheduleProblem = {
  readonly field: CronProblem['field'] | 'interval' | 'to' | 'at' | 'on';
  readonly message: string;
};

/** The smallest grain that publish accepts unless an administrator lowered the project's floor to 1 (N5). */
const defaultFloorMinutes = 5;

/**
 * Whether publish may accept a schedule: it parses, fires at whole minutes, at least `floorMinutes` apart, and on a day
 * that exists. Answers the grain in minutes (1440 for once a day).
 */
export const checkGrain = (
  schedule: Schedule,
  floorMinutes: number = defaultFloorMinutes,
): Result<number, ScheduleProblem> => {
  const pattern = readSchedule(schedule);
  if (!pattern.ok) return pattern;
  const { secondsOfDay } = pattern.value;

  if (secondsOfDay.length === 0) {
    return err({ field: 'to', message: 'to: lies before from; a window does not pass midnight' });
  }
  if (secondsOfDay.some((second) => second % 60 !== 0)) {
    return err({ field: 'second', message: 'second: must be 0; schedules have whole minutes' });
  }
  const grain = grainMinutes(schedule, pattern.value);
  if (grain < floorMinutes) {
    return err({
      field: grainFieldOf(schedule),
      message: `${grainFieldOf(schedule)}: fires ${grain} min apart; at least ${floorMinutes} min are needed`,
    });
  }
  return neverFires(schedule, pattern.value) ?? ok(grain);
};

/** A form's grain is its interval; of times of day it is the closest pair, the last and the next day's first included. */
const grainMinutes = (schedule: Schedule, { secondsOfDay }: WallPattern): number => {
  if (schedule.every === 'minute') return schedule.interval;
  if (schedule.every === 'hour' && !schedule.at) return schedule.interval * 60;
  const gaps = secondsOfDay.map((second, index) => {
    const next = secondsOfDay[index + 1] ?? (secondsOfDay[0] ?? 0) + 86_400;
    return (next - second) / 60;
  });
  return Math.min(...gaps);
};

const grainFieldOf = (schedule: Schedule): ScheduleProblem['field'] => {
  if (schedule.every === 'cron') return 'minute';
  return schedule.every === 'hour' && schedule.at ? 'at' : 'interval';
};

/** Past years are not judged here: whether a year is over depends on the clock, and publish is no function of it. */
const neverFires = (
  schedule: Schedule,
  pattern: WallPattern,
): Result<never, ScheduleProblem> | undefined => {
  if (schedule.every === 'year') {
    const wrong = schedule.on.find((day) => !existsInLeapYear(day));
    return wrong === undefined
      ? undefined
      : err({ field: 'on', message: `on: ${wrong} is not a date of any year` });
  }
  return pattern.nextDay('1970-01-01') === undefined
    ? err({
        field: 'day-of-month',
        message: 'day-of-month: no such day in the chosen months (and years); it would never fire',
      })
    : undefined;
};

const existsInLeapYear = (monthAndDay: string): boolean =>
  new Date(`2000-${monthAndDay}T00:00:00Z`).toISOString().slice(5, 10) === monthAndDay;
