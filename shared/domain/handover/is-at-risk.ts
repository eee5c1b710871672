import type { Instance } from '../instance/instance.schema.ts';
import { isEnded } from '../instance/lifecycle.ts';
import { secondsBetween } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';

/** How many times its mean duration an instance may take from its due time on. */
const patience = 1.5;

/**
 * It was due and should have ended by now: longer ago than one and a half times the mean duration of its task. Without
 * history nothing is expected, so nothing is at risk.
 */
export const isAtRisk = (
  instance: Pick<Instance, 'status' | 'dueAt'>,
  meanSeconds: number | undefined,
  now: Instant,
): boolean =>
  !isEnded(instance) &&
  meanSeconds !== undefined &&
  secondsBetween(instance.dueAt, now) > meanSeconds * patience;
