import { AlertEvent } from '../../shared/domain/alert/alert-event.schema.ts';
import { parseDatedId } from '../../shared/domain/alert/incident-id.ts';
import { ruleKeyOf } from '../../shared/domain/alert/rule-key.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { RuleRef } from '../../shared/domain/notice/occurrence.schema.ts';
import { batchGet } from './batch-get.ts';
import { cursorOf } from './cursor.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { newestFirst, type ProjectsRange } from './newest-first.ts';
import { isAbsent } from './put-if.ts';
import { queryAll } from './query.ts';
import type { ItemKey, Page, Table } from './table.ts';
import { putOf, type TransactItem, transact } from './transact.ts';

/** A month (nodes-and-instances 7.4), and some days for the end of a reminder. */
const keptDays = 35;

type Change = { readonly wasSeq: number; readonly event: AlertEvent };

/** What alert rules saw: one event for a rule and an object. */
export const alertEvents = (table: Table) => ({
  /** Strongly consistent. */
  async findAlertEvent(id: string): Promise<AlertEvent | undefined> {
    const key = keyOf(id);
    const item = key && (await getItem(table, key));
    return item && AlertEvent.parse(item);
  },

  /** Those that exist, in the order of `ids`. Strongly consistent. */
  async findAlertEvents(ids: readonly string[]): Promise<AlertEvent[]> {
    const keys = [...new Set(ids)].flatMap((id) => keyOf(id) ?? []);
    const items = await batchGet(table, keys, { strong: true });
    const found = new Map(items.map((item) => [String(item.id), AlertEvent.parse(item)]));
    return ids.flatMap((id) => found.get(id) ?? []);
  },

  /** The events of a rule about some objects, by object. Strongly consistent. */
  async alertEventsOf(
    rule: Pick<RuleRef, 'kind' | 'project' | 'name'>,
    objects: readonly string[],
  ): Promise<Map<string, AlertEvent>> {
    const keys = objects.map((object) => pointerKey(object, rule));
    const pointers = await batchGet(table, keys, { strong: true });
    const events = await this.findAlertEvents(pointers.map(({ event }) => String(event)));
    return new Map(events.map((event) => [event.object, event]));
  },

  /** The events of all rules about one object. */
  async alertEventsAbout(object: string): Promise<AlertEvent[]> {
    const partition = ledgerTable.alertsOf(object);
    const pointers = await queryAll(table, { partition, strong: true });
    return this.findAlertEvents(pointers.map(({ event }) => String(event)));
  },

  /** Writes an event over the one that was read; false when somebody was quicker. */
  saveAlertEvent: (change: Change): Promise<boolean> =>
    transact(table, alertItems(table, change).slice(0, 1), 'alert event not written'),

  /** A page of the events of some projects by when they first fired, the newest first. */
  async listAlertEvents(range: ProjectsRange): Promise<Page<AlertEvent>> {
    const page = await newestFirst(table, ledgerTable.alerts, range);
    return { items: page.items.map((item) => AlertEvent.parse(item)), cursor: page.cursor };
  },
});

/** The cursor that goes on right after an event. */
export const cursorAfterAlert = ({ id }: Pick<AlertEvent, 'id'>): string | undefined =>
  cursorOf({ after: keyOf(id)?.sk });

/** What has to be written for an event: itself, and for a new one its places by object and by thread. */
export const alertItems = (table: Table, { wasSeq, event }: Change): TransactItem[] => {
  const key = keyOf(event.id);
  if (!key) throw new Fault('RecordInvalid', 'not the id of an alert event', { id: event.id });
  const rule = ruleKeyOf(event.rule);
  const v = 1;
  const expiresAt = Math.floor(Date.parse(event.latestAt) / 1000) + keptDays * 86_400;
  return [
    putOf(
      table,
      { ...key, v, ...event, expiresAt },
      wasSeq === 0 ? isAbsent : { expression: 'seq = :was', values: { ':was': wasSeq } },
    ),
    // Both are written again with each change that takes something in, so that they live as long as the event.
    putOf(table, { ...pointerKey(event.object, event.rule), v, event: event.id, expiresAt }),
    ...(event.incident === undefined
      ? [
          putOf(table, {
            ...{ pk: ledgerTable.threadParts(event.thread), sk: `A#${rule}#${event.id}` },
            ...{ v, event: event.id, expiresAt },
          }),
        ]
      : []),
  ];
};

const pointerKey = (object: string, rule: Pick<RuleRef, 'kind' | 'project' | 'name'>): ItemKey => ({
  pk: ledgerTable.alertsOf(object),
  sk: ruleKeyOf(rule),
});

const keyOf = (id: string): ItemKey | undefined => {
  const parsed = parseDatedId(id);
  return parsed && { pk: ledgerTable.alerts(parsed.env, parsed.project), sk: parsed.place };
};
