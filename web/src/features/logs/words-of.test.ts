import { describe, expect, it } from 'vitest';
import { wordsOf } from './words-of.ts';

describe('what is marked in the lines that a search found', () => {
  it.each([
    ['timeout', ['timeout']],
    ['"connection reset" warehouse*', ['connection reset', 'warehouse']],
    ['a OR (b AND c)', ['a', 'b', 'c']],
    ['load NOT retry -slow', ['load']],
    [undefined, []],
  ])('is of %s: %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});
