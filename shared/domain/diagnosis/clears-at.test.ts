import { describe, expect, it } from 'vitest';
import type { Blocker } from '../gate/decision.schema.ts';
import { clearsAtOf, turnAt } from './clears-at.ts';
import { errorHintOf } from './error-hint.ts';
import { isSlow } from './slow.ts';

const one = '2026-11-20T01:00:00.000Z';
const two = '2026-11-20T02:00:00.000Z';
const blocker = (clearsAt: string | null, pool?: string): Blocker => ({
  ...{ step: 'upstream', code: 'parent-running', since: one, holder: 'x', action: 'wait' },
  clearsAt,
  ...(pool ? { pool } : {}),
});

describe('when an instance is expected to be free', () => {
  it('is when the last blocker clears, and unknown as soon as one cannot be foreseen', () => {
    expect(clearsAtOf([blocker(one), blocker(two)], [])).toBe(two);
    expect(clearsAtOf([blocker(one), blocker(null)], [])).toBeNull();
    expect(clearsAtOf([], [])).toBeNull();
  });

  it('counts its place in the queue of a pool, not the first slot that comes free', () => {
    expect(clearsAtOf([blocker(one, 'p')], [{ pool: 'p', expectedAt: two }])).toBe(two);
    expect(clearsAtOf([blocker(one, 'p')], [{ pool: 'p' }])).toBeNull();
    expect(turnAt([two, one], 1)).toBe(one);
    expect(turnAt([two, one], 2)).toBe(two);
    expect(turnAt([two, one], 3)).toBeUndefined();
    expect(turnAt([one, undefined], 1)).toBeUndefined();
  });
});

describe('why an attempt failed', () => {
  it.each([
    ['ran into its limit', 'timed-out', 'timed-out'],
    ['terminated by ann', 'terminated', 'terminated'],
    ['rejected by ann: no', 'failed', 'rejected'],
    ['RuntimeError: JavaScript heap out of memory', 'failed', 'out-of-memory'],
    ['AccessDeniedException: User is not authorized', 'failed', 'access-denied'],
    ['TooManyRequestsException: Rate exceeded', 'failed', 'throttled-by-service'],
    [
      '127.0.0.1 is refused: 127.0.0.1 is not a public address; allow it',
      'failed',
      'refused-address',
    ],
    ['check failed: 3 rows without a key', 'failed', 'check-failed'],
    ['connect ECONNREFUSED 10.0.0.1:443', 'failed', 'unreachable'],
    ['GET answered 503', 'failed', 'http-server'],
    ['GET answered 404', 'failed', 'not-found'],
    ['POST answered 422', 'failed', 'http-client'],
    ['Parser Error: syntax error at or near "SELEC"', 'failed', 'bad-sql'],
    ['something odd', 'failed', 'unknown'],
  ] as const)('is told from its words: %s', (error, outcome, hint) => {
    expect(errorHintOf({ status: 'FAILED', outcome, error })).toBe(hint);
  });

  it('is nothing where nothing failed', () => {
    expect(errorHintOf({ status: 'SUCCESS' })).toBeUndefined();
  });
});

describe('a slow attempt', () => {
  it('takes more than half as long again as the mean', () => {
    expect([isSlow(15, 10), isSlow(15.1, 10), isSlow(99, undefined)]).toEqual([false, true, false]);
  });
});
