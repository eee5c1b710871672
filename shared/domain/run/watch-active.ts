import type { Instance } from '../instance/instance.schema.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';

/** An admitted attempt that nobody has claimed after this long is started again under its name (design.md §5). */
export const unclaimedSeconds = 60;

/** After this long without a claim it is given up: starting again has not helped. */
const giveUpSeconds = 900;

/** What the minute's look at an attempt that is out asks for. */
export type WatchVerdict = 'leave' | 'start-again' | 'stop' | 'end-stopped' | 'end-lost';

/**
 * SUBMITTED: start again when unclaimed for 60 s, end when it was terminated meanwhile or never gets claimed. RUNNING:
 * past its deadline (time-out and margin) the execution cannot be alive any more when it was Express; a Standard one is
 * asked to stop first and ended a margin later.
 */
export const watchActive = (
  instance: Pick<Instance, 'status' | 'submittedAt' | 'deadlineAt' | 'stopping' | 'timeoutSeconds'>,
  machine: 'express' | 'standard',
  now: Instant,
): WatchVerdict => {
  const { status, submittedAt = now, deadlineAt, stopping } = instance;

  if (status === 'SUBMITTED') {
    if (now < plusSeconds(submittedAt, unclaimedSeconds)) return 'leave';
    if (stopping) return 'end-stopped';
    return now < plusSeconds(submittedAt, giveUpSeconds) ? 'start-again' : 'end-lost';
  }
  if (status !== 'RUNNING' || deadlineAt === undefined || now < deadlineAt) return 'leave';
  if (machine === 'standard' && now < plusSeconds(deadlineAt, unclaimedSeconds)) return 'stop';
  return stopping ? 'end-stopped' : 'end-lost';
};
