import { isoOf, plusDays, plusSeconds } from '../../../../shared/domain/kernel/calendar-day.ts';
import { instantOfLocal } from '../../../../shared/domain/schedule/instant-of-local.ts';
import { localDateAt } from '../../../../shared/domain/schedule/local-date-at.ts';

/** How a list of runs is narrowed in time. */
export type RunRange = {
  readonly range?: 'yesterday' | '7d' | '30d' | 'all' | undefined;
  /** Days of one's own go before `range`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly bizDate?: string | undefined;
  /** Instants between which the runs started. */
  readonly startedFrom?: string | undefined;
  readonly startedUntil?: string | undefined;
};

/** What of `RunRange` holds: the name of its choice. */
export const chosenRange = ({ range, from, to, bizDate, startedFrom, startedUntil }: RunRange) => {
  if (from !== undefined || to !== undefined) return 'custom';
  const asksForOther = [bizDate, startedFrom, startedUntil].some((each) => each !== undefined);
  return range ?? (asksForOther ? 'all' : 'today');
};

/**
 * The instants between which runs are due, whole days of a zone: today unless something else is asked for (W10). A business
 * date or a start alone is looked for at any time, since such runs need not be due today.
 */
export const rangeOf = (
  asked: RunRange,
  zone: string,
  nowMs: number,
): { readonly from?: string; readonly until?: string } => {
  const today = localDateAt(isoOf(nowMs), zone);
  const days = (first: string | undefined, last: string | undefined) => ({
    ...(first && { from: instantOfLocal(`${first}T00:00`, zone) }),
    ...(last && { until: plusSeconds(instantOfLocal(`${plusDays(last, 1)}T00:00`, zone), -0.001) }),
  });
  switch (chosenRange(asked)) {
    case 'custom':
      return days(asked.from, asked.to);
    case 'all':
      return {};
    case 'today':
      return days(today, today);
    case 'yesterday':
      return days(plusDays(today, -1), plusDays(today, -1));
    case '7d':
      return days(plusDays(today, -6), today);
    case '30d':
      return days(plusDays(today, -29), today);
  }
};
