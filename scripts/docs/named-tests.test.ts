import { describe, expect, it } from 'vitest';
import { testsIn } from './named-tests.ts';

const statementsIn = (source: string) =>
  testsIn('x.test.ts', source).map(({ statements }) => statements);

describe('tests named after statements', () => {
  it('are found with one number, with several, with and without a colon', () => {
    const source = `
      it('N34 accepts', () => {});
      it('W13: refuses', () => {});
      test('N5 N6, W7 hold', () => {});
    `;
    expect(statementsIn(source)).toEqual([['N34'], ['W13'], ['N5', 'N6', 'W7']]);
  });

  it('are found in tables, templates and groups', () => {
    const source = [
      "it.each([1])('N27 resolves %s', () => {});",
      'it(`N3 names ${x}`, () => {});',
      "describe('W61', () => {});",
    ].join('\n');
    expect(statementsIn(source)).toEqual([['N27'], ['N3'], ['W61']]);
  });

  it('do not count when skipped, or when the number stands elsewhere', () => {
    const source = `
      it.skip('N1 later', () => {});
      describe.skip('later', () => { it('N2 too', () => {}); });
      it('refuses what N3 says', () => {});
      name('N4 is no test');
    `;
    expect(statementsIn(source)).toEqual([]);
  });
});
