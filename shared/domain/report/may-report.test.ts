import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayReport } from './may-report.ts';

const end = '2026-11-20T02:00:00.000Z';
const later = (seconds: number) => new Date(Date.parse(end) + seconds * 1000).toISOString();
const instance = (status: 'RUNNING' | 'SUBMITTED' | 'SUCCESS', attempt: number) => ({
  ...{ id: 'i', status, attempt, token: 't' },
});

describe('a report', () => {
  it('is taken of the running attempt, whatever the time', () => {
    expect(mayReport({ instance: instance('RUNNING', 2), attempts: [] }, 2, end, 0)).toMatchObject({
      value: 'running',
    });
  });

  it('is not taken of an attempt that has not begun, or that nobody knows', () => {
    for (const attempt of [2, 3])
      expect(
        mayReport(
          { instance: instance('SUBMITTED', 2), attempts: [{ attempt: 1, endedAt: end }] },
          attempt,
          end,
          900,
        ).ok,
      ).toBe(false);
  });

  it('is taken of an ended attempt up to the grace time, and not a second longer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 2_000 }),
        (after, grace) => {
          const attempts = [{ attempt: 1, endedAt: end }];
          const may = mayReport(
            { instance: instance('RUNNING', 2), attempts },
            1,
            later(after),
            grace,
          );
          expect(may.ok).toBe(after <= grace);
        },
      ),
    );
  });
});
