import type { Calendar } from '../../../../shared/domain/calendar/calendar.schema.ts';
import { isCalendarDay } from '../../../../shared/domain/calendar/is-calendar-day.ts';

/** The first day from `today` on at which the calendar says otherwise than its week; undefined when there is none. */
export const nextException = (
  calendar: Calendar,
  today: string,
): { readonly day: string; readonly working: boolean } | undefined => {
  const [day] = [...calendar.holidays, ...calendar.extraDays]
    .filter((each) => each >= today)
    .toSorted();
  return day === undefined ? undefined : { day, working: isCalendarDay(calendar, day) };
};
