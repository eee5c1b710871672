import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueDays } from './due-days.ts';

const created = '2026-01-01T00:00:00.000Z';
const dates = (zone: string, now: string) =>
  dueDays(zone, created, now).map(({ bizDate }) => bizDate);

describe('the days that are due for generation', () => {
  it('N1 include a business date once its 23:00 has passed on the clock of the project', () => {
    expect(dates('UTC', '2026-11-19T22:59:59.000Z').at(-1)).toBe('2026-11-18');
    expect(dates('UTC', '2026-11-19T23:00:00.000Z').at(-1)).toBe('2026-11-19');
    expect(dates('Asia/Shanghai', '2026-11-19T15:00:00.000Z').at(-1)).toBe('2026-11-19');
    expect(dates('America/New_York', '2026-11-20T03:59:59.000Z').at(-1)).toBe('2026-11-18');
  });

  it('N2 carry the cut-off as an instant that does not move however late generation runs', () => {
    const on = (now: string) =>
      dueDays('Europe/Berlin', created, now).find(({ bizDate }) => bizDate === '2026-03-28');
    expect(on('2026-03-28T22:00:00.000Z')?.cutoffAt).toBe('2026-03-28T22:00:00.000Z');
    expect(on('2026-03-30T12:00:00.000Z')?.cutoffAt).toBe('2026-03-28T22:00:00.000Z');
  });

  it('W24 include days missed during an outage, oldest first, but none before the project existed', () => {
    expect(dueDays('UTC', '2026-11-17T10:00:00.000Z', '2026-11-20T01:00:00.000Z')).toEqual([
      { bizDate: '2026-11-17', cutoffAt: '2026-11-17T23:00:00.000Z' },
      { bizDate: '2026-11-18', cutoffAt: '2026-11-18T23:00:00.000Z' },
      { bizDate: '2026-11-19', cutoffAt: '2026-11-19T23:00:00.000Z' },
    ]);
  });

  it('never repeat, grow with time and lie in the past', () => {
    const anyNow = fc.date({
      min: new Date('2026-02-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        anyNow,
        fc.constantFrom('UTC', 'Australia/Lord_Howe', 'America/Santiago'),
        (date, zone) => {
          const now = date.toISOString();
          const days = dueDays(zone, created, now);
          expect(new Set(days.map(({ bizDate }) => bizDate)).size).toBe(days.length);
          for (const { cutoffAt } of days) expect(cutoffAt <= now).toBe(true);
        },
      ),
    );
  });
});
