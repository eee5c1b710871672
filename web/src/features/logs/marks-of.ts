import { foundIn } from '../../../../shared/domain/log/match-log-query.ts';
import { parseLogQuery } from '../../../../shared/domain/log/parse-log-query.ts';
import type { Marks } from './found-text.tsx';

/** Marks what a search asked for, as the search itself understands it. */
export const marksOfSearch = (search: string | undefined): Marks => {
  const query = search?.trim() ? parseLogQuery(search) : undefined;
  return query?.ok ? (text) => foundIn(query.value, text) : () => [];
};

/** Marks a text as it was typed, wherever it stands; case does not count. */
export const marksOfText = (typed: string): Marks => {
  const wanted = typed.trim().toLowerCase();
  return (text) => {
    const marks: [number, number][] = [];
    if (wanted === '') return marks;
    const lower = text.toLowerCase();
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length))
      marks.push([at, at + wanted.length]);
    return marks;
  };
};
