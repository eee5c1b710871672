import type { Env, Key } from '../kernel/key.schema.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { categoryOf } from './default-category.ts';
import { type Counts, countLevel, emptyCounts, type OpenCounts } from './level-counts.ts';
import type { LogLine } from './log-line.schema.ts';
import { searchedTextOf } from './searched-text.ts';
import { tokenFilterOf } from './token-filter.ts';
import { tokensOf } from './tokens-of.ts';

/** What is known of the ERROR lines of a chunk: settled, or the instance must be asked (spec/README decision 21). */
export type Fate = 'shown' | 'pending' | 'superseded';

/** Everything that a search wants to know of a chunk before it reads its lines. */
export type ChunkSummary = {
  readonly first: Instant;
  readonly last: Instant;
  readonly counts: Counts;
  /** Counts of each minute that has lines, by minutes since that of `first`; only of a chunk in several minutes. */
  readonly minutes?: readonly (readonly [number, ...Counts])[] | undefined;
  /** All that occur; missing when there are too many to list. */
  readonly categories?: readonly string[] | undefined;
  readonly operations?: readonly string[] | undefined;
  /** A Bloom filter over the tokens of all lines. */
  readonly filter: Uint8Array;
};

export type ChunkHeader = ChunkSummary & {
  readonly env: Env;
  readonly project: Key;
  readonly workflow: Key;
  readonly run: string;
  readonly task: Key;
  readonly instance: string;
  readonly attempt: number;
  readonly chunk: string;
  readonly version: number;
  readonly kind: string;
  readonly fate: Fate;
};

const mostNames = 12;
const minuteMs = 60_000;

/** The summary of lines in order of time; undefined of none. */
export const summaryOf = (lines: readonly LogLine[], kind: string): ChunkSummary | undefined => {
  const first = lines[0]?.at;
  const last = lines.at(-1)?.at;
  if (first === undefined || last === undefined) return undefined;

  const start = minuteOf(first);
  const counts = emptyCounts();
  const minutes = new Map<number, OpenCounts>();
  const categories = new Set<string>();
  const operations = new Set<string>();
  const tokens = new Set<string>();
  for (const line of lines) {
    const minute = minuteOf(line.at) - start;
    const ofMinute = minutes.get(minute) ?? emptyCounts();
    countLevel(ofMinute, line.level);
    countLevel(counts, line.level);
    minutes.set(minute, ofMinute);
    categories.add(categoryOf(line, kind));
    operations.add(line.operation);
    for (const token of tokensOf(searchedTextOf(line))) tokens.add(token);
  }
  return {
    first,
    last,
    counts,
    ...(minutes.size > 1 ? { minutes: [...minutes].map(([at, of]) => [at, ...of] as const) } : {}),
    ...(categories.size <= mostNames ? { categories: [...categories] } : {}),
    ...(operations.size <= mostNames ? { operations: [...operations] } : {}),
    filter: tokenFilterOf(tokens),
  };
};

/** Minutes since the epoch. */
export const minuteOf = (at: Instant): number => Math.floor(Date.parse(at) / minuteMs);
