import type { Severity } from '../../shared/domain/alert/alert-rule.schema.ts';
import { type Cause, causeOf } from '../../shared/domain/alert/cause-of.ts';
import {
  type Folded,
  isOver,
  joinFailures,
  openIncident,
  recovered,
  withSeverity,
} from '../../shared/domain/alert/fold-incident.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { datedIdOf } from '../../shared/domain/alert/incident-id.ts';
import {
  type IncidentRecord,
  type InstanceTurn,
  turnSeqOf,
} from '../../shared/domain/alert/incident-member.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { chunksOf } from '../stores/batch-get.ts';
import { membersAtOnce } from '../stores/incidents.ts';
import { pause } from '../stores/retry.ts';
import { rootFinder } from './find-root.ts';
import type { TellDeps } from './tell-deps.ts';

/** A failure with the cause that was found for it, and how bad the rules call it. */
type Failure = {
  readonly occurrence: Occurrence;
  readonly turn: InstanceTurn;
  readonly cause: Cause;
  readonly root: string | undefined;
  readonly severity: Severity | undefined;
};

const tries = 12;
const looksAtOnce = 8;
const groupsAtOnce = 4;

/** Days after the last failure when somebody looks whether anything of an incident can still succeed. */
export const forgottenDays = 31;

/** A success or a failure as the fold of incidents takes it; undefined for an id of another kind. */
export const turnOf = ({
  id,
  at,
  instance,
  workflow,
  task,
  error,
}: Occurrence): InstanceTurn | undefined => {
  const seq = turnSeqOf(id);
  return instance === undefined || seq === undefined
    ? undefined
    : { instance, seq, at, workflow, task, error };
};

/**
 * Joins final failures to incidents, each instance once: its own one that is not over, that of its failed upstream, or that
 * of the same cause, else a new one. Batches fold into one small item, so that 500 failures are some 25 writes of it. Answers
 * with the incident of each occurrence.
 */
export const joinIncidents =
  (deps: TellDeps) =>
  async (
    occurrences: readonly Occurrence[],
    severityOf: (occurrence: Occurrence) => Severity | undefined,
  ): Promise<ReadonlyMap<string, Incident>> => {
    const findRoot = rootFinder(deps);
    const found = await inParallel(occurrences, looksAtOnce, async (occurrence) => {
      const turn = turnOf(occurrence);
      if (!turn) return [];
      const root = await findRoot(turn.instance);
      const cause = causeOf(occurrence, root);
      return [{ occurrence, turn, cause, root: root?.id, severity: severityOf(occurrence) }];
    });

    const joined = new Map<string, Incident>();
    let rest: readonly Failure[] = found
      .flat()
      .toSorted((a, b) => (a.turn.at < b.turn.at ? -1 : 1));
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      if (attempt > tries)
        throw new Fault('StoreConflict', 'failures not joined: their incidents kept changing', {
          occurrence: rest[0]?.occurrence.id ?? '',
        });
      if (attempt > 1) await pause(attempt);
      const targets = await targetsOf(deps, rest);
      await inParallel([...targets.groups.values()], groupsAtOnce, (group) =>
        joinGroup(deps, group, targets.records, joined),
      );
      rest = rest.filter(({ occurrence }) => !joined.has(occurrence.id));
    }
    return joined;
  };

type Group = { readonly incident: Incident | undefined; readonly failures: readonly Failure[] };

