import type { AlertEvent } from '../../shared/domain/alert/alert-event.schema.ts';
import { fireAlert, objectOf } from '../../shared/domain/alert/fold-alert-event.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { isLasting } from '../../shared/domain/alert/still-lasts.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { takeOccurrence } from '../../shared/domain/notice/decide-thread.ts';
import type { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import type { Thread } from '../../shared/domain/notice/thread.schema.ts';
import { quietReasons } from '../../shared/domain/notice/thread-policy.ts';
import { pause } from '../stores/retry.ts';
import { occurrencesAtOnce, type ThreadChange } from '../stores/threads.ts';
import { alertFired } from './events-told.ts';
import type { Telling } from './find-telling.ts';
import type { SettleDeps } from './settle-deps.ts';
import { settleThread } from './settle-thread.ts';
import { standingOf } from './thread-standing.ts';

/** What a rule is to be told of, in one thread. */
export type ThreadWork = {
  readonly telling: Telling;
  readonly thread: string;
  readonly incident: Incident | undefined;
  readonly occurrences: readonly Occurrence[];
};

const tries = 12;

/**
 * Takes occurrences into a thread, each once however often it comes: the thread, a mark for each of them and their alert
 * events are one write. What the thread owes is queued right after, here or, after a crash, by whoever comes next.
 */
export const tellThread = async (
  deps: SettleDeps,
  { telling, thread: name, incident, occurrences }: ThreadWork,
): Promise<void> => {
  const { ledger, clock } = deps;
  const ref = { thread: name, rule: telling.rule };
  const taken = await ledger.takenBy(
    telling.rule,
    occurrences.map(({ id }) => id),
  );
  let rest = occurrences.filter(({ id }) => !taken.has(id));

  let stored: Thread | undefined;
  for (let attempt = 1; attempt <= tries; ) {
    const found = stored ?? (await ledger.findThread(ref));
    // A crash may have left a message behind.
    stored = found && (await settleThread(deps, found));
    if (rest.length === 0) return;

    const change = await changeOf(
      deps,
      { telling, thread: name, incident, occurrences: rest },
      stored,
      clock(),
    );
    await deps.announce(change.events.map(({ event }) => alertFired(event)));
    if (await ledger.saveThread(change)) {
      rest = rest.slice(change.taken.length);
      stored = change.thread;
      continue;
    }
    stored = undefined;
    attempt += 1;
    await pause(attempt);
    const meanwhile = await ledger.takenBy(
      telling.rule,
      rest.map(({ id }) => id),
    );
    rest = rest.filter(({ id }) => !meanwhile.has(id));
  }
  throw new Fault('StoreConflict', 'occurrences not taken in: their thread kept changing', {
    thread: name,
    occurrence: rest[0]?.id ?? '',
  });
};

/** Takes in as many as fit into one transaction, up to the first that makes a message: that one goes out before the next. */
const changeOf = async (
  { ledger, findPeople }: SettleDeps,
  { telling, thread: name, incident, occurrences }: ThreadWork,
  stored: Thread | undefined,
  now: string,
): Promise<
  ThreadChange & Required<Pick<ThreadChange, 'events'>> & { readonly taken: readonly Occurrence[] }
> => {
  const chunk = occurrences.slice(0, occurrencesAtOnce);
  const { rule, alert, policy } = telling;
  const before = alert
    ? await ledger.alertEventsOf(rule, [...new Set(chunk.map(objectOf))])
    : new Map<string, AlertEvent>();
  const events = new Map(before);
  const taken: Occurrence[] = [];
  let thread = stored ?? newThread(telling, name, incident, chunk[0] as Occurrence);

  for (const occurrence of chunk) {
    const decided = takeOccurrence(
      thread,
      policy,
      standingOf(thread, incident, now),
      occurrence.id,
      now,
    );
    thread = decided.thread;
    taken.push(occurrence);
    if (alert) {
      const object = objectOf(occurrence);
      const fired = fireAlert(events.get(object), {
        ...{ rule, settings: alert, occurrence, thread: name, incident: incident?.id },
        receivers: await findPeople.namesOf(telling, occurrence.owner, now),
        silent: decided.quiet && quietReasons[decided.quiet],
      });
      events.set(object, fired);
    }
    if (thread.owed) break;
  }
  return {
    ...{ wasSeq: stored?.seq ?? 0, thread, taken },
    events: [...events]
      .filter(([object, event]) => event !== before.get(object))
      .map(([object, event]) => ({ wasSeq: before.get(object)?.seq ?? 0, event })),
  };
};

const newThread = (
  { rule }: Telling,
  thread: string,
  incident: Incident | undefined,
  { id, kind, env, project, at }: Occurrence,
): Thread => ({
  ...{ thread, rule, env, project, kind, lasting: isLasting(kind) && rule.kind === 'alert' },
  incident: incident?.id,
  ...{ first: id, openedAt: at, messages: 0, sends: 0, told: 0, quiet: 0, pending: 0 },
  pendingIds: [],
  seq: 0,
});
