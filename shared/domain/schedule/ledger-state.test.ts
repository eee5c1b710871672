import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf } from '../kernel/calendar-day.ts';
import { isHole, ledgerState } from './ledger-state.ts';

const cutoff = Date.parse('2026-11-19T23:00:00Z');
const cutoffAt = isoOf(cutoff);
const past = (seconds: number) => isoOf(cutoff + seconds * 1000);
const finishedAt = past(60);
const later = past(86_400);
const whole = { finishedAt, expected: 5 };

describe('a day of the schedule ledger', () => {
  it('is done exactly when expected = created = finished and no tick is without its run', () => {
    const count = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(count, count, count, fc.integer({ min: 0, max: 2 }), (...counts) => {
        const [expected, created, finished, missed] = counts;
        fc.pre(finished <= created);
        const ticks = { expected: 9, missed, missing: [], checkedAt: finishedAt };
        const line = { finishedAt, expected, ticks };
        const state = ledgerState({ cutoffAt, line, created, finished }, later);
        expect(state === 'DONE').toBe(created >= expected && finished === created && missed === 0);
        expect(isHole(state)).toBe(created < expected || missed > 0);
      }),
    );
  });

  it('never heals by waiting', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9_000, max: 9_000 }),
        fc.integer({ min: 0, max: 9_000 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 5 }),
        (at, more, isFinished, created) => {
          const day = { cutoffAt, line: isFinished ? whole : undefined, created, finished: 0 };
          const before = isHole(ledgerState(day, past(at)));
          if (before) expect(isHole(ledgerState(day, past(at + more)))).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['PLANNED', undefined, past(-1)],
    ['GENERATING', undefined, past(3_599)],
    ['MISSING', undefined, past(3_600)],
    ['MISSING', { expected: 5 }, past(3_600)],
    ['OPEN', whole, past(120)],
  ] as const)('is %s', (state, line, now) => {
    expect(ledgerState({ cutoffAt, line, created: 5, finished: 4 }, now)).toBe(state);
  });
});
