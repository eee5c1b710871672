import { err, ok, type Result } from '../kernel/result.ts';
import { tokensOf } from './tokens-of.ts';

/** What a text must hold: tokens side by side, the last perhaps only begun with, or a combination of such. */
export type LogQuery =
  | { readonly is: 'term'; readonly tokens: readonly string[]; readonly prefix: boolean }
  | { readonly is: 'and' | 'or'; readonly of: readonly LogQuery[] }
  | { readonly is: 'not'; readonly of: LogQuery };

/** More terms make a query slow and nobody wiser. */
export const maxTerms = 30;

/**
 * Reads a query (workflows-and-logs B1.2): words, `"a phrase"`, `pre*`, AND (also by standing side by side), OR, NOT and
 * parentheses; NOT binds first, then AND, then OR; the operators are written in capitals. A word that holds several tokens
 * (`daily-sales`, `日志`) is a phrase. Signs that are part of no token are ignored. The error is a sentence for the field.
 */
export const parseLogQuery = (text: string): Result<LogQuery, string> => {
  const lexed = lex(text);
  if (!lexed.ok) return lexed;
  const terms = lexed.value.filter((lexeme) => typeof lexeme !== 'string').length;
  if (terms > maxTerms) return err(`has ${terms} terms; at most ${maxTerms} can be searched for`);

  const reader = { lexemes: lexed.value, at: 0 };
  const query = readOr(reader, 0);
  if (!query.ok) return query;
  if (reader.at < reader.lexemes.length) return err('has a ) without its (');
  return query.value ? ok(query.value) : err('names no word to search for');
};

type Term = Extract<LogQuery, { is: 'term' }>;
type Lexeme = 'AND' | 'OR' | 'NOT' | '(' | ')' | Term;
type Reader = { readonly lexemes: readonly Lexeme[]; at: number };
type Read = Result<LogQuery | undefined, string>;

const piece = /"([^"]*)("?)|([()])|([^\s()"]+)/g;

const lex = (text: string): Result<Lexeme[], string> => {
  const lexemes: Lexeme[] = [];
  for (const [, quoted, closing, paren, word = ''] of text.matchAll(piece)) {
    if (quoted !== undefined && closing === '') return err('has a " without its second one');
    if (paren === '(' || paren === ')') lexemes.push(paren);
    else if (word === 'AND' || word === 'OR' || word === 'NOT') lexemes.push(word);
    else {
      const tokens = tokensOf(quoted ?? word);
      if (tokens.length > 0) lexemes.push({ is: 'term', tokens, prefix: word.endsWith('*') });
    }
  }
  return ok(lexemes);
};

const deepest = 20;

const readOr = (reader: Reader, depth: number): Read => {
  if (depth > deepest) return err(`has more than ${deepest} parentheses inside each other`);
  const any: LogQuery[] = [];
  for (;;) {
    const one = readAnd(reader, depth);
    if (!one.ok) return one;
    if (one.value) any.push(one.value);
    if (reader.lexemes[reader.at] !== 'OR') return ok(joined('or', any));
    if (!one.value) return err('has an OR with nothing before it');
    reader.at += 1;
    if (!beginsSomething(reader)) return err('has an OR with nothing after it');
  }
};

const readAnd = (reader: Reader, depth: number): Read => {
  const all: LogQuery[] = [];
  for (;;) {
    const next = reader.lexemes[reader.at];
    if (next === undefined || next === 'OR' || next === ')') return ok(joined('and', all));
    if (next === 'AND') {
      if (all.length === 0) return err('has an AND with nothing before it');
      reader.at += 1;
      if (!beginsSomething(reader)) return err('has an AND with nothing after it');
      continue;
    }
    const one = readOne(reader, depth);
    if (!one.ok) return one;
    if (one.value) all.push(one.value);
  }
};

const readOne = (reader: Reader, depth: number): Read => {
  const next = reader.lexemes[reader.at];
  reader.at += 1;
  if (next === 'NOT') {
    if (!beginsSomething(reader)) return err('has a NOT with nothing after it');
    const inner = readOne(reader, depth);
    return inner.ok && inner.value ? ok({ is: 'not', of: inner.value }) : inner;
  }
  if (next === '(') {
    const inner = readOr(reader, depth + 1);
    if (!inner.ok) return inner;
    if (reader.lexemes[reader.at] !== ')') return err('has a ( without its )');
    reader.at += 1;
    return inner;
  }
  return ok(typeof next === 'object' ? next : undefined);
};

const beginsSomething = ({ lexemes, at }: Reader): boolean => {
  const next = lexemes[at];
  return next !== undefined && next !== 'AND' && next !== 'OR' && next !== ')';
};

const joined = (is: 'and' | 'or', of: readonly LogQuery[]): LogQuery | undefined =>
  of.length > 1 ? { is, of } : of[0];
