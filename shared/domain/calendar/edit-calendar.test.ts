import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../kernel/calendar-day.ts';
import { Calendar } from './calendar.schema.ts';
import { isCalendarDay } from './is-calendar-day.ts';
import { readDays } from './read-days.ts';
import { setDay } from './set-day.ts';
import { weeksOfMonth } from './weeks-of-month.ts';

const office = Calendar.parse({ name: 'office', kind: 'workdays', holidays: ['2026-12-25'] });
const aDay = fc.integer({ min: 0, max: 2_000 }).map((n) => plusDays('2024-01-01', n));

describe('editing a calendar', () => {
  it('writes an exception only where the week says otherwise', () => {
    expect(setDay(office, '2026-11-20', false).holidays).toEqual(['2026-11-20', '2026-12-25']);
    expect(setDay(office, '2026-11-21', true).extraDays).toEqual(['2026-11-21']);
    expect(setDay(office, '2026-12-25', true)).toMatchObject({ holidays: [], extraDays: [] });
    expect(setDay(office, '2026-11-21', false)).toEqual(office);
  });

  it('makes each day what it was set to and leaves every other day alone', () => {
    const edits = fc.array(fc.tuple(aDay, fc.boolean()), { maxLength: 20 });
    fc.assert(
      fc.property(edits, aDay, (list, other) => {
        const edited = list.reduce((each, [day, working]) => setDay(each, day, working), office);
        const last = new Map(list);
        for (const [day, working] of last) expect(isCalendarDay(edited, day)).toBe(working);
        if (!last.has(other))
          expect(isCalendarDay(edited, other)).toBe(isCalendarDay(office, other));
        expect(edited.holidays.filter((day) => edited.extraDays.includes(day))).toEqual([]);
      }),
    );
  });
});

describe('a pasted list of days', () => {
  it('is read in the usual notations, each day once and in order', () => {
    expect(readDays('2026-12-26, 2026/12/25;20261225\n2027-01-01 # new year\n')).toEqual({
      days: ['2026-12-25', '2026-12-26', '2027-01-01'],
      wrong: [],
    });
  });

  it('names the line of what is no day', () => {
    expect(readDays('2026-12-25\n2026-02-30 tomorrow\n2026-12/25')).toEqual({
      days: ['2026-12-25'],
      wrong: [
        { line: 2, text: '2026-02-30' },
        { line: 2, text: 'tomorrow' },
        { line: 3, text: '2026-12/25' },
      ],
    });
  });
});

describe('the weeks of a month', () => {
  it('begin on Mondays and hold each day once', () => {
    const weeks = weeksOfMonth('2026-11');
    expect(weeks[0]).toEqual([...Array(6).fill(undefined), '2026-11-01']);
    expect(weeks.flat().filter((day) => day !== undefined)).toHaveLength(30);
    expect(weeksOfMonth('2027-02')).toHaveLength(4);
  });
});
