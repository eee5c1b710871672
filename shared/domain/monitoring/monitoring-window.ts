import { isoOf, plusDays } from '../kernel/calendar-day.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant, Zone } from '../kernel/time.schema.ts';
import { countedMs } from '../run/run-counts.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';

/** The overview of runs reaches back so many days before today (workflows-and-logs B1.1). */
export const monitoringReachDays = 7;

/** From `from`, included, to `to`, not included. */
export type MonitoringWindow = { readonly from: Instant; readonly to: Instant };

type WindowRefused = { readonly field: 'from' | 'to'; readonly message: string };

const hourMs = 3_600_000;

/** The earliest instant that can be asked for: the beginning of a day in the zone. */
export const oldestMonitored = (now: Instant, zone: Zone): Instant =>
  instantOfLocal(`${plusDays(localDateAt(now, zone), -monitoringReachDays)}T00:00`, zone);

/**
 * The stretch of time that is counted: today up to now unless something else is asked for, widened to whole five minutes,
 * since runs are counted by them. What lies too far back is refused with the field that is wrong.
 */
export const monitoringWindow = (
  asked: { readonly from?: Instant | undefined; readonly to?: Instant | undefined },
  now: Instant,
  zone: Zone,
): Result<MonitoringWindow, WindowRefused> => {
  const { from = instantOfLocal(`${localDateAt(now, zone)}T00:00`, zone), to = now } = asked;
  const oldest = oldestMonitored(now, zone);
  const newest = instantOfLocal(`${plusDays(localDateAt(now, zone), 2)}T00:00`, zone);
  if (from < oldest)
    return err({
      field: 'from',
      message: `must not lie before ${oldest}: the overview reaches back ${monitoringReachDays} days`,
    });
  if (from >= newest) return err({ field: 'from', message: `must lie before ${newest}` });
  if (to <= from && asked.to !== undefined)
    return err({ field: 'to', message: `must lie after from, ${from}` });
  if (to > newest) return err({ field: 'to', message: `must not lie after ${newest}` });
  const start = Math.floor(Date.parse(from) / countedMs) * countedMs;
  const end = Math.ceil(Date.parse(to) / countedMs) * countedMs;
  return ok({ from: isoOf(start), to: isoOf(Math.max(end, start + countedMs)) });
};

/** Width of the steps of a chart: 5 minutes up to 6 hours, 15 minutes up to a day, 1 hour up to 3 days, else 6 hours. */
export const stepSecondsOf = ({ from, to }: MonitoringWindow): number => {
  const ms = Date.parse(to) - Date.parse(from);
  if (ms <= 6 * hourMs) return 300;
  if (ms <= 24 * hourMs) return 900;
  return ms <= 72 * hourMs ? 3_600 : 21_600;
};

/** The days in UTC that a window touches, the newest first. */
export const utcDaysOf = ({ from, to }: MonitoringWindow): readonly string[] => {
  const last = isoOf(Date.parse(to) - 1).slice(0, 10);
  const days: string[] = [];
  for (let day = last; day >= from.slice(0, 10); day = plusDays(day, -1)) days.push(day);
  return days;
};
