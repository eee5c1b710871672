import type { Instance } from '../instance/instance.schema.ts';
import { isEnded } from '../instance/lifecycle.ts';
import { plusDays, runDateOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { OccurrenceKind } from '../notice/occurrence.schema.ts';
import type { AlertEvent } from './alert-event.schema.ts';

/** Kinds of facts that go on until something ends them; the others are over when they have happened. */
const lasting: ReadonlySet<OccurrenceKind> = new Set([
  'task-failed',
  'task-timeout',
  'task-not-completed',
  'task-not-started',
  'failed-count',
  'failed-share',
]);

export const isLasting = (kind: OccurrenceKind): boolean => lasting.has(kind);

/**
 * Whether what an event tells of is still so. `instance` is its object as it is now; undefined: it is gone, or the event is
 * about a project, which counts as over a day after the run date.
 */
export const stillLasts = (
  { kind, bizDate, status }: Pick<AlertEvent, 'kind' | 'bizDate' | 'status'>,
  instance: Pick<Instance, 'status' | 'startedAt'> | undefined,
  now: Instant,
): boolean => {
  if (status === 'FINISH' || !isLasting(kind)) return false;
  if (kind === 'failed-count' || kind === 'failed-share')
    return bizDate !== undefined && now.slice(0, 10) <= plusDays(runDateOf(bizDate), 1);
  if (!instance) return false;

  switch (kind) {
    case 'task-failed':
      return instance.status === 'FAILED';
    case 'task-timeout':
      return !isEnded(instance);
    case 'task-not-started':
      return instance.startedAt === undefined && !isEnded(instance);
    default:
      return instance.status !== 'SUCCESS';
  }
};
