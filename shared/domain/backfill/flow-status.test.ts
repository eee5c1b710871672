import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Status } from '../instance/instance.schema.ts';
import { dateStatusOf, flowStatusOf, sumCounts, totalOf } from './flow-status.ts';

describe('the status of a backfill', () => {
  it('N59 follows the first rule that holds', () => {
    const statusOf = (counts: Parameters<typeof flowStatusOf>[0]) => flowStatusOf(counts);
    expect(statusOf({ NOT_RUN: 3 })).toEqual({ status: 'NOT_RUN', incomplete: false });
    expect(statusOf({ NOT_RUN: 3, WAIT_RESOURCE: 1, FAILED: 1 }).status).toBe('RUNNING');
    expect(statusOf({ RUNNING: 1, FAILED: 5 }).status).toBe('RUNNING');
    expect(statusOf({ NOT_RUN: 3, FAILED: 1, SUCCESS: 1 }).status).toBe('FAILED');
    expect(statusOf({ SUCCESS: 4 })).toEqual({ status: 'SUCCESS', incomplete: false });
    expect(statusOf({ SUCCESS: 4, NOT_RUN: 1 })).toEqual({ status: 'RUNNING', incomplete: true });
  });

  it('N59 is SUCCESS only when everything has succeeded, and FAILED only when nothing is on its way', () => {
    const counts = fc.record(
      Object.fromEntries(Status.options.map((status) => [status, fc.nat(3)])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(counts, (given) => {
        const { status, incomplete } = flowStatusOf(given);
        const of = (each: Status) => given[each] ?? 0;
        const moving =
          of('WAIT_TIME') + of('THROTTLED') + of('WAIT_RESOURCE') + of('SUBMITTED') + of('RUNNING');
        if (status === 'SUCCESS') expect(of('SUCCESS')).toBe(totalOf(given));
        if (status === 'FAILED') expect([moving, of('FAILED') > 0]).toEqual([0, true]);
        if (status === 'NOT_RUN') expect(of('NOT_RUN')).toBe(totalOf(given));
        if (moving > 0) expect(status).toBe('RUNNING');
        if (incomplete) expect([moving, of('FAILED')]).toEqual([0, 0]);
      }),
    );
  });

  it('is told date by date', () => {
    const date = (more: Partial<Parameters<typeof dateStatusOf>[0]>) =>
      dateStatusOf({
        ...{ creation: 'DONE', planned: 2, counts: {}, outcomes: {}, mayStart: false },
        ...more,
      });
    expect(date({ creation: 'REQUESTED' })).toBe('INIT');
    expect(date({ creation: 'REFUSED' })).toBe('CREATE_FAILED');
    expect(date({ creation: 'REQUESTED', counts: { NOT_RUN: 1 } })).toBe('INIT');
    expect(date({ counts: { NOT_RUN: 2 } })).toBe('CREATED');
    expect(date({ counts: { NOT_RUN: 2 }, mayStart: true })).toBe('READY');
    expect(date({ counts: { NOT_RUN: 1, SUCCESS: 1 } })).toBe('RUNNING');
    expect(date({ counts: { SUCCESS: 1 } })).toBe('RUNNING');
    expect(date({ counts: { SUCCESS: 2 } })).toBe('SUCCESS');
    expect(date({ counts: { SUCCESS: 1, FAILED: 1 } })).toBe('FAILED');
    expect(date({ counts: { NOT_RUN: 1, FAILED: 1 }, outcomes: { terminated: 1 } })).toBe('KILLED');
    expect(sumCounts([{ SUCCESS: 1 }, { SUCCESS: 2, FAILED: 1 }])).toEqual({
      SUCCESS: 3,
      FAILED: 1,
    });
  });
});
