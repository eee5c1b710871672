import type { Severity } from '../../shared/domain/alert/alert-rule.schema.ts';
import { objectOf } from '../../shared/domain/alert/fold-alert-event.ts';
import { rankOf } from '../../shared/domain/alert/fold-incident.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { ruleKeyOf } from '../../shared/domain/alert/rule-key.ts';
import type { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import { alertThreadOf, runThreadOf } from '../../shared/domain/notice/thread-of.ts';
import { quietReasons } from '../../shared/domain/notice/thread-policy.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { Telling } from './find-telling.ts';
import { joinIncidents } from './join-incidents.ts';
import { rowOf } from './notice-rows.ts';
import { recoverIncidents } from './recover-incidents.ts';
import type { SettleDeps } from './settle-deps.ts';
import { settleDepsOf } from './settle-wiring.ts';
import type { TellDeps } from './tell-deps.ts';
import { type ThreadWork, tellThread } from './tell-thread.ts';

/** One that could not be served, and why: deliver it again. */
export type Unserved = { readonly id: string; readonly error: unknown };

const readsAtOnce = 8;
const threadsAtOnce = 8;

/** What one rule is to be told of one occurrence. */
type Match = {
  readonly telling: Telling;
  readonly occurrence: Occurrence;
  readonly incident: Incident | undefined;
};

/**
 * What becomes of occurrences, as the stream of the ledger tells them: failures join incidents, alert rules get events,
 * threads decide what is told now, and messages are queued. Work for one occurrence may be done any number of times; what
 * fails does not hold up the other threads of its batch. A success comes last, after the failures before it.
 */
export const takeOccurrences =
  (tellDeps: TellDeps) =>
  async (batch: readonly Occurrence[]): Promise<readonly Unserved[]> => {
    const deps = settleDepsOf(tellDeps);
    const occurrences = [...new Map(batch.map((each) => [each.id, each])).values()];
    const failed = new Map<string, unknown>();
    const attempt = async (of: readonly Occurrence[], work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        for (const { id } of of) failed.set(id, error);
      }
    };

    const tellings = await tellingsOf(deps, occurrences);
    const failures = occurrences.filter(({ kind }) => kind === 'task-failed');
    const successes = occurrences.filter(({ kind }) => kind === 'recovered');
    let incidents: ReadonlyMap<string, Incident> = new Map();
    await attempt(failures, async () => {
      incidents = await joinIncidents(deps)(failures, (occurrence) =>
        worstOf(tellings, occurrence),
      );
    });

    const matches = occurrences
      .filter(({ id, kind }) => kind !== 'recovered' && !failed.has(id))
      .flatMap((occurrence): Match[] =>
        occurrence.rules.flatMap((ref) => {
          const telling = tellings.get(ruleKeyOf(ref));
          return telling ? [{ telling, occurrence, incident: incidents.get(occurrence.id) }] : [];
        }),
      );
    await inParallel(
      matches.filter(({ telling }) => !telling.policy.enabled),
      readsAtOnce,
      (match) => attempt([match.occurrence], () => noteSilent(deps, match)),
    );
    const works = await threadsOf(
      deps,
      matches.filter(({ telling }) => telling.policy.enabled),
    );
    await inParallel(works, threadsAtOnce, (work) =>
      attempt(work.occurrences, () => tellThread(deps, work)),
    );
    await attempt(successes, () => recoverIncidents(deps)(successes));
    return [...failed].map(([id, error]) => ({ id, error }));
  };

/** The rules of a batch as they are now; one that is gone tells nobody. */
const tellingsOf = async (
  { findTelling }: SettleDeps,
  occurrences: readonly Occurrence[],
): Promise<ReadonlyMap<string, Telling>> => {
  const refs = new Map(
    occurrences.flatMap(({ rules }) => rules.map((rule) => [ruleKeyOf(rule), rule] as const)),
  );
  const found = await inParallel([...refs], readsAtOnce, async ([key, ref]) => {
    const telling = await findTelling(ref);
    return telling ? [[key, telling] as const] : [];
  });
  return new Map(found.flat());
};

const worstOf = (
  tellings: ReadonlyMap<string, Telling>,
  { rules }: Occurrence,
): Severity | undefined =>
  rules
    .map((rule) => tellings.get(ruleKeyOf(rule))?.severity)
    .toSorted((a, b) => rankOf(b) - rankOf(a))[0];

/** A rule that was switched off since tells nobody (W34); the list of notices says so where nothing else would. */
const noteSilent = async (
  { notices }: SettleDeps,
  { telling, occurrence }: Match,
): Promise<void> => {
  if (telling.alert) return;
  const why = quietReasons['rule-off'];
  const thread = runThreadOf(occurrence);
  await notices.create(rowOf(telling.rule, occurrence, { thread, status: 'SUPPRESSED', why }));
};

/** What belongs together: messages of one rule about one thing. */
const threadsOf = async (
  deps: SettleDeps,
  matches: readonly Match[],
): Promise<readonly ThreadWork[]> => {
  const byRule = Map.groupBy(matches, ({ telling }) => ruleKeyOf(telling.rule));
  const placed = await inParallel([...byRule.values()], readsAtOnce, (ofRule) =>
    place(deps, ofRule),
  );
  const groups = Map.groupBy(
    placed.flat(),
    ({ match, thread }) => `${ruleKeyOf(match.telling.rule)}\n${thread}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const occurrences = group.map(({ match }) => match.occurrence);
    return [
      {
        ...{ telling: first.match.telling, incident: first.match.incident, thread: first.thread },
        occurrences: occurrences.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
      },
    ];
  });
};

/** An alert that goes on keeps its thread, whenever it fires again. */
const place = async (
  { ledger }: SettleDeps,
  matches: readonly Match[],
): Promise<readonly { readonly match: Match; readonly thread: string }[]> => {
  const telling = matches[0]?.telling;
  const alone = matches.filter(({ incident }) => incident === undefined);
  const events =
    telling?.alert && alone.length > 0
      ? await ledger.alertEventsOf(telling.rule, [
          ...new Set(alone.map(({ occurrence }) => objectOf(occurrence))),
        ])
      : new Map();
  return matches.map((match) => {
    const { occurrence, incident } = match;
    if (!telling?.alert) return { match, thread: runThreadOf(occurrence) };
    if (incident) return { match, thread: incident.id };
    const event = events.get(objectOf(occurrence));
    const goesOn = event !== undefined && event.status !== 'FINISH';
    return { match, thread: goesOn ? event.thread : alertThreadOf(occurrence) };
  });
};
