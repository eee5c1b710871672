import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLive, problemOfRange, rangeOfSpan } from './time-presets.ts';
import { type TimeSpan, timePresets } from './time-span.ts';

// A Thursday, 10:20 in Berlin.
const now = '2026-11-19T09:20:00.000Z';
const zone = 'Europe/Berlin';

describe('the time panel of the run logs', () => {
  it('W55 offers exactly the fourteen choices, in their order', () => {
    expect(timePresets).toEqual([
      ...['5m', '15m', '1h', '6h', '1d', '3d', '7d', '30d'],
      ...['today', 'yesterday', 'day-before', 'this-week', 'last-week', 'custom'],
    ]);
  });

  it.each([
    ['5m', '2026-11-19T09:15:00.000Z', now],
    ['15m', '2026-11-19T09:05:00.000Z', now],
    ['30m', '2026-11-19T08:50:00.000Z', now],
    ['1h', '2026-11-19T08:20:00.000Z', now],
    ['6h', '2026-11-19T03:20:00.000Z', now],
    ['1d', '2026-11-18T09:20:00.000Z', now],
    ['3d', '2026-11-16T09:20:00.000Z', now],
    ['7d', '2026-11-12T09:20:00.000Z', now],
    ['30d', '2026-10-20T09:20:00.000Z', now],
    ['today', '2026-11-18T23:00:00.000Z', now],
    ['yesterday', '2026-11-17T23:00:00.000Z', '2026-11-18T23:00:00.000Z'],
    ['day-before', '2026-11-16T23:00:00.000Z', '2026-11-17T23:00:00.000Z'],
    ['this-week', '2026-11-15T23:00:00.000Z', now],
    ['last-week', '2026-11-08T23:00:00.000Z', '2026-11-15T23:00:00.000Z'],
  ] as const)('W55 %s is [%s, %s)', (span, from, to) => {
    expect(rangeOfSpan(span, now, zone)).toEqual({ from, to });
  });

  it('W55 takes a day of 25 hours as a day, and a day back as 24 hours', () => {
    const monday = '2026-10-26T08:00:00.000Z';
    const hours = (span: TimeSpan) => {
      const { from, to } = rangeOfSpan(span, monday, zone);
      return (Date.parse(to) - Date.parse(from)) / 3_600_000;
    };
    expect([hours('yesterday'), hours('1d'), hours('last-week')]).toEqual([25, 24, 169]);
  });

  it('W55 begins a week on Monday, also on a Sunday and on the Monday itself', () => {
    expect(rangeOfSpan('this-week', '2026-11-22T12:00:00.000Z', 'UTC').from).toBe(
      '2026-11-16T00:00:00.000Z',
    );
    expect(rangeOfSpan('this-week', '2026-11-16T00:00:00.000Z', 'UTC').from).toBe(
      '2026-11-16T00:00:00.000Z',
    );
  });

  it('W55 puts days and weeks next to each other without a gap, in every zone', () => {
    const anyNow = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2040-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo'];
    fc.assert(
      fc.property(anyNow, fc.constantFrom(...zones), (date, anyZone) => {
        const of = (span: TimeSpan) => rangeOfSpan(span, date.toISOString(), anyZone);
        expect(of('yesterday').to).toBe(of('today').from);
        expect(of('day-before').to).toBe(of('yesterday').from);
        expect(of('last-week').to).toBe(of('this-week').from);
        for (const span of ['today', 'yesterday', 'this-week', 'last-week'] as const)
          expect(of(span).from <= of(span).to).toBe(true);
      }),
    );
  });

  it('W55 refuses a range of its own that ends before it begins or begins before what is kept', () => {
    const range = (from: string, to: string) => problemOfRange({ from, to }, now);
    expect(range('2026-11-19T09:00:00.000Z', '2026-11-19T09:00:00.000Z')).toBe('order');
    expect(range('2026-10-20T09:19:59.000Z', now)).toBe('too-old');
    expect(range('2026-10-20T09:20:00.000Z', now)).toBeUndefined();
  });

  it('W59 has nothing to refresh once the range has ended', () => {
    const live = (span: TimeSpan) => isLive(span, rangeOfSpan(span, now, zone), now);
    expect(live('today')).toBe(true);
    expect(live('30m')).toBe(true);
    expect(live('yesterday')).toBe(false);
    expect(live('last-week')).toBe(false);
    expect(
      isLive('custom', { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' }, now),
    ).toBe(false);
  });
});
