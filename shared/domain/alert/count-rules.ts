import { plusDays } from '../kernel/calendar-day.ts';
import type { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import type { DayCounts } from '../run/day-counts.ts';
import { localDateAt } from '../schedule/local-date-at.ts';
import type { AlertCondition } from './alert-rule.schema.ts';

/** The business dates whose instances run today, or yesterday and past midnight. */
export const countedDates = (now: Instant, zone: Zone): readonly BizDate[] => {
  const today = localDateAt(now, zone);
  return [plusDays(today, -1), plusDays(today, -2)];
};

/** How many instances of a date have failed for good; what somebody terminated is no failure. */
const failedOf = ({ counts, outcomes }: Pick<DayCounts, 'counts' | 'outcomes'>): number =>
  Math.max(0, (counts.FAILED ?? 0) - (outcomes.terminated ?? 0));

/** Whether the failures of a business date reach the threshold of a condition, and the numbers that say so. */
export const reachesCount = (
  condition: AlertCondition,
  day: DayCounts,
): { readonly count: number; readonly total: number; readonly share: number } | undefined => {
  const count = failedOf(day);
  const share = day.total === 0 ? 0 : Math.floor((count * 1000) / day.total) / 10;
  const facts = { count, total: day.total, share };
  if (condition.on === 'failed-count') return count >= condition.atLeast ? facts : undefined;
  if (condition.on === 'failed-share')
    return count > 0 && count * 100 >= condition.percent * day.total ? facts : undefined;
  return undefined;
};
