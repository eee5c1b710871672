import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runTrend, type TrendRun } from './run-trend.ts';

const start = Date.parse('2026-11-20T00:00:00Z');
const aRun = (n: number, seconds: number | undefined, status: TrendRun['status']): TrendRun => ({
  ...{ run: `r${n}`, bizDate: '2026-11-19', status },
  startedAt: new Date(start).toISOString(),
  endedAt: seconds === undefined ? null : new Date(start + seconds * 1000).toISOString(),
});

describe('the duration trend', () => {
  it('has the ended runs in order of time, with mean, P90 and the share that succeeded', () => {
    const seconds = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    const runs = seconds.map((each, n) => aRun(n, each, n === 0 ? 'FAILED' : 'SUCCESS'));
    const trend = runTrend([aRun(99, undefined, 'RUNNING'), ...runs]);
    expect(trend?.points.map(({ ms }) => ms / 1000)).toEqual(seconds.toReversed());
    expect(trend).toMatchObject({ meanMs: 5_500, p90Ms: 9_000, successRate: 0.9 });
  });

  it('is none while no run has ended', () => {
    expect(runTrend([])).toBeUndefined();
    expect(runTrend([aRun(1, undefined, 'RUNNING')])).toBeUndefined();
  });

  it('keeps nine of ten runs at or below the P90', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9_999), { minLength: 1, maxLength: 30 }), (all) => {
        const trend = runTrend(all.map((each, n) => aRun(n, each, 'SUCCESS')));
        const within = trend?.points.filter(({ ms }) => ms <= (trend?.p90Ms ?? 0)) ?? [];
        expect(within.length).toBeGreaterThanOrEqual(0.9 * all.length);
        expect(trend?.p90Ms).toBeLessThanOrEqual(1000 * Math.max(...all));
      }),
    );
  });
});
