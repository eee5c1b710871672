import { describe, expect, it } from 'vitest';
import { summaryOfRefusals } from './summary-of-refusals.ts';

describe('what an operation leaves out', () => {
  it('is counted by reason, the most frequent first', () => {
    expect(summaryOfRefusals(['runs', undefined, 'ended', 'ended', undefined])).toEqual({
      total: 5,
      refused: 3,
      reasons: [
        { reason: 'ended', count: 2 },
        { reason: 'runs', count: 1 },
      ],
    });
    expect(summaryOfRefusals([undefined])).toMatchObject({ refused: 0, reasons: [] });
  });
});
