import { LogLevel } from './log-line.schema.ts';

/** Lines by level, in the order of `LogLevel.options`. */
export type Counts = readonly [number, number, number, number];

/** Counts that are still being added to. */
export type OpenCounts = [number, number, number, number];

export const emptyCounts = (): OpenCounts => [0, 0, 0, 0];

/** Counts one line more, in place: a search counts millions. */
export const countLevel = (counts: OpenCounts, level: LogLevel): void => {
  counts[LogLevel.options.indexOf(level) as 0 | 1 | 2 | 3] += 1;
};

export const countsOfLevels = (lines: Iterable<{ readonly level: LogLevel }>): Counts => {
  const counts = emptyCounts();
  for (const { level } of lines) countLevel(counts, level);
  return counts;
};

export const plusCounts = (one: Counts, other: Counts): Counts => [
  one[0] + other[0],
  one[1] + other[1],
  one[2] + other[2],
  one[3] + other[3],
];

export const totalOf = (counts: Counts): number => counts.reduce((all, each) => all + each, 0);

/** The same counts under the names of their levels. */
export const namedCounts = ([DEBUG, INFO, WARN, ERROR]: Counts) => ({ DEBUG, INFO, WARN, ERROR });
