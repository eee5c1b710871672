import type { Instance } from '../instance/instance.schema.ts';
import { laterOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';

/** When the clock lets an instance start: the latest of its due time, the end of a retry's pause and of a wait task. */
export const gateAtOf = ({
  dueAt,
  retryAt,
  waitUntil,
}: Pick<Instance, 'dueAt' | 'retryAt' | 'waitUntil'>): Instant =>
  laterOf(laterOf(dueAt, retryAt), waitUntil);
