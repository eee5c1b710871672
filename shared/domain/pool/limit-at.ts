import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../kernel/time.schema.ts';
import type { ThrottleRule } from './pool.schema.ts';

const days = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
const minutesPerDay = 1440;

type Windowed = Pick<ThrottleRule, 'maxConcurrency' | 'windows' | 'zone'>;

/** The limit of a rule at an instant: that of the first window that holds then, else its own. */
export const limitAt = (rule: Windowed, at: Instant): number => {
  if (rule.windows.length === 0) return rule.maxConcurrency;

  const local = Temporal.Instant.from(at).toZonedDateTimeISO(rule.zone);
  const minute = local.hour * 60 + local.minute;
  const today = days[local.dayOfWeek - 1] ?? 'MON';
  const yesterday = days[(local.dayOfWeek + 5) % 7] ?? 'SUN';

  const holds = ({ days: on, from, to }: ThrottleRule['windows'][number]): boolean => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    if (start < end) return on.includes(today) && minute >= start && minute < end;
    return (on.includes(today) && minute >= start) || (on.includes(yesterday) && minute < end);
  };
  return rule.windows.find(holds)?.maxConcurrency ?? rule.maxConcurrency;
};

/** The next whole minute within eight days at which a limit of 0 is lifted; undefined when it never is. */
export const reopensAt = (rule: Windowed, now: Instant): Instant | undefined => {
  if (limitAt(rule, now) > 0) return undefined;
  const minute = Temporal.Instant.from(now).round({
    smallestUnit: 'minute',
    roundingMode: 'floor',
  });
  const edges = new Set(rule.windows.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)]));

  for (let step = 1; step <= 8 * minutesPerDay; step += 1) {
    const at = minute.add({ minutes: step });
    const local = at.toZonedDateTimeISO(rule.zone);
    if (!edges.has(local.hour * 60 + local.minute)) continue;
    const instant = at.toString({ smallestUnit: 'millisecond' });
    if (limitAt(rule, instant) > 0) return instant;
  }
  return undefined;
};

const minutesOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
