import { describe, expect, it } from 'vitest';
import { waitSeconds } from './use-refresh.ts';

describe('the auto refresh of the run logs', () => {
  it('W59 waits twice as long after each failure, at most a minute, and as chosen when all is well', () => {
    expect([0, 1, 2, 3, 4, 9].map((failures) => waitSeconds(10, failures))).toEqual([
      10, 20, 40, 60, 60, 60,
    ]);
    expect(waitSeconds(60, 3)).toBe(60);
  });
});
