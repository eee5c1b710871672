import { plusDays } from '../kernel/calendar-day.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { BizDate } from '../kernel/time.schema.ts';
import { type CronProblem, parseCron } from './parse-cron.ts';
import type { Schedule } from './schedule.schema.ts';
import type { WallPattern } from './wall-pattern.ts';

/** The wall times of a schedule of any form. Minute and hour forms with an interval are intervals, all else is fixed. */
export const readSchedule = (schedule: Schedule): Result<WallPattern, CronProblem> => {
  switch (schedule.every) {
    case 'cron':
      return parseCron(schedule.cron);
    case 'minute':
      return ok({
        secondsOfDay: windowOf(schedule.from, schedule.to, schedule.interval),
        interval: true,
        nextDay: everyDay,
      });
    case 'hour':
      return ok(
        schedule.at
          ? { secondsOfDay: timesOf(schedule.at), interval: false, nextDay: everyDay }
          : {
              secondsOfDay: windowOf(schedule.from, schedule.to, schedule.interval * 60),
              interval: true,
              nextDay: everyDay,
            },
      );
    default:
      return ok({
        secondsOfDay: timesOf([schedule.at]),
        interval: false,
        nextDay: schedule.every === 'day' ? everyDay : dayRuleOf(schedule),
      });
  }
};

/** The wall times of a schedule that has passed publish; throws on a cron that does not parse. */
export const patternOf = (schedule: Schedule): WallPattern => {
  const pattern = readSchedule(schedule);
  if (!pattern.ok) throw new Error(`schedule does not parse: ${pattern.error.message}`);
  return pattern.value;
};

const everyDay = (from: BizDate): BizDate => from;

const secondOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 3600 + Number(clock.slice(3)) * 60;

const timesOf = (clocks: readonly string[]): readonly number[] =>
  [...new Set(clocks.map(secondOf))].sort((a, b) => a - b);

/** Closed at both ends: 00:00–03:00 in steps of an hour are four times. */
const windowOf = (from: string, to: string, stepMinutes: number): readonly number[] => {
  const times: number[] = [];
  for (let second = secondOf(from); second <= secondOf(to); second += stepMinutes * 60) {
    times.push(second);
  }
  return times;
};

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

/** February 29 can be eight years away (2096 to 2104); the Gregorian calendar has no longer wait for a date. */
const farthestDays = 366 * 8 + 1;

const dayRuleOf = (
  schedule: Extract<Schedule, { every: 'week' | 'month' | 'year' }>,
): WallPattern['nextDay'] => {
  const fires = (day: BizDate): boolean => {
    switch (schedule.every) {
      case 'week':
        return schedule.on.some(
          (weekday) => weekday === weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()],
        );
      case 'month':
        return schedule.on.some((rule) =>
          rule === 'last' ? plusDays(day, 1).endsWith('-01') : rule === Number(day.slice(8)),
        );
      case 'year':
        return schedule.on.includes(day.slice(5));
    }
  };

  return (from) => {
    let day = from;
    for (let looked = 0; looked < farthestDays; looked++) {
      if (fires(day)) return day;
      day = plusDays(day, 1);
    }
    return undefined;
  };
};
