import { describe, expect, it } from 'vitest';
import { binOf } from '../run/duration-bins.ts';
import type { RunDelta, RunSums } from '../run/run-counts.ts';
import { summarizeRuns } from './summarize-runs.ts';

const window = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T01:00:00.000Z' };
const row = (workflow: string, minute: string, sums: RunSums): RunDelta => ({
  ...{ env: 'prod', project: 'p', workflow, sums },
  at: `2026-11-20T00:${minute}:00.000Z`,
});
const ended = (as: 'succeeded' | 'failed', ms: number, more: RunSums = {}): RunSums => ({
  ...{ runs: 1, [as]: 1, durationMs: ms, [`bin${binOf(ms)}`]: 1 },
  ...more,
});

describe('the overview of runs', () => {
  it('W52 adds up runs, successes and the mean of what has ended', () => {
    const { totals, steps } = summarizeRuns(
      [
        row('a', '00', ended('succeeded', 10_000, { autoRetried: 1 })),
        row('a', '05', ended('failed', 30_000)),
        row('b', '05', { runs: 2, manualRetries: 1 }),
      ],
      window,
    );
    expect(totals).toMatchObject({
      ...{ runs: 4, succeeded: 1, failed: 1, cancelled: 0, running: 2 },
      ...{ successRate: 0.5, meanMs: 20_000, autoRetried: 1, manualRetries: 1 },
    });
    expect(totals.p95Ms).toBeGreaterThan(28_000);
    expect(steps).toHaveLength(12);
    expect(steps[1]).toMatchObject({
      at: '2026-11-20T00:05:00.000Z',
      ...{ runs: 3, failed: 1, meanMs: 30_000 },
    });
    expect(steps[2]).toMatchObject({ runs: 0, meanMs: null, p95Ms: null, successRate: null });
  });

  it('leaves out what started at its end or before its beginning', () => {
    const { totals } = summarizeRuns(
      [
        { ...row('a', '00', { runs: 1 }), at: window.to },
        { ...row('a', '00', { runs: 1 }), at: '2026-11-19T23:55:00.000Z' },
        row('a', '55', { runs: 1 }),
      ],
      window,
    );
    expect(totals.runs).toBe(1);
  });

  it('lists five workflows at most, exactly the worst, whatever their number', () => {
    const rows = Array.from({ length: 10_000 }, (_, n) =>
      row(`w${n}`, '10', ended('failed', 1_000 + n, { failed: 1 + (n % 97 === 0 ? n : 0) })),
    );
    const { failing, slow } = summarizeRuns(rows, window);
    expect(failing.map(({ workflow }) => workflow)).toEqual([
      ...['w9991', 'w9894', 'w9797', 'w9700', 'w9603'],
    ]);
    expect(slow).toHaveLength(5);
    expect(summarizeRuns([row('a', '10', { runs: 1 })], window)).toMatchObject({
      ...{ failing: [], slow: [] },
    });
  });
});
