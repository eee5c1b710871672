import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { plusDays } from '../kernel/calendar-day.ts';
import { nextOccurrences } from './next-occurrences.ts';
import { isOffDay, occurrencesOfDay } from './occurrences-of-day.ts';
import { type DstPolicy, Schedule } from './schedule.schema.ts';

const dayOf = (
  schedule: z.input<typeof Schedule>,
  runDate: string,
  zone = 'Europe/Berlin',
  dst: DstPolicy = 'shift',
) => occurrencesOfDay(Schedule.parse(schedule), { zone, dst, runDate });

const clocks = (occurrences: ReturnType<typeof dayOf>) =>
  occurrences.map(({ local }) => local.slice(11));
const cron = (expression: string) => ({ every: 'cron' as const, cron: expression });

describe('the cycles of a run date', () => {
  it('N4 hours 00:00 to 03:00 in steps of one are four, in order', () => {
    const occurrences = dayOf({ every: 'hour', from: '00:00', to: '03:00' }, '2026-11-20');
    expect(clocks(occurrences)).toEqual(['00:00', '01:00', '02:00', '03:00']);
    expect(occurrences.map(({ at }) => at)[0]).toBe('2026-11-19T23:00:00.000Z');
  });

  it('N5 every five minutes are 288 on a full day', () => {
    expect(dayOf({ every: 'minute', interval: 5 }, '2026-11-20')).toHaveLength(288);
  });

  it('a window is closed at both ends and an interval counts from its start', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 59 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 1439 }),
        (interval, a, b) => {
          const clock = (minute: number) =>
            `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const schedule = { every: 'minute', interval, from: clock(from), to: clock(to) } as const;
          const expected = Math.floor((to - from) / interval) + 1;
          expect(dayOf(schedule, '2026-11-20', 'Asia/Tokyo')).toHaveLength(expected);
        },
      ),
    );
  });

  it('an hourly schedule has 25 cycles when an hour repeats and 23 when one is missing', () => {
    for (const schedule of [{ every: 'hour' } as const, cron('0 * * * *')]) {
      for (const dst of ['shift', 'skip'] as const) {
        const autumn = dayOf(schedule, '2026-10-25', 'Europe/Berlin', dst);
        expect(autumn).toHaveLength(25);
        expect(clocks(autumn).slice(1, 5)).toEqual(['01:00', '02:00', '02:00', '03:00']);
        expect(dayOf(schedule, '2026-03-29', 'Europe/Berlin', dst)).toHaveLength(23);
      }
    }
  });

  it('a fixed time that is missing is shifted or skipped, and runs once when it repeats', () => {
    const nightly = { every: 'day', at: '02:30' } as const;
    expect(dayOf(nightly, '2026-03-29')).toEqual([
      { at: '2026-03-29T01:00:00.000Z', local: '2026-03-29T02:30', shifted: true, offDay: false },
    ]);
    expect(dayOf(nightly, '2026-03-29', 'Europe/Berlin', 'skip')).toEqual([]);
    expect(dayOf(nightly, '2026-10-25')).toEqual([
      { at: '2026-10-25T00:30:00.000Z', local: '2026-10-25T02:30', shifted: false, offDay: false },
    ]);
  });

  it('times that a gap moves to one instant are one cycle, not shifted if its own time is asked for', () => {
    expect(dayOf({ every: 'hour', at: ['02:00', '02:30'] }, '2026-03-29')).toMatchObject([
      { local: '2026-03-29T02:00', shifted: true },
    ]);
    expect(dayOf({ every: 'hour', at: ['02:30', '03:00'] }, '2026-03-29')).toMatchObject([
      { local: '2026-03-29T03:00', shifted: false },
    ]);
  });

  it('knows gaps of half an hour, at midnight, and of a whole day', () => {
    expect(dayOf({ every: 'day', at: '02:15' }, '2026-10-04', 'Australia/Lord_Howe')).toMatchObject(
      [{ at: '2026-10-03T15:30:00.000Z', shifted: true }],
    );
    expect(dayOf({ every: 'day' }, '2026-09-06', 'America/Santiago')).toMatchObject([
      { at: '2026-09-06T04:00:00.000Z', shifted: true },
    ]);
    expect(dayOf({ every: 'day', at: '02:00' }, '2011-12-30', 'Pacific/Apia')).toMatchObject([
      { at: '2011-12-30T10:00:00.000Z', local: '2011-12-30T02:00', shifted: true },
    ]);
    expect(dayOf({ every: 'hour' }, '2011-12-30', 'Pacific/Apia')).toEqual([]);
  });
});

describe('off days', () => {
  it.each([
    ['week', { every: 'week', on: ['MON'], at: '06:00' }, '2026-11-23', '2026-11-24'],
    ['month', { every: 'month', on: [31, 'last'], at: '06:00' }, '2026-11-30', '2026-11-29'],
    ['year', { every: 'year', on: ['11-20'], at: '06:00' }, '2026-11-20', '2027-11-21'],
    ['cron', cron('0 6 * * MON'), '2026-11-23', '2026-11-24'],
    ['cron of several times', cron('0 6-9 * * MON'), '2026-11-23', '2026-11-24'],
  ] as const)(
    'N6 a %s schedule has exactly one cycle on an off day, at its first time',
    (_, given, on, off) => {
      const schedule = given as z.input<typeof Schedule>;
      expect(dayOf(schedule, on).every(({ offDay }) => !offDay)).toBe(true);
      expect(dayOf(schedule, off)).toMatchObject([{ local: `${off}T06:00`, offDay: true }]);
      expect(isOffDay(Schedule.parse(schedule), off)).toBe(true);
      expect(isOffDay(Schedule.parse(schedule), on)).toBe(false);
    },
  );

  it('N6 day 31 fires only in months that have it, last in every month', () => {
    const fires = (on: (number | 'last')[]) => {
      let count = 0;
      for (let day = '2026-01-01'; day < '2027-01-01'; day = plusDays(day, 1)) {
        if (!isOffDay(Schedule.parse({ every: 'month', on }), day)) count += 1;
      }
      return count;
    };
    expect(fires([31])).toBe(7);
    expect(fires(['last'])).toBe(12);
  });

  it('a schedule without day rules has no off day', () => {
    expect(isOffDay(Schedule.parse(cron('0 6 * * *')), '2026-11-20')).toBe(false);
  });
});

describe('the next occurrences', () => {
  const anySchedule = fc.constantFrom<z.input<typeof Schedule>>(
    { every: 'minute', interval: 45, from: '00:30', to: '22:00' },
    { every: 'hour', interval: 3 },
    { every: 'hour', at: ['00:00', '02:30', '23:30'] },
    { every: 'day', at: '02:30' },
    { every: 'week', on: ['SUN', 'FRI'], at: '00:00' },
    { every: 'month', on: [29, 'last'], at: '02:00' },
    { every: 'year', on: ['03-29', '10-25'], at: '02:30' },
    cron('0,30 1-3 * * *'),
    cron('0 0 15W * FRI#2'),
  );
  const anyZone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/Nuuk',
    'Africa/Cairo',
  );
  const anyDst = fc.constantFrom<DstPolicy>('shift', 'skip');
  const anyInstant = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString());

  it('ascend strictly, lie after the start, and the next of the next is the second', () => {
    fc.assert(
      fc.property(anySchedule, anyZone, anyDst, anyInstant, (given, zone, dst, from) => {
        const schedule = Schedule.parse(given);
        const found = nextOccurrences(schedule, { zone, dst, from, count: 6 }).map(({ at }) => at);
        expect(found).toHaveLength(6);
        for (const [index, at] of found.entries()) {
          const before = found[index - 1] ?? from;
          expect(at > before).toBe(true);
          expect(nextOccurrences(schedule, { zone, dst, from: before, count: 1 })[0]?.at).toBe(at);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are the cycles of the days, off days left out', () => {
    fc.assert(
      fc.property(anySchedule, anyZone, anyDst, anyInstant, (given, zone, dst, instant) => {
        const schedule = Schedule.parse(given);
        const first = instant.slice(0, 10);
        const days = Array.from({ length: 40 }, (_, index) => plusDays(first, index));
        const cycles = days
          .flatMap((runDate) => [...occurrencesOfDay(schedule, { zone, dst, runDate })])
          .filter(({ offDay }) => !offDay);
        const next = nextOccurrences(schedule, {
          zone,
          dst,
          from: `${plusDays(first, -3)}T00:00:00.000Z`,
          count: cycles.length + 100,
        }).filter(({ local }) => local >= first && local < plusDays(first, 40));
        expect([...new Set(cycles.map(({ at }) => at))]).toEqual(next.map(({ at }) => at));
      }),
      { numRuns: 60 },
    );
  });
});
