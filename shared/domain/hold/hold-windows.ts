import { plusDays } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import type { Hold } from './hold.schema.ts';

/** A stretch of time; without `to` it is open. */
export type HoldWindow = { readonly from: Instant; readonly to?: Instant | undefined };

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

/** When a hold lasts between two instants, in order of time: for a calendar. The gate asks `activeHold` instead. */
export const holdWindowsOf = (hold: Hold, from: Instant, to: Instant): readonly HoldWindow[] => {
  const begins = hold.from ?? hold.since;
  const { until, weekly } = hold;
  const clipped = (start: Instant, end: Instant | undefined): HoldWindow[] => {
    const first = start < begins ? begins : start;
    const last = end === undefined || (until !== undefined && until < end) ? until : end;
    if (first >= to || (last !== undefined && (last <= first || last <= from))) return [];
    return [{ from: first, to: last }];
  };
  if (!weekly) return clipped(begins, until);

  const windows: HoldWindow[] = [];
  const last = plusDays(to.slice(0, 10), 1);
  for (let day = plusDays(from.slice(0, 10), -2); day <= last; day = plusDays(day, 1)) {
    const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()];
    if (weekday === undefined || !weekly.days.includes(weekday)) continue;
    const endDay = weekly.to > weekly.from ? day : plusDays(day, 1);
    windows.push(
      ...clipped(
        instantOfLocal(`${day}T${weekly.from}`, weekly.zone),
        instantOfLocal(`${endDay}T${weekly.to}`, weekly.zone),
      ),
    );
  }
  return windows;
};
