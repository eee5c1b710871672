import type { BizDate, Instant } from './time.schema.ts';

const dayMs = 86_400_000;

/** The day `days` after (or, negative, before) `date`. */
export const plusDays = (date: BizDate, days: number): BizDate =>
  isoOf(Date.parse(`${date}T00:00:00Z`) + days * dayMs).slice(0, 10);

/** The day the work of a business date runs: T+1 (design.md §1). */
export const runDateOf = (bizDate: BizDate): BizDate => plusDays(bizDate, 1);

/** Epoch milliseconds as the canonical Instant. */
export const isoOf = (epochMs: number): Instant => new Date(epochMs).toISOString();

/** `at` moved by `seconds` (may be negative or fractional). */
export const plusSeconds = (at: Instant, seconds: number): Instant =>
  isoOf(Date.parse(at) + Math.round(seconds * 1000));

/** Seconds from `from` to `to`. */
export const secondsBetween = (from: Instant, to: Instant): number =>
  (Date.parse(to) - Date.parse(from)) / 1000;

/** The later of two instants; canonical instants compare as strings. */
export const laterOf = (a: Instant, b: Instant | undefined): Instant =>
  b !== undefined && b > a ? b : a;
