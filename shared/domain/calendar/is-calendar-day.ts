import type { BizDate } from '../kernel/time.schema.ts';
import type { Calendar } from './calendar.schema.ts';

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

/** The calendar includes this day; on others a task with this calendar has an off day (nodes-and-instances 6.5). */
export const isCalendarDay = (
  calendar: Pick<Calendar, 'weekdays' | 'holidays' | 'extraDays'>,
  day: BizDate,
): boolean => {
  if (calendar.extraDays.includes(day)) return true;
  if (calendar.holidays.includes(day)) return false;
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return calendar.weekdays.some((included) => included === weekday);
};
