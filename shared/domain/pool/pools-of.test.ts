import { describe, expect, it } from 'vitest';
import { anInstance } from '../../testing/an-instance.ts';
import type { Family } from '../instance/instance.schema.ts';
import { ThrottleRule } from './pool.schema.ts';
import { poolsOf } from './pools-of.ts';

const now = '2026-11-20T02:00:00.000Z';
const everything = ThrottleRule.parse({ name: 'all', scope: {}, maxConcurrency: 1 });
const limited = (family: Family) =>
  poolsOf({ ...anInstance(), family }, [], [everything], [], now).length > 0;

describe('throttling', () => {
  it('N83 ignores real-time: a rule for everything limits the offline families only', () => {
    expect((['recurring', 'backfill', 'manual'] as const).map(limited)).toEqual([true, true, true]);
    expect(limited('realtime' as Family)).toBe(false);
    expect(limited('barrier')).toBe(false);
    const named = ThrottleRule.safeParse({ ...everything, families: ['realtime'] });
    expect(named.error?.issues).toMatchObject([{ path: ['families', 0] }]);
  });
});
