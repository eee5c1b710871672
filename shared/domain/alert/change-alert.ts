import { plusDays } from '../kernel/calendar-day.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant, Zone } from '../kernel/time.schema.ts';
import type { Thread } from '../notice/thread.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { localDateAt } from '../schedule/local-date-at.ts';
import type { AlertEvent } from './alert-event.schema.ts';
import { finishAlert } from './fold-alert-event.ts';

/** An event with the thread of its messages, which other events may share. */
export type AlertState = { readonly event: AlertEvent; readonly thread: Thread | undefined };

type Changed = Result<AlertState, string>;
type Who = { readonly by: string; readonly at: Instant };

/** Somebody handles it: its thread reminds no more. */
export const acknowledgeAlert = ({ event, thread }: AlertState, { by, at }: Who): Changed => {
  if (event.status === 'FINISH') return err('it is over');
  if (event.acknowledgedBy !== undefined) return err(`${event.acknowledgedBy} handles it already`);
  return ok({
    event: { ...event, acknowledgedBy: by, acknowledgedAt: at, seq: event.seq + 1 },
    thread: thread && {
      ...thread,
      acknowledgedBy: thread.acknowledgedBy ?? by,
      seq: thread.seq + 1,
    },
  });
};

/** Do-not-disturb, from ALERTING or FINISH (nodes-and-instances 7.4): what fires until then is told to nobody, or after it. */
export const quietAlert = ({ event, thread }: AlertState, until: Instant): Changed =>
  ok({
    event: { ...event, quietUntil: until, seq: event.seq + 1 },
    thread: thread && { ...thread, quietUntil: until, seq: thread.seq + 1 },
  });

/** Over, whatever its object does. The thread ends with the last of its events. */
export const finishByHand = ({ event, thread }: AlertState, at: Instant): Changed =>
  event.status === 'FINISH' ? err('it is over') : ok({ event: finishAlert(event, at), thread });

/** The end of the day that the clocks of a project show. */
export const endOfDay = (now: Instant, zone: Zone): Instant =>
  instantOfLocal(`${plusDays(localDateAt(now, zone), 1)}T00:00`, zone);
