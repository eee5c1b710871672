import { plusDays } from '../kernel/calendar-day.ts';
import type { BizDate } from '../kernel/time.schema.ts';
import type { BackfillDates } from './backfill.schema.ts';

/** A date in the group it runs in. Within a group the order of the list is the order of running. */
export type GroupedDate = { readonly bizDate: BizDate; readonly group: number };

/**
 * Every business date that is named, once, in calendar order, at most `most` of them. `submittedOn` is the run date from
 * which the last days count: its own business date is the day before it.
 */
export const datesNamed = (
  dates: BackfillDates,
  submittedOn: BizDate,
  most: number,
): readonly BizDate[] => {
  const ranges =
    'last' in dates
      ? [{ from: plusDays(submittedOn, -dates.last), to: plusDays(submittedOn, -1) }]
      : dates.ranges;
  const named = new Set<BizDate>();
  for (const { from, to } of ranges)
    for (let date = from; date <= to && named.size < most; date = plusDays(date, 1))
      named.add(date);
  return [...named].toSorted();
};

/**
 * Cuts dates into at most `groups` contiguous groups, earlier ones larger; a group runs one date after the other, groups
 * run side by side. With as many groups as dates all run at once (nodes-and-instances 3.4, semantics 2).
 */
export const groupDates = (
  dates: readonly BizDate[],
  groups: number,
  order: 'asc' | 'desc',
): readonly GroupedDate[] => {
  const inOrder = order === 'asc' ? dates : dates.toReversed();
  const count = Math.min(groups, inOrder.length);
  const [size, larger] = [Math.floor(inOrder.length / count), inOrder.length % count];
  const firstOfSmaller = larger * (size + 1);
  return inOrder.map((bizDate, n) => ({
    bizDate,
    group:
      n < firstOfSmaller
        ? Math.floor(n / (size + 1))
        : larger + Math.floor((n - firstOfSmaller) / size),
  }));
};
