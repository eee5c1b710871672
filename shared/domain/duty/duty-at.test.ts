import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDuty } from '../../testing/a-rule.ts';
import { isoOf, plusDays, plusSeconds } from '../kernel/calendar-day.ts';
import { dutyAt, dutyCalendar, shiftAt } from './duty-at.ts';
import type { DutySchedule } from './duty-schedule.schema.ts';

const people = ['ann', 'bob', 'cid', 'dan', 'eve'];
const days = fc.integer({ min: 0, max: 1200 }).map((n) => plusDays('2024-01-15', n));
const clocks = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
const schedules = fc
  .record({
    zone: fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Shanghai',
      'Australia/Lord_Howe',
    ),
    startsOn: days,
    handOverAt: clocks,
    turns: fc
      .uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 4 })
      .map((names) => names.map((primary) => ({ primary }))),
    every: fc.oneof(
      fc.record({ unit: fc.constant('day' as const), count: fc.integer({ min: 1, max: 10 }) }),
      fc.record({ unit: fc.constant('week' as const), count: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ unit: fc.constant('month' as const), count: fc.integer({ min: 1, max: 5 }) }),
    ),
    swaps: fc.uniqueArray(fc.record({ date: days, primary: fc.constant('stand-in') }), {
      maxLength: 5,
      selector: ({ date }) => date,
    }),
  })
  .map((more) => aDuty(more));
const instants = fc
  .integer({ min: Date.parse('2024-01-01T00:00:00Z'), max: Date.parse('2027-12-31T00:00:00Z') })
  .map(isoOf);

const whoAt = (schedule: DutySchedule, at: string) => shiftAt(schedule, at)?.primary;

describe('an on-duty schedule', () => {
  it('gives every instant after its beginning to exactly one shift, without a gap', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, at) => {
        const shift = shiftAt(schedule, at);
        if (!shift) return;
        expect(shift.from <= at && at < shift.to).toBe(true);
        expect(shiftAt(schedule, shift.from)).toEqual(shift);
        expect(shiftAt(schedule, plusSeconds(shift.to, -0.001))).toEqual(shift);
        expect(shiftAt(schedule, shift.to)?.from).toBe(shift.to);
      }),
      { numRuns: 400 },
    );
  });

  it('previews the shifts that it names at each of their instants', () => {
    fc.assert(
      fc.property(schedules, days, (schedule, from) => {
        const shifts = dutyCalendar(schedule, { from, to: plusDays(from, 40) });
        for (const [n, shift] of shifts.entries()) {
          expect(shiftAt(schedule, shift.from)).toEqual(shift);
          const next = shifts[n + 1];
          if (next) expect(next.from).toBe(shift.to);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('hands over at its time of day in its zone, and the night belongs to the day before', () => {
    const schedule = aDuty();
    expect(whoAt(schedule, '2026-11-02T07:59:59.000Z')).toBeUndefined();
    expect(whoAt(schedule, '2026-11-02T08:00:00.000Z')).toBe('ann');
    expect(whoAt(schedule, '2026-11-03T07:59:59.999Z')).toBe('ann');
    expect(shiftAt(schedule, '2026-11-03T08:00:00.000Z')).toMatchObject({
      primary: 'bob',
      backup: 'eve',
    });
  });

  it('keeps the time of day over the change of the clocks: that shift has 25 or 23 hours', () => {
    const hoursOf = (startsOn: string) => {
      const [shift] = dutyCalendar(aDuty({ startsOn }), { from: startsOn, to: startsOn });
      return (Date.parse(shift?.to ?? '') - Date.parse(shift?.from ?? '')) / 3_600_000;
    };
    expect([hoursOf('2026-10-24'), hoursOf('2026-03-28'), hoursOf('2026-11-02')]).toEqual([
      25, 23, 24,
    ]);
    const inGap = aDuty({ startsOn: '2026-03-28', handOverAt: '02:30' });
    expect(whoAt(inGap, '2026-03-29T01:29:59.000Z')).toBe('ann');
    expect(whoAt(inGap, '2026-03-29T01:30:00.000Z')).toBe('bob');
  });

  it('counts months from its first day, so that the 31st comes back', () => {
    const schedule = aDuty({
      zone: 'UTC',
      startsOn: '2026-01-31',
      every: { unit: 'month', count: 1 },
      handOverAt: '00:00',
    });
    const shifts = dutyCalendar(schedule, { from: '2026-01-31', to: '2026-05-01' });
    expect(shifts.map(({ from }) => from.slice(0, 10))).toEqual([
      ...['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'],
    ]);
    expect(shifts.map(({ primary }) => primary)).toEqual(['ann', 'bob', 'ann', 'bob']);
  });

  it('lets somebody stand in for a day, and goes on with its turn after it', () => {
    const schedule = aDuty({
      every: { unit: 'week', count: 1 },
      swaps: [{ date: '2026-11-04', primary: 'dan' }],
    });
    const shifts = dutyCalendar(schedule, { from: '2026-11-03', to: '2026-11-08' });
    expect(shifts.map(({ from, primary, swapped }) => [from, primary, swapped])).toEqual([
      ['2026-11-02T08:00:00.000Z', 'ann', false],
      ['2026-11-04T08:00:00.000Z', 'dan', true],
      ['2026-11-05T08:00:00.000Z', 'ann', false],
    ]);
  });

  it('points to others outside of its hours, which may go over midnight', () => {
    const schedule = aDuty({
      hours: { from: '22:00', to: '06:00' },
      outside: { kind: 'contact', name: 'desk' },
    });
    expect(dutyAt(schedule, '2026-11-02T20:59:00.000Z')).toMatchObject({
      within: false,
      outside: { name: 'desk' },
    });
    expect(dutyAt(schedule, '2026-11-02T21:00:00.000Z')).toMatchObject({
      within: true,
      shift: { primary: 'ann' },
    });
    expect(dutyAt(schedule, '2026-11-03T04:59:00.000Z')).toMatchObject({
      within: true,
      shift: { primary: 'ann' },
    });
    expect(dutyAt(schedule, '2026-11-03T05:00:00.000Z').within).toBe(false);
    expect(dutyAt(schedule, '2026-11-03T21:00:00.000Z').shift?.primary).toBe('bob');
  });
});
