import { describe, expect, it } from 'vitest';
import { marksOfSearch, marksOfText } from './marks-of.ts';

const shown = (marks: ReturnType<typeof marksOfText>, text: string) =>
  marks(text).map(([from, to]) => text.slice(from, to));

describe('what is marked in the lines that a search found', () => {
  it.each([
    ['timeout', 'Timeout after 30 s, timeouts follow', ['Timeout']],
    [
      '"connection reset" ware*',
      'connection reset by warehouse',
      ['connection reset', 'warehouse'],
    ],
    ['load NOT retry', 'load, then retry', ['load']],
    [undefined, 'load', []],
  ])('is of %s what the search means', (search, text, marked) => {
    expect(shown(marksOfSearch(search), text)).toEqual(marked);
  });

  it('is what was typed into a line, wherever it stands', () => {
    expect(shown(marksOfText(' OUT '), 'timeout, out')).toEqual(['out', 'out']);
    expect(shown(marksOfText(''), 'timeout')).toEqual([]);
  });
});
