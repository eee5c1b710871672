import * as z from 'zod';
import type { Outcome } from '../instance/instance.schema.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { Run } from '../run/run.schema.ts';

/**
 * What became of one tick of a schedule: a run of its own, an empty one with a reason (`SKIPPED`), none yet (`PLANNED`),
 * or none although there should be one (`MISSED`). `LATE` is due and has not begun.
 */
export const TickStatus = z
  .enum([
    'PLANNED',
    'WAITING',
    'LATE',
    'RUNNING',
    'SUCCESS',
    'FAILED',
    'CANCELLED',
    'SKIPPED',
    'MISSED',
  ])
  .meta({ id: 'TickStatus' });
export type TickStatus = z.infer<typeof TickStatus>;

/** Why nothing of a run ran. */
export const SkipReason = z.enum(['off-day', 'out-of-range', 'expired']);
export type SkipReason = z.infer<typeof SkipReason>;

export type TickState = {
  readonly status: TickStatus;
  /** It has begun late, or not at all yet. */
  readonly late: boolean;
  readonly reason?: SkipReason | undefined;
};

type Expected = {
  readonly dueAt: Instant;
  /** When the generation of its business date ended; undefined: not yet. */
  readonly generatedAt?: Instant | undefined;
};

/** As much of a run as its tick needs, with its exact status. */
export type TickRun = Pick<Run, 'status' | 'startedAt' | 'outcomes' | 'total'>;

/** A run that begins so long after its tick is late; generation is given as long to show up in the list of runs. */
export const lateSeconds = 300;

/** What became of a tick, by what is known at `now`. Ended runs are what they are, whatever the time. */
export const tickState = (
  { dueAt, generatedAt }: Expected,
  run: TickRun | undefined,
  now: Instant,
): TickState => {
  const overdue = now > plusSeconds(dueAt, lateSeconds);
  if (!run) {
    const made = generatedAt !== undefined && now > plusSeconds(generatedAt, lateSeconds);
    return { status: overdue || made ? 'MISSED' : 'PLANNED', late: false };
  }

  if (run.status === 'WAITING')
    return overdue ? { status: 'LATE', late: true } : { status: 'WAITING', late: false };
  const reason = run.status === 'SUCCESS' ? skipReasonOf(run) : undefined;
  if (reason) return { status: 'SKIPPED', late: false, reason };
  const { startedAt } = run;
  return {
    status: run.status,
    late: startedAt !== undefined && startedAt > plusSeconds(dueAt, lateSeconds),
  };
};

/** Nothing of the run ran, and why: the reason of most of its tasks. A dry run was asked for, so it is no skip. */
const skipReasonOf = ({ outcomes, total }: TickRun): SkipReason | undefined => {
  const skipped = SkipReason.options
    .map((reason) => ({ reason, count: outcomes[reason satisfies Outcome] ?? 0 }))
    .toSorted((a, b) => b.count - a.count);
  const count = skipped.reduce((sum, each) => sum + each.count, 0);
  return total > 0 && count === total ? skipped[0]?.reason : undefined;
};
