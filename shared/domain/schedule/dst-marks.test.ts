import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../kernel/calendar-day.ts';
import { dstMarksOf } from './dst-marks.ts';
import { occurrencesOfDay } from './occurrences-of-day.ts';
import type { Schedule } from './schedule.schema.ts';

const spring = { from: '2026-03-28T00:00:00.000Z', to: '2026-03-30T00:00:00.000Z' };
const autumn = { from: '2026-10-24T00:00:00.000Z', to: '2026-10-26T00:00:00.000Z' };
const zone = 'Europe/Berlin';
const at = (clock: string): Schedule => ({ every: 'day', at: clock });
const hourly: Schedule = { every: 'hour', interval: 1, from: '00:00', to: '23:59' };

describe('the marks of a change of clocks', () => {
  it('say that a time is shifted or skipped when it does not exist, as the project chose', () => {
    const kinds = (dst: 'shift' | 'skip') => dstMarksOf(at('02:30'), { ...spring, zone, dst });
    expect(kinds('shift')).toEqual([
      { kind: 'shifted', at: '2026-03-29T01:00:00.000Z', local: '2026-03-29T02:30' },
    ]);
    expect(kinds('skip')).toMatchObject([{ kind: 'skipped' }]);
    expect(dstMarksOf(at('03:00'), { ...spring, zone, dst: 'shift' })).toEqual([]);
  });

  it('say that a time happens twice: a fixed one runs once, an interval twice', () => {
    expect(dstMarksOf(at('02:30'), { ...autumn, zone, dst: 'shift' })).toMatchObject([
      { kind: 'once', local: '2026-10-25T02:30' },
    ]);
    expect(dstMarksOf(hourly, { ...autumn, zone, dst: 'skip' })).toMatchObject([
      { kind: 'doubled', local: '2026-10-25T02:00' },
    ]);
    expect(dstMarksOf(hourly, { ...spring, zone, dst: 'shift' })).toMatchObject([
      { kind: 'skipped', local: '2026-03-29T02:00' },
    ]);
  });

  it('are none without a change of clocks', () => {
    expect(dstMarksOf(hourly, { ...spring, zone: 'Asia/Shanghai', dst: 'shift' })).toEqual([]);
  });

  it('agree with what fires: a skipped time does not, a shifted one once, a doubled one twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...['00:00', '00:30', '01:30', '02:00', '02:30', '03:30', '23:30'].map(at),
          hourly,
          { every: 'minute', interval: 20, from: '00:00', to: '04:00' } as const,
        ),
        fc.constantFrom('Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Africa/Cairo'),
        fc.constantFrom('shift' as const, 'skip' as const),
        fc.integer({ min: 0, max: 364 }),
        (schedule, where, dst, days) => {
          const from = plusDays('2026-01-01', days);
          const span = { from: `${from}T00:00:00.000Z`, to: `${plusDays(from, 1)}T00:00:00.000Z` };
          for (const { kind, local } of dstMarksOf(schedule, { ...span, zone: where, dst })) {
            const fires = occurrencesOfDay(schedule, {
              ...{ zone: where, dst },
              runDate: local.slice(0, 10),
            }).filter((fire) => fire.local === local);
            expect(fires.length).toBeLessThanOrEqual(
              { skipped: 0, shifted: 1, once: 1, doubled: 2 }[kind],
            );
            if (kind === 'doubled') expect(fires).toHaveLength(2);
            if (kind === 'once') expect(fires).toHaveLength(1);
          }
        },
      ),
    );
  });
});
