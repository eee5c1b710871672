import { laterOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { Occurrence, RuleRef } from '../notice/occurrence.schema.ts';
import type { Thread } from '../notice/thread.schema.ts';
import type { AlertEvent } from './alert-event.schema.ts';
import type { AlertRule } from './alert-rule.schema.ts';
import { incidentAt } from './change-incident.ts';
import { isOver } from './fold-incident.ts';
import type { Incident } from './incident.schema.ts';
import { datedIdOf } from './incident-id.ts';
import { ruleKeyOf } from './rule-key.ts';
import { isLasting } from './still-lasts.ts';

/** What an occurrence is about: an instance, or a project on a business date. */
export const objectOf = ({
  instance,
  project,
  bizDate,
}: Pick<Occurrence, 'instance' | 'project' | 'bizDate'>): string =>
  instance ?? `project:${project}:${bizDate ?? ''}`;

export type Firing = {
  readonly rule: RuleRef;
  readonly settings: Pick<AlertRule, 'name' | 'severity'>;
  readonly occurrence: Occurrence;
  readonly thread: string;
  readonly incident: string | undefined;
  readonly receivers: AlertEvent['receivers'];
  /** Why it was told to nobody; undefined: it was told, or will be. */
  readonly silent: string | undefined;
};

/**
 * The event of a rule and an object after it fired once more: the first time, or it counts up (nodes-and-instances 7.4). One
 * that had finished alerts again. What does not last is finished with its firing.
 */
export const fireAlert = (before: AlertEvent | undefined, firing: Firing): AlertEvent => {
  const { rule, settings, occurrence, thread, incident, receivers, silent } = firing;
  const { kind, at, env, project, workflow, task, runId, bizDate, owner, error } = occurrence;
  const object = objectOf(occurrence);
  const goesOn = before !== undefined && before.status !== 'FINISH';
  return {
    id: before?.id ?? datedIdOf({ env, project, at }, `${ruleKeyOf(rule)}\n${object}`),
    ...{ env, project, rule, ruleName: settings.name, severity: settings.severity },
    ...{ kind, object, workflow, task, runId, bizDate, owner, error },
    ...{ incident, thread, receivers, silent },
    ...(isLasting(kind) ? { status: 'ALERTING' } : { status: 'FINISH', finishedAt: at }),
    ...(goesOn
      ? { acknowledgedBy: before.acknowledgedBy, acknowledgedAt: before.acknowledgedAt }
      : {}),
    quietUntil: before?.quietUntil,
    firstAt: before?.firstAt ?? at,
    latestAt: laterOf(at, before?.latestAt),
    count: (before?.count ?? 0) + 1,
    sends: before?.sends ?? 0,
    seq: (before?.seq ?? 0) + 1,
  };
};

/** Over, because its object is, or because a person says so. */
export const finishAlert = (event: AlertEvent, at: Instant): AlertEvent =>
  event.status === 'FINISH'
    ? event
    : { ...event, status: 'FINISH', finishedAt: at, seq: event.seq + 1 };

/**
 * An event as it stands at an instant. Between two reminders, and while somebody takes care of it, it is silencing; all of
 * that belongs to the thread of its messages, which many events may share.
 */
export const alertAt = (
  event: AlertEvent,
  {
    thread,
    incident,
  }: { readonly thread?: Thread | undefined; readonly incident?: Incident | undefined },
  now: Instant,
): AlertEvent => {
  const standing = incident && incidentAt(incident, now);
  const snoozedUntil = standing?.status === 'SNOOZED' ? standing.snoozedUntil : undefined;
  const [quietUntil] = [event.quietUntil, thread?.quietUntil, snoozedUntil]
    .filter((at) => at !== undefined && at > now)
    .toSorted()
    .toReversed();
  const acknowledgedBy = event.acknowledgedBy ?? thread?.acknowledgedBy ?? incident?.acknowledgedBy;
  const view = {
    ...event,
    ...{ quietUntil, acknowledgedBy, sends: thread?.sends ?? event.sends },
    nextAt: thread?.reminderAt,
  };
  if (quietUntil !== undefined) return { ...view, status: 'DO_NOT_DISTURB' };
  if (event.status === 'FINISH' || (standing && isOver(standing)))
    return { ...view, status: 'FINISH', nextAt: undefined };
  const rests = acknowledgedBy !== undefined || (view.nextAt !== undefined && view.nextAt > now);
  return { ...view, status: rests ? 'SILENCING' : 'ALERTING' };
};
