import { describe, expect, it } from 'vitest';
import { measureUnits } from '../../bench/units.ts';

describe('an attempt with 1.5 parents and one limited pool', () => {
  it('costs no more capacity units than it did', async () => {
    const { stages, attempts, edges } = await measureUnits();
    const sum = (of: 'write' | 'read') => stages.reduce((all, each) => all + each[of], 0);
    expect(edges / attempts).toBeCloseTo(1.5, 1);
    // 25 and the header of the attempt's log (ADR 46).
    expect(sum('write')).toBeLessThanOrEqual(26);
    // 18 and what the task may have said of itself (ADR 71).
    expect(sum('read')).toBeLessThan(19);
  }, 120_000);
});
