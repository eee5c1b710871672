import { incidentAt } from '../../shared/domain/alert/change-incident.ts';
import { isOver } from '../../shared/domain/alert/fold-incident.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { laterOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Thread } from '../../shared/domain/notice/thread.schema.ts';
import type { ThreadStanding } from '../../shared/domain/notice/thread-policy.ts';

/** What people have said about a thread: in the alert center about the thread itself, or about its incident. */
export const standingOf = (
  thread: Pick<Thread, 'acknowledgedBy' | 'quietUntil'>,
  incident: Incident | undefined,
  now: Instant,
): ThreadStanding => {
  const standing = incident && incidentAt(incident, now);
  const snoozedUntil = standing?.status === 'SNOOZED' ? standing.snoozedUntil : undefined;
  const silences = [thread.quietUntil, snoozedUntil].filter((at) => at !== undefined);
  return {
    acknowledged: thread.acknowledgedBy !== undefined || standing?.acknowledgedBy !== undefined,
    silentUntil: silences.length === 0 ? undefined : silences.reduce((a, b) => laterOf(a, b)),
    over: standing !== undefined && isOver(standing),
  };
};
