import { cutoffOf } from '../generation/due-days.ts';
import { plusDays, plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';
import { nextOccurrences } from '../schedule/next-occurrences.ts';
import type { Backfill, BackfillSpec } from './backfill.schema.ts';

/** A place in time at which a pending backfill is submitted, and before which nothing of it starts. */
export type Submission = { readonly nextAt: Instant; readonly startAt?: Instant | undefined };

/**
 * When a backfill is submitted next after `after`: at its time, or, when it is periodic, at 23:00 of the day before a
 * fire of its schedule, once a day at most (nodes-and-instances 3.4, semantics 9). Undefined when only a person submits
 * it, and when the schedule has ended.
 */
export const nextSubmission = (
  { when }: Pick<BackfillSpec, 'when'>,
  { zone, dst }: Pick<Backfill, 'zone' | 'dst'>,
  after: Instant,
): Submission | undefined => {
  if (when.kind === 'at') return { nextAt: when.at, startAt: when.at };
  if (when.kind !== 'periodic') return undefined;

  let from = after;
  for (let day = 0; day < daysPassed; day += 1) {
    const [fire] = nextOccurrences(when.schedule, { zone, dst, from, count: 1 });
    if (!fire) return undefined;
    const runDate = localDateAt(fire.at, zone);
    const nextAt = cutoffOf(plusDays(runDate, -1), zone);
    if (nextAt > after) return { nextAt, startAt: fire.at };
    from = plusSeconds(instantOfLocal(`${plusDays(runDate, 1)}T00:00`, zone), -0.001);
  }
  return undefined;
};

/** Days whose 23:00 before may have passed when one asks: today and, from 23:00 on, tomorrow; the third has not. */
const daysPassed = 3;

/** What becomes of a pending backfill that is submitted: the submitted one, and, if it goes on, what stays pending. */
export type Submitted = {
  readonly submitted: Backfill;
  readonly pending?: Backfill | undefined;
};

/**
 * Submits a pending backfill. One with a time becomes submitted itself; periodic and manual ones stay, and each
 * submission is a new backfill named `id`. `startAt` holds for the submission that was planned, not for one by hand.
 */
export const submitPending = (
  backfill: Backfill,
  { id, at, byHand }: { readonly id: string; readonly at: Instant; readonly byHand: boolean },
): Submitted => {
  const { nextAt: _, paused: __, ...rest } = backfill;
  const submission = byHand ? undefined : plannedFor(backfill);
  const runnable = {
    ...({ state: 'submitted', submittedAt: at, updatedAt: at } as const),
    ...(submission?.startAt ? { startAt: submission.startAt } : {}),
  };
  if (backfill.when.kind === 'at') return { submitted: { ...rest, ...runnable } };

  const submitted: Backfill = {
    ...rest,
    ...runnable,
    ...{ id, of: backfill.id, when: { kind: 'now' }, createdAt: at },
  };
  if (byHand) return { submitted };
  const next = nextSubmission(backfill, backfill, backfill.nextAt ?? at);
  const { nextAt: ___, ...lasting } = backfill;
  return {
    submitted,
    pending: { ...lasting, updatedAt: at, ...(next ? { nextAt: next.nextAt } : {}) },
  };
};

/** The submission that `nextAt` stands for. */
const plannedFor = (backfill: Backfill): Submission | undefined => {
  const { nextAt } = backfill;
  if (nextAt === undefined) return undefined;
  return nextSubmission(backfill, backfill, plusSeconds(nextAt, -0.001));
};
