import { plusDays } from '../kernel/calendar-day.ts';
import type { BizDate } from '../kernel/time.schema.ts';

/** The weeks of a month `YYYY-MM`, Monday first; days of the months around it are missing. */
export const weeksOfMonth = (month: string): readonly (readonly (BizDate | undefined)[])[] => {
  const first = `${month}-01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  return [0, 1, 2, 3, 4, 5]
    .map((week) =>
      [0, 1, 2, 3, 4, 5, 6].map((weekday) => {
        const day = plusDays(first, week * 7 + weekday - before);
        return day.startsWith(month) ? day : undefined;
      }),
    )
    .filter((days) => days.some((day) => day !== undefined));
};
