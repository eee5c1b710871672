import * as z from 'zod';
import { plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { GenerationLine } from '../run/generation-line.schema.ts';

/**
 * Whether the promise of a business date is kept: expected = created = finished (what-users-ask-for §4.4). `MISSING` was
 * not generated in time, `INCOMPLETE` was, but something of it does not exist.
 */
export const LedgerState = z
  .enum(['PLANNED', 'GENERATING', 'MISSING', 'INCOMPLETE', 'OPEN', 'DONE'])
  .meta({ id: 'LedgerState' });
export type LedgerState = z.infer<typeof LedgerState>;

/** A generation may take this long after its cut-off before its missing line is a hole. */
export const graceSeconds = 3_600;

/** The state of a business date, from its cut-off, its line and the exact counts of its instances. */
export const ledgerState = (
  {
    cutoffAt,
    line,
    created,
    finished,
  }: {
    readonly cutoffAt: Instant;
    readonly line?: Pick<GenerationLine, 'finishedAt' | 'expected' | 'ticks'> | undefined;
    readonly created: number;
    readonly finished: number;
  },
  now: Instant,
): LedgerState => {
  if (!line?.finishedAt) {
    if (cutoffAt > now) return 'PLANNED';
    return now >= plusSeconds(cutoffAt, graceSeconds) ? 'MISSING' : 'GENERATING';
  }
  if ((line.ticks?.missed ?? 0) > 0) return 'INCOMPLETE';
  if (created < (line.expected ?? 0)) {
    // The counters follow the instances by seconds.
    return now >= plusSeconds(line.finishedAt, graceSeconds) ? 'INCOMPLETE' : 'GENERATING';
  }
  return finished < created ? 'OPEN' : 'DONE';
};

/** A hole: somebody has to look. */
export const isHole = (state: LedgerState): boolean =>
  state === 'MISSING' || state === 'INCOMPLETE';
