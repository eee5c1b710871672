import type { BizDate } from '../kernel/time.schema.ts';
import type { Calendar } from './calendar.schema.ts';
import { isCalendarDay } from './is-calendar-day.ts';

type Days = Pick<Calendar, 'weekdays' | 'holidays' | 'extraDays'>;

/** The calendar in which `day` is `working`: an exception is written down only where the weekly pattern says otherwise. */
export const setDay = <C extends Days>(calendar: C, day: BizDate, working: boolean): C => {
  const without = {
    ...calendar,
    holidays: calendar.holidays.filter((each) => each !== day),
    extraDays: calendar.extraDays.filter((each) => each !== day),
  };
  if (isCalendarDay(without, day) === working) return without;
  const list = working ? 'extraDays' : 'holidays';
  return { ...without, [list]: [...without[list], day].toSorted() };
};
