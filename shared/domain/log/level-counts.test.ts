import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOfLevels, namedCounts, plusCounts, totalOf } from './level-counts.ts';
import { LogLevel } from './log-line.schema.ts';

const lines = fc.array(fc.record({ level: fc.constantFrom(...LogLevel.options) }));

describe('counts of lines by level', () => {
  it('stand under the level of the lines they count', () => {
    const counts = countsOfLevels([{ level: 'ERROR' }, { level: 'INFO' }, { level: 'ERROR' }]);
    expect(namedCounts(counts)).toEqual({ DEBUG: 0, INFO: 1, WARN: 0, ERROR: 2 });
  });

  it('W66 of two parts add up to those of the whole, and to the number of its lines', () => {
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const sum = plusCounts(countsOfLevels(one), countsOfLevels(other));
        expect(sum).toEqual(countsOfLevels([...one, ...other]));
        expect(totalOf(sum)).toBe(one.length + other.length);
      }),
    );
  });
});
