import type { LogQuery } from './parse-log-query.ts';
import { placedTokensOf, tokensOf } from './tokens-of.ts';

/**
 * The documented semantics of a search: whether a text holds what the query asks for, token by token. Whatever finds lines
 * faster must agree with it exactly.
 */
export const matches = (query: LogQuery, text: string): boolean =>
  mayStandIn(query, text.toLowerCase()) && holds(query, tokensOf(text));

/**
 * Whether some line of many can match, by what is known of all their tokens together: `has` may say yes to a token that
 * none of them holds, never no to one that does. No means that none matches.
 */
export const mayMatch = (query: LogQuery, has: (token: string) => boolean): boolean => {
  switch (query.is) {
    case 'term':
      return (query.prefix ? query.tokens.slice(0, -1) : query.tokens).every(has);
    case 'and':
      return query.of.every((each) => mayMatch(each, has));
    case 'or':
      return query.of.some((each) => mayMatch(each, has));
    case 'not':
      return true;
  }
};

/** Where a text holds what was asked for: half-open ranges of UTF-16 offsets in order, for marking them. */
export const foundIn = (query: LogQuery, text: string): readonly (readonly [number, number])[] => {
  const placed = placedTokensOf(text);
  const tokens = placed.map(({ token }) => token);
  const found = termsOf(query).flatMap((term) =>
    placed.flatMap(({ from }, at): [number, number][] => {
      const last = placed[at + term.tokens.length - 1];
      return last && standsAt(term, tokens, at) ? [[from, last.to]] : [];
    }),
  );
  return merged(found.toSorted(([a], [b]) => a - b));
};

/**
 * Whether it is worth to cut a text (in lower case) into tokens: most lines do not even hold the letters. Only tokens of
 * ASCII can be told so, since others may be written in several ways.
 */
const mayStandIn = (query: LogQuery, lower: string): boolean => {
  switch (query.is) {
    case 'term':
      return query.tokens.every((token) => !isAscii.test(token) || lower.includes(token));
    case 'and':
      return query.of.every((each) => mayStandIn(each, lower));
    case 'or':
      return query.of.some((each) => mayStandIn(each, lower));
    case 'not':
      return true;
  }
};

const isAscii = /^[a-z0-9_]+$/;

type Term = Extract<LogQuery, { is: 'term' }>;

const holds = (query: LogQuery, tokens: readonly string[]): boolean => {
  switch (query.is) {
    case 'term':
      return tokens.some((_, at) => standsAt(query, tokens, at));
    case 'and':
      return query.of.every((each) => holds(each, tokens));
    case 'or':
      return query.of.some((each) => holds(each, tokens));
    case 'not':
      return !holds(query.of, tokens);
  }
};

const standsAt = (term: Term, tokens: readonly string[], at: number): boolean => {
  const last = term.tokens.length - 1;
  for (let n = 0; n <= last; n += 1) {
    const token = tokens[at + n];
    const wanted = term.tokens[n] ?? '';
    const same = term.prefix && n === last ? token?.startsWith(wanted) : token === wanted;
    if (!same) return false;
  }
  return true;
};

const termsOf = (query: LogQuery): readonly Term[] => {
  if (query.is === 'term') return [query];
  return query.is === 'not' ? [] : query.of.flatMap(termsOf);
};

const merged = (ranges: readonly (readonly [number, number])[]): (readonly [number, number])[] => {
  const done: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = done.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else done.push([from, to]);
  }
  return done;
};
