import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';

type Timer = { readonly at: number; readonly n: number; readonly run: () => Promise<void> };

/** A clock that moves only when it is told to, and what is to be done at its instants. */
export type VirtualTime = {
  readonly clock: () => Instant;
  readonly nowMs: () => number;
  /** Runs `work` at an instant, at once when that has passed. */
  readonly at: (instant: Instant, work: () => Promise<void>) => void;
  readonly after: (seconds: number, work: () => Promise<void>) => void;
  /** Takes what is due now. */
  readonly takeDue: () => readonly (() => Promise<void>)[];
  /** Moves to the next instant at which something is due, at most to `until`; false when it is there. */
  readonly step: (until: Instant) => boolean;
  /** Moves without doing what was due on the way; it is done late, as after an outage. */
  readonly jump: (to: Instant) => void;
  /** Forgets all that was to be done: the memory of a process that was killed. */
  readonly forget: () => void;
};

export const virtualTime = (start: Instant): VirtualTime => {
  let now = Date.parse(start);
  let count = 0;
  let timers: Timer[] = [];
  const add = (at: number, run: () => Promise<void>) => {
    count += 1;
    timers.push({ at, n: count, run });
  };

  return {
    clock: () => isoOf(now),
    nowMs: () => now,
    at: (instant, run) => add(Date.parse(instant), run),
    after: (seconds, run) => add(now + seconds * 1000, run),
    takeDue() {
      const due = timers.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at || a.n - b.n);
      timers = timers.filter(({ at }) => at > now);
      return due.map(({ run }) => run);
    },
    step(until) {
      const end = Date.parse(until);
      if (now >= end) return false;
      now = Math.max(now, Math.min(end, ...timers.map(({ at }) => at)));
      return true;
    },
    jump(to) {
      now = Math.max(now, Date.parse(to));
    },
    forget() {
      timers = [];
    },
  };
};
