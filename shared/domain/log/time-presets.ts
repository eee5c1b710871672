import { isoOf, plusDays } from '../kernel/calendar-day.ts';
import type { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';
import type { TimeSpan } from './time-span.ts';

/** Half-open: `from` belongs to it, `to` does not. */
export type TimeRange = { readonly from: Instant; readonly to: Instant };

const minuteMs = 60_000;
const spans: Readonly<Partial<Record<TimeSpan, number>>> = {
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '6h': 360,
  '1d': 1440,
  '3d': 3 * 1440,
  '7d': 7 * 1440,
  '30d': 30 * 1440,
};

/**
 * The instants of a choice at `now`. Spans are real time; days and weeks are those of the calendar in `zone` (a day of 23
 * or 25 hours counts as a day), weeks begin on Monday.
 */
export const rangeOfSpan = (span: TimeSpan, now: Instant, zone: Zone): TimeRange => {
  const minutes = spans[span];
  if (minutes !== undefined) return { from: isoOf(Date.parse(now) - minutes * minuteMs), to: now };

  const today = localDateAt(now, zone);
  const monday = plusDays(today, -daysSinceMonday(today));
  const midnight = (day: BizDate): Instant => instantOfLocal(`${day}T00:00`, zone);
  switch (span) {
    case 'yesterday':
      return { from: midnight(plusDays(today, -1)), to: midnight(today) };
    case 'day-before':
      return { from: midnight(plusDays(today, -2)), to: midnight(plusDays(today, -1)) };
    case 'this-week':
      return { from: midnight(monday), to: now };
    case 'last-week':
      return { from: midnight(plusDays(monday, -7)), to: midnight(monday) };
    default:
      return { from: midnight(today), to: now };
  }
};

/** Logs are kept so long, in days, unless the deployment says otherwise. */
export const logDays = 30;

export type RangeProblem = 'order' | 'too-old';

/** What is wrong with a range that somebody chose; undefined when nothing is. */
export const problemOfRange = (
  { from, to }: TimeRange,
  now: Instant,
  days = logDays,
): RangeProblem | undefined => {
  if (from >= to) return 'order';
  return Date.parse(from) < Date.parse(now) - days * 1440 * minuteMs ? 'too-old' : undefined;
};

/** Whether the range still grows: only then is there anything to refresh. */
export const isLive = (span: TimeSpan | 'custom', { to }: TimeRange, now: Instant): boolean =>
  span === 'custom' ? to >= now : !['yesterday', 'day-before', 'last-week'].includes(span);

const daysSinceMonday = (day: BizDate): number =>
  (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
