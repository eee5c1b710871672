import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { isOver } from './fold-incident.ts';
import type { Incident } from './incident.schema.ts';

export type IncidentRefused = {
  readonly reason: 'over' | 'until-out-of-range' | 'not-snoozed';
  readonly message: string;
};

type Changed = Result<Incident, IncidentRefused>;
type Who = { readonly by: string; readonly at: Instant };

/** Longest snooze: whoever wants to hear nothing any more closes the incident. */
const maxSilentDays = 30;

/**
 * An incident as it stands at an instant: a snooze that ended is none. Nothing has to happen at that moment for the status
 * to be right.
 */
export const incidentAt = (incident: Incident, now: Instant): Incident => {
  const { snoozedUntil, ...rest } = incident;
  if (isOver(incident)) return incident;
  if (snoozedUntil !== undefined && snoozedUntil > now) return { ...incident, status: 'SNOOZED' };
  return { ...rest, status: incident.acknowledgedBy === undefined ? 'OPEN' : 'ACKNOWLEDGED' };
};

/** Somebody takes care of it. Who was first keeps it; the same again changes nothing. */
export const acknowledgeIncident = (incident: Incident, { by, at }: Who): Changed =>
  whileOpen(incident, () =>
    ok(
      incident.acknowledgedBy === undefined
        ? incidentAt({ ...incident, acknowledgedBy: by, acknowledgedAt: at }, at)
        : incident,
    ),
  );

export const snoozeIncident = (incident: Incident, until: Instant, now: Instant): Changed =>
  whileOpen(incident, () => {
    const wrong = wrongSilence(until, now);
    if (wrong !== undefined) return err({ reason: 'until-out-of-range', message: wrong });
    return ok(incidentAt({ ...incident, snoozedUntil: until }, now));
  });

export const unsnoozeIncident = (incident: Incident, now: Instant): Changed =>
  whileOpen(incident, () => {
    const { snoozedUntil, ...rest } = incident;
    return snoozedUntil === undefined || snoozedUntil <= now
      ? err({ reason: 'not-snoozed', message: 'it is not snoozed' })
      : ok(incidentAt(rest, now));
  });

/** Ended without everything having succeeded: by a person, or because nothing can succeed any more. */
export const closeIncident = (incident: Incident, { by, at }: Who): Changed =>
  whileOpen(incident, () =>
    ok({ ...incidentAt(incident, at), status: 'CLOSED', closedBy: by, closedAt: at }),
  );

/** Why nobody can be left in peace until then; undefined when they can. */
export const wrongSilence = (until: Instant, now: Instant): string | undefined => {
  if (until <= now) return 'until: must be in the future';
  return Date.parse(until) - Date.parse(now) > maxSilentDays * 86_400_000
    ? `until: must be at most ${maxSilentDays} days ahead`
    : undefined;
};

const whileOpen = (incident: Incident, change: () => Changed): Changed =>
  isOver(incident)
    ? err({
        reason: 'over',
        message: `the incident is over (${incident.status.toLowerCase()}); a new failure opens another`,
      })
    : change();
