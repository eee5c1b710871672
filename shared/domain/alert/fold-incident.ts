import { laterOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { Severity } from './alert-rule.schema.ts';
import type { Incident } from './incident.schema.ts';
import type { IncidentRecord, InstanceTurn } from './incident-member.ts';

/** An incident with what changed in its members. The very same incident means that nothing did. */
export type Folded = {
  readonly incident: Incident;
  readonly records: readonly IncidentRecord[];
};

type Records = ReadonlyMap<string, IncidentRecord>;

const maxWorkflows = 20;

/** Over means: nothing joins it any more, and nobody is told of it. */
export const isOver = ({ status }: Pick<Incident, 'status'>): boolean =>
  status === 'RECOVERED' || status === 'CLOSED';

/** A new incident, without failures yet: `joinFailures` counts the first, too. */
export const openIncident = (
  fields: Pick<Incident, 'id' | 'key' | 'env' | 'project' | 'cause'>,
  at: Instant,
): Incident => ({
  ...fields,
  status: 'OPEN',
  openedAt: at,
  lastAt: at,
  failures: 0,
  open: 0,
  workflows: [],
  seq: 0,
});

/**
 * Counts failures in: each instance once, whatever comes twice. One that had succeeded again before it was taken in is
 * part of the incident, but not open. `records` holds what is known of each instance.
 */
export const joinFailures = (
  before: Incident,
  records: Records,
  failures: readonly InstanceTurn[],
): Folded =>
  foldTurns(before, records, failures, (incident, record, turn) => {
    const { instance, seq, at, workflow, task, error } = turn;
    const isKnown = record !== undefined && record.seq >= seq;
    if (isKnown && record.incident !== undefined) return undefined;

    const isMember = record?.incident === incident.id;
    const open = !isKnown;
    return {
      incident: {
        ...incident,
        failures: incident.failures + (isMember ? 0 : 1),
        open: incident.open + (open && !(isMember && record.open) ? 1 : 0),
        lastAt: laterOf(incident.lastAt, at),
        workflows: withWorkflow(incident.workflows, workflow),
      },
      record: {
        ...{ instance, incident: incident.id, workflow, task, error },
        ...{ failedAt: at, seq: isKnown ? record.seq : seq, open },
        ...(isKnown ? { recoveredAt: record.recoveredAt } : {}),
      },
    };
  });

/** Counts successes of members in. With the last open one the incident has recovered. */
export const recoverMembers = (
  before: Incident,
  records: Records,
  successes: readonly InstanceTurn[],
  now: Instant,
): Folded => {
  const folded = foldTurns(before, records, successes, (incident, record, { seq, at }) => {
    if (!record || record.seq >= seq || record.incident !== incident.id) return undefined;
    return {
      incident: { ...incident, open: incident.open - (record.open ? 1 : 0) },
      record: { ...record, seq, open: false, recoveredAt: at },
    };
  });
  return { ...folded, incident: recovered(folded.incident, before, now) };
};

/**
 * A success of an instance whose failures were not taken in yet: it is remembered, so that they come in as over. Undefined
 * when there is nothing to remember.
 */
export const rememberSuccess = (
  { instance, seq, at }: InstanceTurn,
  record: IncidentRecord | undefined,
): IncidentRecord | undefined =>
  record !== undefined && (record.incident !== undefined || record.seq >= seq)
    ? undefined
    : { ...{ instance, seq, open: false, recoveredAt: at }, rev: (record?.rev ?? 0) + 1 };

/** An incident whose failures had all succeeded again before they were taken in has recovered, too. */
export const recovered = (incident: Incident, before: Incident, now: Instant): Incident =>
  incident !== before && incident.failures > 0 && incident.open === 0 && !isOver(incident)
    ? { ...incident, status: 'RECOVERED', recoveredAt: now }
    : incident;

/** With the worst severity of the rules that matched. */
export const withSeverity = (incident: Incident, severity: Severity | undefined): Incident =>
  severity === undefined || rankOf(severity) <= rankOf(incident.severity)
    ? incident
    : { ...incident, severity };

export const rankOf = (severity: Severity | undefined): number =>
  severity === undefined ? -1 : Severity.options.indexOf(severity);

const foldTurns = (
  before: Incident,
  records: Records,
  turns: readonly InstanceTurn[],
  one: (
    incident: Incident,
    record: IncidentRecord | undefined,
    turn: InstanceTurn,
  ) => { incident: Incident; record: Omit<IncidentRecord, 'rev'> } | undefined,
): Folded => {
  const changed = new Map<string, IncidentRecord>();
  let incident = before;
  for (const turn of turns) {
    const { instance } = turn;
    const folded = one(incident, changed.get(instance) ?? records.get(instance), turn);
    if (!folded) continue;
    incident = folded.incident;
    changed.set(instance, { ...folded.record, rev: (records.get(instance)?.rev ?? 0) + 1 });
  }
  return { incident, records: [...changed.values()] };
};

const withWorkflow = (workflows: readonly string[], workflow: string | undefined): string[] =>
  workflow === undefined || workflows.includes(workflow) || workflows.length >= maxWorkflows
    ? [...workflows]
    : [...workflows, workflow];
