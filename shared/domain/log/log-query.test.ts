import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundIn, matches, mayMatch } from './match-log-query.ts';
import { maxTerms, parseLogQuery } from './parse-log-query.ts';
import { mayHold, tokenFilterOf } from './token-filter.ts';
import { tokensOf } from './tokens-of.ts';

const parsed = (text: string) => {
  const query = parseLogQuery(text);
  if (!query.ok) throw new Error(query.error);
  return query.value;
};
const finds = (query: string, text: string) => matches(parsed(query), text);
const refusal = (text: string) => {
  const query = parseLogQuery(text);
  return query.ok ? undefined : query.error;
};

describe('the content of a search (W56)', () => {
  it('counts letters, digits and underscores of any script as tokens, a CJK character as one', () => {
    expect(tokensOf('user_id=42, Größe 10.5; 日志ok (naïve) 한글')).toEqual([
      'user_id',
      '42',
      'größe',
      '10',
      '5',
      '日',
      '志',
      'ok',
      'naïve',
      '한',
      '글',
    ]);
    expect(tokensOf('nai\u0308ve')).toEqual(tokensOf('naïve'));
    expect(tokensOf(' -- !? ')).toEqual([]);
  });

  it.each([
    ['timeout', 'Connection TIMEOUT after 3 s', true],
    ['time', 'Connection timeout', false],
    ['time*', 'Connection timeout', true],
    ['connection 3', 'Connection timeout after 3 s', true],
    ['connection AND 4', 'Connection timeout after 3 s', false],
    ['4 OR after', 'Connection timeout after 3 s', true],
    ['NOT refused', 'Connection timeout', true],
    ['connection NOT timeout', 'Connection timeout', false],
    ['"timeout after"', 'Connection timeout, after 3 s', true],
    ['"after timeout"', 'Connection timeout after 3 s', false],
    ['a b OR c', 'c', true],
    ['a (b OR c)', 'c', false],
    ['a (b OR c)', 'a c', true],
    ['NOT (a OR b) c', 'c', true],
    ['daily-sales', 'run of daily_sales', false],
    ['daily-sales', 'run of daily-sales today', true],
    ['daily-sales', 'sales daily', false],
    ['日志', '查看日志', true],
    ['志日', '查看日志', false],
    ['"10.5 ms"', 'took 10.5 ms', true],
    ['order-4*', 'order-4711', true],
    ['and', 'this and that', true],
    ['-- failed:', 'it failed', true],
    ['STRASSE', 'Straße', false],
  ])('%s in “%s”: %s', (query, text, expected) => {
    expect(finds(query, text)).toBe(expected);
  });

  it.each([
    ['"open', 'has a " without its second one'],
    ['(a', 'has a ( without its )'],
    ['a)', 'has a ) without its ('],
    ['a OR', 'has an OR with nothing after it'],
    ['OR a', 'has an OR with nothing before it'],
    ['AND a', 'has an AND with nothing before it'],
    ['a NOT', 'has a NOT with nothing after it'],
    ['-- !', 'names no word to search for'],
    [
      Array.from({ length: maxTerms + 1 }, (_, n) => `w${n}`).join(' '),
      `has ${maxTerms + 1} terms; at most ${maxTerms} can be searched for`,
    ],
    [`${'('.repeat(30)}a${')'.repeat(30)}`, 'has more than 20 parentheses inside each other'],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it('allows thirty terms', () => {
    const text = Array.from({ length: maxTerms }, (_, n) => `w${n}`).join(' ');
    expect(refusal(text)).toBeUndefined();
  });

  it('never throws, whatever people type', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const query = parseLogQuery(text);
        if (query.ok) matches(query.value, text);
      }),
    );
    const bits = fc.constantFrom('(', ')', '"', 'AND', 'OR', 'NOT', 'a', 'b*', '日志', '-');
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 12 }), (all) => {
        const query = parseLogQuery(all.join(' '));
        if (query.ok) matches(query.value, all.join(' '));
      }),
    );
  });

  it('marks what it found', () => {
    expect(
      foundIn(parsed('"timeout after" conn* NOT x'), 'Connection timeout, after 3 s x'),
    ).toEqual([
      [0, 10],
      [11, 25],
    ]);
    expect(foundIn(parsed('日志'), '查看日志')).toEqual([[2, 4]]);
  });
});

describe('the token filter', () => {
  const word = fc.constantFrom('a', 'bb', 'ccc', 'd_1', '42', '日', 'größe');
  const text = fc.array(word, { maxLength: 12 }).map((all) => all.join(' '));
  const query = fc
    .array(
      fc.tuple(fc.constantFrom('', 'NOT ', '"'), word, fc.constantFrom(' ', ' OR ', ' AND ')),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((all) =>
      all
        .map(([sign, term, joint], n) => {
          const one = sign === '"' ? `"${term} a"` : `${sign}${term}`;
          return n === all.length - 1 ? one : `${one}${joint}`;
        })
        .join(''),
    );

  it('never rules out a chunk with a line that matches', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), query, (lines, asked) => {
        const filter = tokenFilterOf(lines.flatMap(tokensOf));
        const wanted = parsed(asked);
        if (lines.some((line) => matches(wanted, line)))
          expect(mayMatch(wanted, (token) => mayHold(filter, token))).toBe(true);
      }),
    );
  });

  it('affirms every token that was put in, and few others', () => {
    const tokens = Array.from({ length: 500 }, (_, n) => `token${n * 7919}`);
    const filter = tokenFilterOf(tokens);
    expect(tokens.filter((token) => !mayHold(filter, token))).toEqual([]);
    const others = Array.from({ length: 5_000 }, (_, n) => `other${n}`);
    expect(others.filter((token) => mayHold(filter, token)).length).toBeLessThan(150);
    expect(filter.length).toBe(625);
    expect(tokenFilterOf([])).toHaveLength(0);
    expect(mayHold(tokenFilterOf([]), 'a')).toBe(false);
  });
});
