import { plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { HandoverNote } from './handover-note.schema.ts';

/** How long a shift is: a note is its author's until then, and the record of a night afterwards. */
const shiftHours = 12;

/** Why `user` may not change the note at `now`; undefined when they may. */
export const refusalOfNoteEdit = (
  { by, at }: HandoverNote,
  user: string,
  now: Instant,
): string | undefined => {
  if (by !== user) return `it is the note of ${by}; write one of your own`;
  return now < plusSeconds(at, shiftHours * 3600)
    ? undefined
    : `it is older than a shift of ${shiftHours} hours; write a new one`;
};
