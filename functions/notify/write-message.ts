import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import type { NewDelivery } from '../../shared/domain/notice/delivery-id.ts';
import type { MessageFacts } from '../../shared/domain/notice/message-facts.ts';
import type { Notice } from '../../shared/domain/notice/notice.schema.ts';
import type { OccurrenceKind } from '../../shared/domain/notice/occurrence.schema.ts';
import type { OwedMessage, Thread } from '../../shared/domain/notice/thread.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { Composer } from '../channels/load-composer.ts';
import { countWaiting } from './count-waiting.ts';
import { noticeIssued } from './events-told.ts';
import type { Person } from './find-people.ts';
import { findRunbook } from './find-runbook.ts';
import type { Telling } from './find-telling.ts';
import { countOf, itemsOf } from './message-items.ts';
import { peopleOf } from './message-people.ts';
import { noticeIdOf, rowOf } from './notice-rows.ts';
import type { SettleDeps } from './settle-deps.ts';

const rowsAtOnce = 8;

/**
 * Writes the notice of a message and queues a delivery for each person and channel: whom the rule names now (N79), or, that
 * it has recovered, those who were told. Each row is put if absent. What a digest merged has rows of its own, the first
 * fifty; the digest counts all.
 */
export const writeMessage = async (
  deps: SettleDeps,
  telling: Telling,
  thread: Thread,
  owed: OwedMessage,
): Promise<void> => {
  const { ledger, notices, deliveries } = deps;
  const incident =
    thread.incident === undefined ? undefined : await ledger.findIncident(thread.incident);
  const fresh = await ledger.findOccurrences(
    owed.occurrences.length > 0 ? owed.occurrences : [thread.first],
  );
  const items = await itemsOf(deps, thread, owed, fresh);
  const people = await peopleOf(deps, telling, thread, owed, fresh[0]?.owner);

  const [{ workflow, task, runId, instance, bizDate, error }] = items;
  const notice: Notice = {
    ...{ id: noticeIdOf(thread, owed.n), at: owed.at, env: thread.env, project: thread.project },
    ...{ rule: telling.rule, reason: owed.reason, thread: thread.thread, incident: incident?.id },
    kind: owed.reason === 'recovered' ? 'recovered' : thread.kind,
    ...{ occurrences: owed.occurrences, count: countOf(owed, incident, items) },
    ...{ workflow, task, runId, instance, bizDate, error },
    ...(people.length === 0
      ? { status: 'SUPPRESSED', why: 'there is nobody whom the rule could tell' }
      : { status: 'PENDING' }),
    recipients: people.length,
  };
  const runbook =
    owed.reason === 'recovered' ? undefined : await findRunbook(deps, thread, incident, items[0]);
  const downstream = await waitingFor(deps, notice, items);
  const facts = { ...factsOf(telling, notice, items, owed, incident), runbook, downstream };
  const compose = await deps.composer();
  await deps.announce([noticeIssued(notice)]);
  await notices.create(notice);
  await deliveries.queue(
    people.map((person) => deliveryOf(compose, telling, notice, person, facts)),
  );

  if (owed.reason === 'digest') {
    const merged = { thread: thread.thread, status: 'MERGED', mergedInto: notice.id } as const;
    const rows = fresh.map((each) =>
      rowOf(telling.rule, each, { ...merged, incident: incident?.id }),
    );
    await inParallel(rows, rowsAtOnce, (row) => notices.create(row));
  }
  if (incident)
    await ledger.addIncidentStep(incident.id, {
      ...{ id: `told-${notice.id}`, at: owed.at, kind: 'told', by: 'system:notify' },
      ...{ notice: notice.id, reason: owed.reason, rule: telling.name, count: notice.count },
      recipients: [...new Set(people.map(({ receiver }) => receiver.name))].slice(0, 50),
    });
  // The first escalation counts. Somebody was quicker: the step above tells of it anyway.
  if (incident && owed.reason === 'escalation' && incident.escalatedAt === undefined)
    await ledger.saveIncident({ before: incident, after: { ...incident, escalatedAt: owed.at } });
  await ledger.noteTold(telling.rule, owed.at);
};

/** What nobody waits for by its nature: that something began, succeeded, recovered, or is tried again. */
const harmless: ReadonlySet<OccurrenceKind> = new Set([
  'run-started',
  'run-succeeded',
  'task-succeeded',
  'auto-retried',
  'log-keyword',
  'recovered',
]);

/** Who waits for what a message about failures or delays tells of; one that names only some of them says "at least". */
const waitingFor = async (
  deps: SettleDeps,
  { kind, count }: Notice,
  items: MessageFacts['items'],
): Promise<MessageFacts['downstream']> => {
  const ids = new Set(items.flatMap(({ instance }) => instance ?? []));
  if (harmless.has(kind) || ids.size === 0) return undefined;
  const { count: waiting, more } = await countWaiting(deps, [...ids]);
  return { count: waiting, more: more || count > items.length };
};

const factsOf = (
  { project, name, severity, policy }: Telling,
  { id, at, env, kind, reason, count, bizDate }: Notice,
  items: MessageFacts['items'],
  { nth }: OwedMessage,
  incident: Incident | undefined,
): MessageFacts => ({
  ...{ notice: id, at, env, project: project.name, projectTitle: project.title },
  ...{ zone: project.zone, kind, reason, rule: name, severity, count, items, incident, bizDate },
  ...(nth === undefined || policy.maxSends === undefined
    ? {}
    : { reminder: { nth, of: policy.maxSends } }),
});

const deliveryOf = (
  compose: Composer,
  { resendUnconfirmed }: Telling,
  { id, at, env, project, rule, kind, thread }: Notice,
  { channel, receiver, to, language, reason, error = '' }: Person,
  facts: MessageFacts,
): NewDelivery => ({
  ...{ notice: id, at, env, project, rule, kind, thread, channel, receiver, to },
  content: compose(
    receiver.schedule === undefined ? facts : { ...facts, onDuty: receiver.schedule },
    { channel, language },
  ),
  resendUnconfirmed,
  ...(reason ? { refused: { reason, error } } : {}),
});
