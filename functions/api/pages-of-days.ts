import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { Page } from '../stores/table.ts';

/** Every day from `from` to `to`, both included. */
export const daysUpTo = (from: BizDate, to: BizDate): readonly BizDate[] => {
  const days: BizDate[] = [];
  for (let day = from; day <= to; day = plusDays(day, 1)) days.push(day);
  return days;
};

/** The cursor that goes on within `day` right after the sort key `after`; without one at its beginning. */
export const placeAfter = (day: BizDate, after: string | undefined): string | undefined =>
  cursorOf(after === undefined ? { day } : { day, after });

/**
 * Reads the lists of several days as one, day by day in the order given. Its cursors name the day. Fault 'InputInvalid' on
 * a cursor of another list.
 */
export const pagesOfDays =
  <T>(
    days: readonly BizDate[],
    pageOf: (day: BizDate, size: number, cursor: string | undefined) => Promise<Page<T>>,
  ) =>
  async (size: number, cursor: string | undefined): Promise<Page<T>> => {
    const place = positionOf(cursor);
    const at = place ? days.indexOf(place.day ?? '') : 0;
    const day = days[at];
    if (day === undefined) throw new Fault('InputInvalid', 'cursor: not one of this list');

    const after = place?.after;
    const page = await pageOf(day, size, after === undefined ? undefined : cursorOf({ after }));
    const last = positionOf(page.cursor)?.after;
    if (last !== undefined) return { items: page.items, cursor: placeAfter(day, last) };
    const next = days[at + 1];
    return { items: page.items, cursor: next && placeAfter(next, undefined) };
  };
