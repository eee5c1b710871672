import { IncidentStep } from '../../shared/contracts/api/incident-routes.ts';
import { isOver } from '../../shared/domain/alert/fold-incident.ts';
import { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { parseDatedId } from '../../shared/domain/alert/incident-id.ts';
import { IncidentRecord } from '../../shared/domain/alert/incident-member.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { batchGet } from './batch-get.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { type DueEntry, itemOfDue } from './due.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { newestFirst, type ProjectsRange } from './newest-first.ts';
import { type Condition, isAbsent, isRevision, putIf } from './put-if.ts';
import { queryPage } from './query.ts';
import type { Item, ItemKey, Page, Table } from './table.ts';
import { deleteOf, putOf, type TransactItem, transact } from './transact.ts';

const keptDays = 400;

/** Members that fit into one transaction beside the incident: two items each. */
export const membersAtOnce = 20;

/** An incident as it shall be, over the one that was read; undefined: there was none of this cause. */
export type IncidentChange = {
  readonly before: Incident | undefined;
  readonly after: Incident;
  readonly records?: readonly IncidentRecord[];
  readonly steps?: readonly IncidentStep[];
  readonly due?: readonly DueEntry[];
};

/** Failures with one cause. The incident is one small item: batches of failures fold into it, not each failure. */
export const incidents = (table: Table) => ({
  /** Strongly consistent. */
  async findIncident(id: string): Promise<Incident | undefined> {
    const key = keyOf(id);
    const item = key && (await getItem(table, key));
    return item && Incident.parse(item);
  },

  /** Those that exist, by id. Strongly consistent. */
  async findIncidents(ids: readonly string[]): Promise<Map<string, Incident>> {
    const keys = [...new Set(ids)].flatMap((id) => keyOf(id) ?? []);
    const items = await batchGet(table, keys, { strong: true });
    return new Map(items.map((item) => [String(item.id), Incident.parse(item)]));
  },

  /** The incident of a cause that is not over. Strongly consistent. */
  async incidentOfCause(key: string): Promise<string | undefined> {
    const item = await getItem(table, ledgerTable.incidentOfCause(key));
    return item && String(item.incident);
  },

  /** What is known of the failures of instances, by instance. Strongly consistent. */
  async failuresOf(instances: readonly string[]): Promise<Map<string, IncidentRecord>> {
    const items = await batchGet(table, instances.map(ledgerTable.failed), { strong: true });
    return new Map(items.map((item) => [String(item.instance), IncidentRecord.parse(item)]));
  },

  /** Writes down a success that came before the failure it ends; false when more is known by now. */
  rememberSuccess: (record: IncidentRecord): Promise<boolean> =>
    putIf(table, itemOfRecord(record, record.recoveredAt ?? ''), isNext(record)),

  /**
   * Writes an incident over the one that was read, with the members that changed (at most 20), what is to be told of its
   * course, and its place in the list of open ones, all or nothing. False when somebody was quicker: read again.
   */
  saveIncident: ({
    before,
    after,
    records = [],
    steps = [],
    due = [],
  }: IncidentChange): Promise<boolean> => {
    const over = isOver(after);
    const seq = (before?.seq ?? 0) + 1;
    const open = { pk: ledgerTable.openIncidents(after.env, after.project), sk: placeOf(after.id) };
    const pointer = ledgerTable.incidentOfCause(after.key);
    const items: TransactItem[] = [
      putOf(
        table,
        { ...keyOrFail(after.id), v: 1, ...after, seq, ...(over ? expiryAt(after.lastAt) : {}) },
        before ? { expression: 'seq = :was', values: { ':was': before.seq } } : isAbsent,
      ),
      ...(before === undefined && !over
        ? [
            putOf(table, { ...pointer, v: 1, incident: after.id }, isAbsent),
            putOf(table, { ...open, v: 1, incident: after.id }),
          ]
        : []),
      ...(before !== undefined && over && !isOver(before)
        ? [
            deleteOf(table, pointer, {
              expression: 'attribute_not_exists(pk) OR incident = :id',
              values: { ':id': after.id },
            }),
            deleteOf(table, open),
          ]
        : []),
      ...records.flatMap((record) => putRecord(table, record, after)),
      ...steps.map((step) => putOf(table, itemOfStep(after.id, step))),
      ...due.map((entry) => putOf(table, itemOfDue(entry))),
    ];
    return transact(table, items, 'incident not written');
  },

  /** Adds what was done or told; the same id twice is one. */
  addIncidentStep: (incident: string, step: IncidentStep): Promise<boolean> =>
    putIf(table, itemOfStep(incident, step), isAbsent),

  /** The last steps of an incident, the oldest first. */
  async stepsOfIncident(incident: string, limit: number): Promise<IncidentStep[]> {
    const range = { partition: ledgerTable.incidentParts(incident), prefix: 'S#' } as const;
    const page = await queryPage(table, { ...range, order: 'desc', strong: true }, { limit });
    return page.items.map((item) => IncidentStep.parse(item)).toReversed();
  },

  /** A page of the failed instances of an incident, by id. */
  async membersOfIncident(
    incident: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<IncidentRecord>> {
    const page = await queryPage(
      table,
      { partition: ledgerTable.incidentParts(incident), prefix: 'M#' },
      { limit, after: positionOf(cursor) },
    );
    return {
      items: page.items.map((item) => IncidentRecord.parse(item)),
      cursor: cursorOf(page.last),
    };
  },

  /** The cursor that goes on right after a member. */
  cursorAfterMember: (incident: string, instance: string): string | undefined =>
    cursorOf({ pk: ledgerTable.incidentParts(incident), sk: `M#${instance}` }),

  /** A page of the incidents of some projects, over or not, the newest first. */
  async listIncidents(range: ProjectsRange): Promise<Page<Incident>> {
    const page = await newestFirst(table, ledgerTable.incidents, range);
    return { items: page.items.map((item) => Incident.parse(item)), cursor: page.cursor };
  },

  /** The same of those that are not over, however old they are. */
  async listOpenIncidents(range: ProjectsRange): Promise<Page<Incident>> {
    const page = await newestFirst(table, ledgerTable.openIncidents, range);
    const ids = page.items.map(({ incident }) => String(incident));
    const found = await this.findIncidents(ids);
    return { items: ids.flatMap((id) => found.get(id) ?? []), cursor: page.cursor };
  },
});

/** The cursor that goes on right after an incident. */
export const cursorAfterIncident = ({ id }: Pick<Incident, 'id'>): string | undefined =>
  cursorOf({ after: placeOf(id) });

const keyOf = (id: string): ItemKey | undefined => {
  const parsed = parseDatedId(id);
  return parsed && { pk: ledgerTable.incidents(parsed.env, parsed.project), sk: parsed.place };
};

const keyOrFail = (id: string): ItemKey => {
  const key = keyOf(id);
  if (!key) throw new Fault('RecordInvalid', 'not the id of an incident', { id });
  return key;
};

const placeOf = (id: string): string => keyOrFail(id).sk;

const expiryAt = (at: Instant) => ({
  expiresAt: Math.floor(Date.parse(at) / 1000) + keptDays * 86_400,
});

const itemOfStep = (incident: string, step: IncidentStep): Item & ItemKey => ({
  pk: ledgerTable.incidentParts(incident),
  sk: `S#${step.at}#${step.id}`,
  v: 1,
  ...step,
  ...expiryAt(step.at),
});

const itemOfRecord = (record: IncidentRecord, at: Instant): Item & ItemKey => ({
  ...ledgerTable.failed(record.instance),
  v: 1,
  ...record,
  ...expiryAt(at),
});

/** Only over the record that was read. */
const isNext = ({ rev }: IncidentRecord): Condition => isRevision(rev === 1 ? undefined : rev - 1);

/** The record of an instance decides, under the revision that was read; its place in the list of members follows. */
const putRecord = (
  table: Table,
  record: IncidentRecord,
  { id, lastAt }: Incident,
): TransactItem[] => [
  putOf(table, itemOfRecord(record, lastAt), isNext(record)),
  putOf(table, {
    ...{ pk: ledgerTable.incidentParts(id), sk: `M#${record.instance}`, v: 1 },
    ...record,
    ...expiryAt(lastAt),
  }),
];
