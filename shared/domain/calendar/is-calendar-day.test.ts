import { describe, expect, it } from 'vitest';
import { Calendar } from './calendar.schema.ts';
import { isCalendarDay } from './is-calendar-day.ts';

const calendar = Calendar.parse({
  name: 'office',
  kind: 'workdays',
  holidays: ['2026-12-25', '2026-12-26'],
  extraDays: ['2026-11-21', '2026-12-26'],
});

describe('a calendar of working days', () => {
  it.each([
    ['2026-11-20', true, 'a Friday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-11-21', true, 'an extra Saturday'],
    ['2026-12-25', false, 'a holiday on a Friday'],
    ['2026-12-26', true, 'a day on both lists'],
  ])('%s: %s, %s', (day, included) => {
    expect(isCalendarDay(calendar, day)).toBe(included);
  });
});
