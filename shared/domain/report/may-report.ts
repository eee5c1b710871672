import type { Attempt, Instance } from '../instance/instance.schema.ts';
import { secondsBetween } from '../kernel/calendar-day.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.schema.ts';

/** What a report is about, as far as it is known. */
type Reported = {
  readonly instance: Pick<Instance, 'id' | 'status' | 'attempt' | 'token'>;
  /** Ended attempts; only looked at when the attempt is not the running one. */
  readonly attempts: readonly Pick<Attempt, 'attempt' | 'endedAt'>[];
};

/** Log lines on their way when an attempt ends still belong to it. */
export const logGraceSeconds = 15 * 60;

/** Whether the attempt runs now. */
export const isRunning = (
  { status, attempt: current }: Pick<Instance, 'status' | 'attempt'>,
  attempt: number,
): boolean => status === 'RUNNING' && current === attempt;

/**
 * Whether something may be reported of an attempt now: while it runs, and up to `graceSeconds` after its end. The error
 * is a sentence for whoever reports.
 */
export const mayReport = (
  { instance, attempts }: Reported,
  attempt: number,
  now: Instant,
  graceSeconds: number,
): Result<'running' | 'ended', string> => {
  if (isRunning(instance, attempt)) return ok('running');
  const ended = attempts.find((each) => each.attempt === attempt);
  if (!ended?.endedAt)
    return err(
      `attempt: ${instance.id} has no attempt ${attempt} that has begun; it is at attempt ${instance.attempt}`,
    );
  const late = secondsBetween(ended.endedAt, now);
  if (late <= graceSeconds) return ok('ended');
  return err(
    `attempt: attempt ${attempt} of ${instance.id} ended at ${ended.endedAt}; reports are taken up to ${graceSeconds} s after that`,
  );
};
