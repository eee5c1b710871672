import { isoOf, plusDays } from '../../../../shared/domain/kernel/calendar-day.ts';
import { instantOfLocal } from '../../../../shared/domain/schedule/instant-of-local.ts';
import { localDateAt } from '../../../../shared/domain/schedule/local-date-at.ts';

/** The choices of the time selector, in its order (workflows-and-logs B1.1); the first is the default. */
export const monitoringRanges = ['today', 'yesterday', '3d', '7d'] as const;
export type MonitoringRange = (typeof monitoringRanges)[number];

/** What stands in the address; an own beginning and end go before `range`. */
export type AskedWindow = {
  readonly range?: MonitoringRange | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

type AskedRange = {
  readonly from: string;
  /** Missing: up to now, whenever that is. */
  readonly to?: string;
};

export const chosenWindow = ({ range, from, to }: AskedWindow): MonitoringRange | 'custom' =>
  from !== undefined && to !== undefined ? 'custom' : (range ?? 'today');

/** The half-open stretch of time of a choice, days from midnight to midnight in the zone of the project. */
export const windowOf = (asked: AskedWindow, zone: string, nowMs: number): AskedRange => {
  const today = localDateAt(isoOf(nowMs), zone);
  const midnight = (days: number) => instantOfLocal(`${plusDays(today, days)}T00:00`, zone);
  const hoursAgo = (hours: number) => isoOf(nowMs - hours * 3_600_000);
  if (asked.from !== undefined && asked.to !== undefined) return { from: asked.from, to: asked.to };
  switch (asked.range) {
    case 'yesterday':
      return { from: midnight(-1), to: midnight(0) };
    case '3d':
      return { from: hoursAgo(72) };
    case '7d':
      return { from: hoursAgo(7 * 24) };
    default:
      return { from: midnight(0) };
  }
};

/** Whether the window grows with the clock. */
export const includesNow = ({ to }: AskedRange, nowMs: number): boolean =>
  to === undefined || Date.parse(to) > nowMs;
