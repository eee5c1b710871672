import type { AlertEvent } from '../../shared/domain/alert/alert-event.schema.ts';
import { ruleKeyOf } from '../../shared/domain/alert/rule-key.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { nextLookAt } from '../../shared/domain/notice/decide-thread.ts';
import type { RuleRef } from '../../shared/domain/notice/occurrence.schema.ts';
import { Thread } from '../../shared/domain/notice/thread.schema.ts';
import { alertItems } from './alert-events.ts';
import { batchGet } from './batch-get.ts';
import { type DueEntry, itemOfDue } from './due.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { isAbsent } from './put-if.ts';
import { queryAll, queryPage } from './query.ts';
import type { Item, ItemKey, Table } from './table.ts';
import { putOf, transact } from './transact.ts';

const keptDays = 90;
const markDays = 30;

/** Occurrences that fit into one transaction with their alert events: four items each. */
export const occurrencesAtOnce = 20;

export type ThreadRef = {
  readonly thread: string;
  readonly rule: Pick<RuleRef, 'kind' | 'project' | 'name'>;
};

/** A thread as it shall be, over the one that was read (`wasSeq` 0: there was none). */
export type ThreadChange = {
  readonly wasSeq: number;
  readonly thread: Thread;
  /** Occurrences that are taken in by it: each once for this rule. */
  readonly taken?: readonly { readonly id: string; readonly at: string }[];
  readonly events?: readonly { readonly wasSeq: number; readonly event: AlertEvent }[];
};

/** Messages of a rule about one thing: one small item each, and what they took in. */
export const threads = (table: Table) => ({
  /** Strongly consistent. */
  async findThread({ thread, rule }: ThreadRef): Promise<Thread | undefined> {
    const item = await getItem(table, ledgerTable.thread(thread, ruleKeyOf(rule)));
    return item && Thread.parse(item);
  },

  /** Those that exist, by `threadIdOf`. */
  async findThreads(refs: readonly ThreadRef[]): Promise<Map<string, Thread>> {
    const keys = refs.map(({ thread, rule }) => ledgerTable.thread(thread, ruleKeyOf(rule)));
    const found = (await batchGet(table, keys)).map((item) => Thread.parse(item));
    return new Map(found.map((thread) => [threadIdOf(thread), thread]));
  },

  /** Of all rules about one thing. Strongly consistent; there are at most as many as rules of a project. */
  async threadsAbout(thread: string): Promise<Thread[]> {
    const partition = ledgerTable.threadParts(thread);
    const items = await queryAll(table, { partition, prefix: 'T#', strong: true });
    return items.map((item) => Thread.parse(item));
  },

  /** Which of some occurrences a rule has taken in before. Strongly consistent. */
  async takenBy(rule: ThreadRef['rule'], occurrences: readonly string[]): Promise<Set<string>> {
    const keys = occurrences.map((id) => ledgerTable.toldOf(id, ruleKeyOf(rule)));
    const items = await batchGet(table, keys, { strong: true });
    return new Set(items.map(({ occurrence }) => String(occurrence)));
  },

  /**
   * Writes a thread over the one that was read, together with a mark for each occurrence that it took in, their alert events
   * and a due entry for its next look. False when somebody was quicker: read again.
   */
  saveThread: ({ wasSeq, thread, taken = [], events = [] }: ThreadChange): Promise<boolean> => {
    const rule = ruleKeyOf(thread.rule);
    const lookAt = nextLookAt(thread);
    return transact(
      table,
      [
        putOf(
          table,
          itemOfThread(thread),
          wasSeq === 0 ? isAbsent : { expression: 'seq = :was', values: { ':was': wasSeq } },
        ),
        ...taken.map(({ id, at }) =>
          putOf(
            table,
            {
              ...ledgerTable.toldOf(id, rule),
              ...{ v: 1, occurrence: id, thread: thread.thread },
              ...expiryAfter(at, markDays),
            },
            isAbsent,
          ),
        ),
        ...events.flatMap((change) => alertItems(table, change)),
        ...(lookAt === undefined ? [] : [putOf(table, itemOfDue(lookOf(thread, lookAt)))]),
      ],
      'thread not written',
    );
  },

  /** Writes what a person decided about an event, and what follows for its thread; false when somebody was quicker. */
  changeAlert: ({
    wasSeq,
    event,
    thread,
    due,
  }: {
    readonly wasSeq: number;
    readonly event: AlertEvent;
    readonly thread: Pick<ThreadChange, 'wasSeq' | 'thread'> | undefined;
    readonly due: readonly DueEntry[];
  }): Promise<boolean> =>
    transact(
      table,
      [
        ...alertItems(table, { wasSeq, event }).slice(0, 1),
        ...(thread
          ? [
              putOf(table, itemOfThread(thread.thread), {
                ...{ expression: 'seq = :was', values: { ':was': thread.wasSeq } },
              }),
            ]
          : []),
        ...due.map((entry) => putOf(table, itemOfDue(entry))),
      ],
      'alert not changed',
    ),

  /** Ids of the alert events of a thread, at most `limit`. */
  async eventsOfThread({ thread, rule }: ThreadRef, limit: number): Promise<string[]> {
    const partition = ledgerTable.threadParts(thread);
    const prefix = `A#${ruleKeyOf(rule)}#`;
    const { items } = await queryPage(table, { partition, prefix, strong: true }, { limit });
    return items.map(({ event }) => String(event));
  },
});

/** A thread as the id of a due entry; `refOfThreadId` reads it again. */
export const threadIdOf = ({ thread, rule }: ThreadRef): string => `${ruleKeyOf(rule)}\n${thread}`;

export const refOfThreadId = (id: string): ThreadRef => {
  const [rule = '', thread = ''] = id.split('\n');
  const [kind, project = '', ...name] = rule.split('#');
  if (kind !== 'alert' && kind !== 'notification')
    throw new Fault('RecordInvalid', 'not the id of a thread', { id });
  return { thread, rule: { kind, project, name: name.join('#') } };
};

const lookOf = (thread: Thread, at: string): DueEntry => ({
  ...{ at, kind: 'digest', id: threadIdOf(thread) },
});

const itemOfThread = (thread: Thread): Item & ItemKey => ({
  ...ledgerTable.thread(thread.thread, ruleKeyOf(thread.rule)),
  v: 1,
  ...thread,
  ...expiryAfter(thread.lastSentAt ?? thread.openedAt, keptDays),
});

const expiryAfter = (at: string, days: number) => ({
  expiresAt: Math.floor(Date.parse(at) / 1000) + days * 86_400,
});
