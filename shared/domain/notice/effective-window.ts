import type { DayWindow } from '../alert/alert-rule.schema.ts';
import { plusDays } from '../kernel/calendar-day.ts';
import type { Instant, Zone } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';

/**
 * The first instant from `at` on at which a rule may tell: `at` itself inside of its window, else the next beginning
 * (nodes-and-instances 7.2, "outside: silent"). `to` is excluded; `from` after `to` goes over midnight; the same time
 * twice is all day. On the day of a change of clocks a wall time that does not exist is moved past the gap.
 */
export const mayTellFrom = (at: Instant, window: DayWindow | undefined, zone: Zone): Instant => {
  if (!window || window.from === window.to) return at;
  const today = localDateAt(at, zone);
  const next: Instant[] = [];

  for (const day of [-1, 0, 1, 2].map((days) => plusDays(today, days))) {
    const begin = instantOfLocal(`${day}T${window.from}`, zone);
    const lastDay = window.to > window.from ? day : plusDays(day, 1);
    const end = instantOfLocal(`${lastDay}T${window.to}`, zone);
    if (at >= begin && at < end) return at;
    if (begin > at) next.push(begin);
  }
  return next[0] ?? at;
};
