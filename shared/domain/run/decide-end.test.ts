import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyError } from './classify-error.ts';
import { decideEnd, type Ending } from './decide-end.ts';

const now = '2026-11-20T01:00:00.000Z';
const retries = { count: 1, intervalSeconds: 300, onTimeout: false, onLost: false };
const fresh = { retries, autoRetries: 0 };
const failed: Ending = { how: 'failed', error: 'no' };
const timedOut: Ending = { how: 'timed-out', error: 'late' };
const lost: Ending = { how: 'lost', error: 'gone' };

describe('the end of an attempt', () => {
  it('N22 a run over its time-out fails as timed out', () => {
    expect(decideEnd(fresh, timedOut, now)).toEqual({
      move: 'fail',
      outcome: 'timed-out',
      error: 'late',
    });
    expect(decideEnd({ ...fresh, stopping: 'timeout' }, { how: 'succeeded' }, now)).toMatchObject({
      move: 'fail',
      outcome: 'timed-out',
    });
  });

  it('N23 a failure is retried count times, interval apart, before FAILED is final', () => {
    const twice = { retries: { ...retries, count: 2 }, autoRetries: 0 };
    expect(decideEnd(twice, failed, now)).toEqual({
      move: 'retry',
      retryAt: '2026-11-20T01:05:00.000Z',
      autoRetries: 1,
      error: 'no',
    });
    expect(decideEnd({ ...twice, autoRetries: 1 }, failed, now).move).toBe('retry');
    expect(decideEnd({ ...twice, autoRetries: 2 }, failed, now)).toEqual({
      move: 'fail',
      outcome: 'failed',
      error: 'no',
    });
  });

  it('N24 a time-out is retried only where the task says so', () => {
    const switched = { ...fresh, retries: { ...retries, onTimeout: true } };
    expect(decideEnd(fresh, timedOut, now).move).toBe('fail');
    expect(decideEnd(switched, timedOut, now).move).toBe('retry');
    expect(decideEnd({ ...switched, stopping: 'timeout' }, lost, now).move).toBe('retry');
  });

  it('retries a lost execution only where the task says so', () => {
    expect(decideEnd(fresh, lost, now)).toMatchObject({ move: 'lose', outcome: 'lost' });
    const switched = { ...fresh, retries: { ...retries, onLost: true } };
    expect(decideEnd(switched, lost, now).move).toBe('retry');
  });

  const anyAttempted = fc.record({
    retries: fc.record({
      count: fc.nat(10),
      intervalSeconds: fc.integer({ min: 1, max: 3600 }),
      onTimeout: fc.boolean(),
      onLost: fc.boolean(),
    }),
    autoRetries: fc.nat(12),
    stopping: fc.constantFrom(undefined, 'terminate' as const, 'timeout' as const),
  });
  const anyEnding = fc.constantFrom<Ending[]>({ how: 'succeeded' }, failed, timedOut, lost);

  it('never uses more retries than allowed, and each lies in the future', () => {
    fc.assert(
      fc.property(anyAttempted, anyEnding, (attempted, ending) => {
        const end = decideEnd(attempted, ending, now);
        if (end.move !== 'retry') return;
        expect(end.autoRetries).toBeLessThanOrEqual(attempted.retries.count);
        expect(end.retryAt > now).toBe(true);
      }),
    );
  });

  it('never retries what was terminated', () => {
    fc.assert(
      fc.property(anyAttempted, anyEnding, (attempted, ending) => {
        expect(decideEnd({ ...attempted, stopping: 'terminate' }, ending, now)).toMatchObject({
          move: 'stopped',
          outcome: 'terminated',
        });
      }),
    );
  });

  it('succeeds only when the work did', () => {
    fc.assert(
      fc.property(anyAttempted, anyEnding, (attempted, ending) => {
        const succeeded = decideEnd(attempted, ending, now).move === 'succeed';
        expect(succeeded).toBe(ending.how === 'succeeded' && attempted.stopping === undefined);
      }),
    );
  });
});

describe('a caught error', () => {
  it('is a time-out when the state or the sandbox says so', () => {
    for (const error of [
      { Error: 'States.Timeout' },
      { Error: 'Sandbox.Timedout', Cause: '{"errorMessage":"Task timed out after 3.00 seconds"}' },
      { Error: 'Lambda.Unknown', Cause: 'Task timed out after 3.00 seconds' },
    ])
      expect(classifyError(error).how).toBe('timed-out');
  });

  it('tells the message of the function in one line', () => {
    const Cause = JSON.stringify({ errorType: 'TypeError', errorMessage: 'x is not y\nat line 1' });
    expect(classifyError({ Error: 'TypeError', Cause })).toEqual({
      how: 'failed',
      error: 'TypeError: x is not y',
    });
    expect(classifyError({ Error: 'Lambda.ServiceException' })).toEqual({
      how: 'failed',
      error: 'Lambda.ServiceException',
    });
    expect(classifyError({ Error: 'E', Cause: 'null' })).toEqual({
      how: 'failed',
      error: 'E: null',
    });
  });

  it('is always short enough for an instance', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), fc.string(), (Cause, name) => {
        const ending = classifyError({ Error: name, Cause });
        if (ending.how !== 'succeeded') expect(ending.error.length).toBeLessThanOrEqual(300);
      }),
    );
  });
});
