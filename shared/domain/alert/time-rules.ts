import type { Instance, Status } from '../instance/instance.schema.ts';
import { isEnded } from '../instance/lifecycle.ts';
import { plusDays, plusSeconds, runDateOf } from '../kernel/calendar-day.ts';
import type { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';
import type { AlertCondition } from './alert-rule.schema.ts';

/** What one round looks at: thresholds after `after`, up to and including `until`. Rounds follow each other without a gap. */
export type Window = { readonly after: Instant; readonly until: Instant };

/** A time of a rule that has come: for a business date, and where cycles have times of their own for one of them. */
export type DueClock = {
  readonly at: Instant;
  readonly bizDate: BizDate;
  readonly index?: number | undefined;
};

/** The times of a rule that fell into a window, the earliest first (N76). Other conditions have none. */
export const dueClocks = (
  condition: AlertCondition,
  zone: Zone,
  { after, until }: Window,
): readonly DueClock[] => {
  const clocks = clocksOf(condition);
  if (clocks.length === 0) return [];
  const found: DueClock[] = [];
  const last = plusDays(localDateAt(until, zone), -1);
  // 47:59 of a run date is the end of the day after it.
  for (
    let bizDate = plusDays(localDateAt(after, zone), -2);
    bizDate <= last;
    bizDate = plusDays(bizDate, 1)
  )
    for (const { clock, index } of clocks) {
      const at = clockInstant(clock, bizDate, zone);
      if (at > after && at <= until)
        found.push({ at, bizDate, ...(index === undefined ? {} : { index }) });
    }
  return found.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

/** The instant of HH:mm, hours 00 to 47 counted from the run date of a business date, in a zone. */
export const clockInstant = (clock: string, bizDate: BizDate, zone: Zone): Instant => {
  const hours = Number(clock.slice(0, 2));
  const day = plusDays(runDateOf(bizDate), Math.floor(hours / 24));
  return instantOfLocal(`${day}T${String(hours % 24).padStart(2, '0')}${clock.slice(2)}`, zone);
};

const clocksOf = (
  condition: AlertCondition,
): readonly { readonly clock: string; readonly index?: number }[] => {
  if (condition.on === 'not-started') return [{ clock: condition.by }];
  if (condition.on !== 'not-completed') return [];
  const { by, byCycle = {} } = condition;
  return by === undefined
    ? Object.entries(byCycle).map(([index, clock]) => ({ clock, index: Number(index) }))
    : [{ clock: by }];
};

/** Whether a running attempt crossed its limit within the window; it goes on running (N77). */
export const crossedTimeout = (
  minutes: number,
  { status, startedAt }: Pick<Instance, 'status' | 'startedAt'>,
  { after, until }: Window,
): boolean => {
  if (status !== 'RUNNING' || startedAt === undefined) return false;
  const limit = plusSeconds(startedAt, minutes * 60);
  return limit > after && limit <= until;
};

type Timed = Pick<Instance, 'status' | 'dueAt' | 'startedAt' | 'moves' | 'empty' | 'attempt'>;

/**
 * Whether an instance was due and had not succeeded at a time, whatever became of it since: a round that comes late says
 * the same. What does no work on its date (off-day, dry-run …) is never late.
 */
export const wasUndone = (instance: Timed, at: Instant): boolean =>
  isAbout(instance, at) && statusAt(instance, at) !== 'SUCCESS';

/** Whether an instance was due and none of its attempts had begun at a time. */
export const wasNotStarted = (instance: Timed, at: Instant): boolean => {
  if (!isAbout(instance, at)) return false;
  const { startedAt, moves } = instance;
  if (startedAt !== undefined && startedAt <= at) return false;
  const status = statusAt(instance, at);
  return (
    !isEnded({ status }) &&
    status !== 'RUNNING' &&
    !moves.some((move) => move.to === 'RUNNING' && move.at <= at)
  );
};

const isAbout = ({ empty, dueAt }: Timed, at: Instant): boolean =>
  empty === undefined && dueAt <= at;

/** Where it was at a time. Of an instance whose moves of that time are kept elsewhere, where it is now. */
const statusAt = ({ status, moves }: Pick<Instance, 'status' | 'moves'>, at: Instant): Status => {
  const last = moves.findLast((move) => move.at <= at);
  if (last) return last.to;
  const [first] = moves;
  return first && first.seq > 1 ? (first.from ?? status) : 'NOT_RUN';
};