/** Which incident each failure belongs to as things stand now. */
const targetsOf = async (
  { ledger }: TellDeps,
  failures: readonly Failure[],
): Promise<{
  readonly groups: ReadonlyMap<string, Group>;
  readonly records: Map<string, IncidentRecord>;
}> => {
  const records = await ledger.failuresOf(
    failures.flatMap(({ turn, root }) =>
      root === undefined ? [turn.instance] : [turn.instance, root],
    ),
  );
  const keys = [...new Set(failures.map(({ cause }) => cause.key))];
  const ofKey = new Map(
    await inParallel(
      keys,
      looksAtOnce,
      async (key) => [key, await ledger.incidentOfCause(key)] as const,
    ),
  );
  const incidents = await ledger.findIncidents([
    ...[...records.values()].flatMap(({ incident }) => incident ?? []),
    ...[...ofKey.values()].flatMap((id) => id ?? []),
  ]);
  const open = (id: string | undefined): Incident | undefined => {
    const incident = id === undefined ? undefined : incidents.get(id);
    return incident && !isOver(incident) ? incident : undefined;
  };

  const targetOf = ({ turn, root, cause }: Failure): Incident | undefined => {
    const own = records.get(turn.instance);
    // Taken in before: whatever has become of that incident, this failure is part of it.
    if (own?.incident !== undefined && own.seq >= turn.seq) return incidents.get(own.incident);
    const ofRoot = root === undefined ? undefined : records.get(root);
    return open(own?.incident) ?? open(ofRoot?.incident) ?? open(ofKey.get(cause.key));
  };
  const targets = failures.map((failure) => ({ failure, incident: targetOf(failure) }));
  const groups = Map.groupBy(targets, ({ failure, incident }) => incident?.id ?? failure.cause.key);
  return {
    records,
    groups: new Map(
      [...groups].map(([key, group]) => [
        key,
        { incident: group[0]?.incident, failures: group.map(({ failure }) => failure) },
      ]),
    ),
  };
};

/** Joins the failures of one incident, 20 at a time; what somebody else prevented is left for another look. */
const joinGroup = async (
  { ledger, clock }: TellDeps,
  { incident, failures }: Group,
  records: Map<string, IncidentRecord>,
  joined: Map<string, Incident>,
): Promise<void> => {
  let before = incident;
  for (const chunk of chunksOf(failures, membersAtOnce)) {
    const now = clock();
    const stored = before ?? newIncident(chunk[0] as Failure);
    const folded = fold(stored, records, chunk);
    const after = recovered(folded.incident, stored, now);
    if (after !== stored) {
      const saved = await ledger.saveIncident({
        before,
        after,
        records: folded.records,
        steps: [
          ...(before ? [] : [{ id: 'opened', at: after.openedAt, kind: 'opened' as const }]),
          ...(isOver(after) ? [{ id: 'recovered', at: now, kind: 'recovered' as const }] : []),
        ],
        due: [
          ...(before
            ? []
            : [
                { ...entryOf(after), at: after.openedAt },
                { ...entryOf(after), at: plusSeconds(after.lastAt, forgottenDays * 86_400) },
              ]),
          ...(isOver(after) ? [{ ...entryOf(after), at: now }] : []),
        ],
      });
      if (!saved) return;
      before = { ...after, seq: (before?.seq ?? 0) + 1 };
      for (const record of folded.records) records.set(record.instance, record);
    }
    // Taken in by an incident that has expired since: nothing is to be told of it any more.
    const known: Incident = before ?? { ...after, status: 'CLOSED' };
    for (const { occurrence } of chunk) joined.set(occurrence.id, known);
    if (after !== stored && isOver(after)) return;
  }
};

const fold = (
  stored: Incident,
  records: Map<string, IncidentRecord>,
  chunk: readonly Failure[],
): Folded => {
  const folded = joinFailures(
    stored,
    records,
    chunk.map(({ turn }) => turn),
  );
  if (folded.incident === stored) return folded;
  const incident = chunk.reduce(
    (each, { severity }) => withSeverity(each, severity),
    folded.incident,
  );
  return { ...folded, incident };
};

const newIncident = ({ occurrence, cause }: Failure): Incident => {
  const { env, project, at, id } = occurrence;
  return openIncident(
    { ...cause, env, project, id: datedIdOf({ env, project, at }, `${cause.key}\n${id}`) },
    at,
  );
};

export const entryOf = ({ id }: Pick<Incident, 'id'>) => ({ kind: 'incident' as const, id });
