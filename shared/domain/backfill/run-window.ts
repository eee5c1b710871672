import type { Instant, Zone } from '../kernel/time.schema.ts';
import { limitAt, reopensAt } from '../pool/limit-at.ts';
import type { Weekday } from '../pool/pool.schema.ts';
import type { Backfill } from './backfill.schema.ts';

type Hours = NonNullable<Backfill['runWindow']>;
type Days = readonly (typeof Weekday)['options'][number][];

const weekend = ['SAT', 'SUN'] as const satisfies Days;
const allDays = ['MON', 'TUE', 'WED', 'THU', 'FRI', ...weekend] as const satisfies Days;

/**
 * When a run window lets starts through again: undefined while it is open at `now`, null when it never opens. Closed at
 * `from`, open at `to`; a window may cross midnight, and equal ends mean the whole day.
 */
export const closedUntil = (hours: Hours, zone: Zone, now: Instant): Instant | null | undefined => {
  const windows = [
    { days: [...allDays], from: hours.from, to: hours.to, maxConcurrency: 1 },
    ...(hours.weekends
      ? [{ days: [...weekend], from: '00:00', to: '00:00', maxConcurrency: 1 }]
      : []),
  ];
  const rule = { maxConcurrency: 0, windows, zone };
  return limitAt(rule, now) > 0 ? undefined : (reopensAt(rule, now) ?? null);
};
