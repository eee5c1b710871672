import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNote } from './parse-note.ts';

describe('a note', () => {
  it('shows strong words, code and lists', () => {
    expect(parseNote('Watch **feed**:\n- rerun `load`\n\n- call')).toEqual([
      {
        kind: 'line',
        spans: [
          { kind: 'text', text: 'Watch ' },
          { kind: 'strong', text: 'feed' },
          { kind: 'text', text: ':' },
        ],
      },
      {
        kind: 'item',
        spans: [
          { kind: 'text', text: 'rerun ' },
          { kind: 'code', text: 'load' },
        ],
      },
      { kind: 'item', spans: [{ kind: 'text', text: 'call' }] },
    ]);
  });

  it('keeps every other character as text, markup and links too', () => {
    const html = '<script>x</script> [a](javascript:b)';
    expect(parseNote(html)).toEqual([{ kind: 'line', spans: [{ kind: 'text', text: html }] }]);
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const kept = parseNote(typed)
          .flatMap(({ spans }) => spans)
          .map(({ text }) => text)
          .join('');
        const letters = (text: string) => text.replace(/[\s*`-]/g, '');
        expect(letters(kept)).toBe(letters(typed));
      }),
    );
  });
});
