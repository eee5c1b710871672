import { describe, expect, it } from 'vitest';
import { csvOf } from './csv-of.ts';

describe('a list as CSV', () => {
  it('has a column for each field that any row has, and an empty cell where one has none', () => {
    expect(
      csvOf([
        { a: 1, b: null },
        { a: true, c: 'x' },
      ]),
    ).toBe('\uFEFFa,b,c\r\n1,,\r\ntrue,,x\r\n');
  });

  it('quotes what would end a cell or a line, joins lists, writes objects as JSON', () => {
    expect(csvOf([{ a: 'x,"y"\nz', b: ['p', 'q'], c: { n: 1 } }])).toBe(
      '\uFEFFa,b,c\r\n"x,""y""\nz","p;q","{""n"":1}"\r\n',
    );
  });

  it('lets no text become a formula of a spreadsheet; numbers stay numbers', () => {
    expect(csvOf([{ a: '=HYPERLINK(1)', b: '+1', c: -1, d: '@x' }])).toBe(
      "\uFEFFa,b,c,d\r\n'=HYPERLINK(1),'+1,-1,'@x\r\n",
    );
  });
});
