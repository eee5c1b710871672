import { describe, expect, it } from 'vitest';
import { eventPattern } from './event-pattern.ts';

const matches = (pattern: unknown, event: unknown): boolean =>
  eventPattern(pattern, 'Rule').matches(event);

describe('an event pattern', () => {
  it.each([
    [{ a: ['x', 'y'] }, { a: 'y' }, true],
    [{ a: ['x'] }, { a: 'z' }, false],
    [{ a: ['x'] }, {}, false],
    [{ a: { b: [1, null] } }, { a: { b: null } }, true],
    [{ a: ['x'], b: ['y'] }, { a: 'x', b: 'n' }, false],
    [{ a: [{ prefix: 'RUN#' }] }, { a: 'RUN#1' }, true],
    [{ a: [{ prefix: 'RUN#' }] }, { a: 5 }, false],
    [{ a: [{ suffix: '.csv' }, 'b'] }, { a: 'x.csv' }, true],
    [{ a: [{ exists: false }] }, {}, true],
    [{ a: [{ exists: true }] }, { a: 0 }, true],
    [{ a: [{ 'anything-but': ['x'] }] }, { a: 'x' }, false],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'yx' }, true],
    [{ a: ['x'] }, { a: ['w', 'x'] }, true],
  ])('%j on %j is %s', (pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it.each([[{ a: [{ numeric: ['>', 1] }] }], [{ $or: [] }], [{ a: 'x' }]])(
    'refuses %j, naming the owner',
    (pattern) => {
      expect(() => eventPattern(pattern, 'OnThing')).toThrow(/OnThing/);
    },
  );
});
