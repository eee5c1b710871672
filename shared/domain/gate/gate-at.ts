import type { Instance } from '../instance/instance.schema.ts';
import { laterOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';

/**
 * When the clock lets an instance start: the latest of its due time, the end of a retry's pause and of a wait task. A
 * forced instance does not wait for its due time; it stands where it would have from the beginning.
 */
export const gateAtOf = ({
  dueAt,
  retryAt,
  waitUntil,
  forced,
}: Pick<Instance, 'dueAt' | 'retryAt' | 'waitUntil' | 'forced'>): Instant =>
  laterOf(laterOf(forced ? beginning : dueAt, retryAt), waitUntil);

const beginning: Instant = '1970-01-01T00:00:00.000Z';
