import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf } from '../kernel/calendar-day.ts';
import { bucketMs, densityOf, herdPeaks } from './herd.ts';

const start = Date.parse('2026-11-20T00:00:00Z');
const from = isoOf(start);
const to = isoOf(start + 24 * 3_600_000);
const fires = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minute) => isoOf(start + minute * 60_000)),
    tasks: fc.integer({ min: 1, max: 60 }),
  }),
  { maxLength: 60 },
);
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('the density of a schedule', () => {
  it('counts every fire and every task once, in order of time', () => {
    fc.assert(
      fc.property(fires, (all) => {
        const density = densityOf(all);
        expect(sum(density.map((bucket) => bucket.fires))).toBe(all.length);
        expect(sum(density.map(({ tasks }) => tasks))).toBe(sum(all.map(({ tasks }) => tasks)));
        expect(density.map(({ at }) => at)).toEqual(density.map(({ at }) => at).toSorted());
        for (const { at } of density) expect(Date.parse(at) % bucketMs).toBe(0);
      }),
    );
  });

  it('adds up over pages as it does over the whole', () => {
    fc.assert(
      fc.property(fires, fires, (one, two) => {
        expect(densityOf([...densityOf(one), ...densityOf(two)])).toEqual(
          densityOf([...one, ...two]),
        );
      }),
    );
  });
});

describe('a herd peak', () => {
  it('is never small, and what it proposes is quieter, within an hour, and inside the stretch', () => {
    fc.assert(
      fc.property(fires, fc.integer({ min: 1, max: 80 }), (all, least) => {
        const density = densityOf(all);
        for (const peak of herdPeaks(density, { from, to, least })) {
          expect(peak.tasks).toBeGreaterThanOrEqual(least);
          if (!peak.quieter) continue;
          expect(peak.quieter.tasks).toBeLessThan(peak.tasks);
          const away = Math.abs(Date.parse(peak.quieter.at) - Date.parse(peak.at));
          expect(away > 0 && away <= 3_600_000).toBe(true);
          expect(peak.quieter.at >= from && peak.quieter.at < to).toBe(true);
        }
      }),
    );
  });

  it('is the midnight at which everything starts, with the five minutes after it', () => {
    const at = '2026-11-20T03:00:00.000Z';
    const density = densityOf([
      ...Array.from({ length: 30 }, () => ({ at, tasks: 2 })),
      { at: '2026-11-20T03:05:00.000Z', tasks: 1 },
      { at: '2026-11-20T08:00:00.000Z', tasks: 25 },
    ]);
    expect(herdPeaks(density, { from, to, least: 20 })).toEqual([
      {
        ...{ at, fires: 30, tasks: 60 },
        quieter: { at: '2026-11-20T02:55:00.000Z', fires: 0, tasks: 0 },
      },
      expect.objectContaining({ at: '2026-11-20T08:00:00.000Z', tasks: 25 }),
    ]);
    expect(herdPeaks(density, { from, to, least: 61 })).toEqual([]);
  });

  it('is none where every hour is as busy as the other', () => {
    const even = Array.from({ length: 288 }, (_, n) => ({
      at: isoOf(start + n * bucketMs),
      tasks: 50,
    }));
    expect(herdPeaks(densityOf(even), { from, to, least: 20 })).toEqual([]);
  });
});
