import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeBar } from './place-bar.ts';
import { ticksOf } from './ticks-of.ts';

const span = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' };
const at = (hour: number) => new Date(Date.parse(span.from) + hour * 3_600_000).toISOString();

describe('a bar of a Gantt chart', () => {
  it('lies where its times are, cut off at the ends', () => {
    expect(placeBar({ startAt: at(6), endAt: at(12) }, span)).toEqual({ left: 25, width: 25 });
    expect(placeBar({ startAt: at(-6), endAt: at(6) }, span)).toEqual({ left: 0, width: 25 });
    expect(placeBar({ startAt: at(25), endAt: at(26) }, span)).toBeUndefined();
    expect(placeBar({ startAt: at(6), endAt: at(6) }, span)).toEqual({ left: 25, width: 0 });
  });

  it('never leaves its frame', () => {
    const hour = fc.integer({ min: -48, max: 72 });
    fc.assert(
      fc.property(hour, hour, (a, b) => {
        const placed = placeBar({ startAt: at(a), endAt: at(b) }, span);
        if (!placed) return;
        expect(placed.left).toBeGreaterThanOrEqual(0);
        expect(placed.width).toBeGreaterThanOrEqual(0);
        expect(placed.left + placed.width).toBeLessThanOrEqual(100.000001);
      }),
    );
  });
});

describe('the axis of a Gantt chart', () => {
  it('has round times of the zone in which it is read', () => {
    const written = (zone: string) =>
      ticksOf(span, zone, 8).map((tick) =>
        new Date(tick).toLocaleTimeString('en-GB', { timeZone: zone, timeStyle: 'short' }),
      );
    expect(written('UTC').slice(0, 3)).toEqual(['00:00', '03:00', '06:00']);
    expect(written('Asia/Kolkata').slice(0, 3)).toEqual(['06:00', '09:00', '12:00']);
  });

  it('has no more than asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (minutes) => {
        const to = new Date(Date.parse(span.from) + minutes * 60_000).toISOString();
        expect(ticksOf({ from: span.from, to }, 'UTC', 10).length).toBeLessThanOrEqual(11);
      }),
    );
  });
});
