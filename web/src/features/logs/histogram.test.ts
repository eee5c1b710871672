import { describe, expect, it } from 'vitest';
import type { LogHistogram } from '../../../../shared/contracts/api/log-search.ts';
import { barsOf, joinHistograms, spanOfBuckets } from './histogram.ts';

const counts = (INFO: number, ERROR: number) => ({ DEBUG: 0, INFO, WARN: 0, ERROR });
const histogram = (part: Partial<LogHistogram>): LogHistogram => ({
  from: '2026-11-19T09:00:00.000Z',
  to: '2026-11-19T09:30:00.000Z',
  bucketSeconds: 60,
  buckets: [{ from: '2026-11-19T09:10:00.000Z', counts: counts(3, 1) }],
  counts: counts(3, 1),
  total: 4,
  meta: { chunks: 1, skipped: 2, lines: 4, elapsedMs: 5, complete: true },
  ...part,
});

describe('the histogram of the run logs', () => {
  it('W66 stacks the levels of each bucket to its sum', () => {
    const { bars, slots, most } = barsOf(histogram({}));
    expect({ slots, most }).toEqual({ slots: 30, most: 4 });
    expect(bars).toEqual([
      {
        ...{ x: 10, from: '2026-11-19T09:10:00.000Z', total: 4, errors: 1 },
        parts: [
          { level: 'INFO', from: 0, size: 3 },
          { level: 'ERROR', from: 3, size: 1 },
        ],
      },
    ]);
  });

  it('W66 turns a drag over buckets, in either direction, into the span of time they cover', () => {
    const span = { from: '2026-11-19T09:05:00.000Z', to: '2026-11-19T09:08:00.000Z' };
    expect(spanOfBuckets(histogram({}), 5, 7)).toEqual(span);
    expect(spanOfBuckets(histogram({}), 7, 5)).toEqual(span);
    expect(spanOfBuckets(histogram({}), 29, 40).to).toBe('2026-11-19T09:30:00.000Z');
  });

  it('W66 adds the answers of a bounded look up to one count', () => {
    const rest = histogram({
      buckets: [
        { from: '2026-11-19T09:10:00.000Z', counts: counts(1, 0) },
        { from: '2026-11-19T09:02:00.000Z', counts: counts(0, 2) },
      ],
      counts: counts(1, 2),
      total: 3,
    });
    const joined = joinHistograms(histogram({}), rest);
    expect(joined.total).toBe(7);
    expect(joined.buckets).toEqual([
      { from: '2026-11-19T09:02:00.000Z', counts: counts(0, 2) },
      { from: '2026-11-19T09:10:00.000Z', counts: counts(4, 1) },
    ]);
  });
});
