import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { AuditEntry } from '../../shared/domain/audit/audit-entry.schema.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import { GenerationLine, type TickCheck } from '../../shared/domain/run/generation-line.schema.ts';
import { actionLinks } from './action-links.ts';
import { alertEvents } from './alert-events.ts';
import { batchPut } from './batch-write.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { idempotency } from './idempotency.ts';
import { incidents } from './incidents.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { mergeRanges } from './merge-ranges.ts';
import { occurrences } from './occurrences.ts';
import { outbox } from './outbox.ts';
import { isAbsent, putIf } from './put-if.ts';
import { queryPage } from './query.ts';
import { withRetry } from './retry.ts';
import type { Page, Table } from './table.ts';
import { threads } from './threads.ts';

const auditDays = 400;

/** Which part of a list of entries to read. */
export type AuditRange = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** What a finished generation came to. */
export type GenerationEnd = Required<
  Pick<GenerationLine, 'expected' | 'created' | 'existing' | 'edges' | 'finishedAt'>
>;

/** The operator's diary: audit entries, the schedule ledger, answers already given. */
export const ledgerStore = (table: Table) => ({
  ...idempotency(table),
  ...occurrences(table),
  ...incidents(table),
  outbox: outbox(table),
  ...alertEvents(table),
  ...threads(table),
  ...actionLinks(table),

  /** Adds entries, each under its object and under its project-day; the same id twice is one entry. */
  async addAudit(entries: readonly AuditEntry[]): Promise<void> {
    await batchPut(
      table,
      entries.flatMap((entry) => {
        const sk = `${entry.at}#${entry.id}`;
        const expiresAt = Math.floor(Date.parse(entry.at) / 1000) + auditDays * 86_400;
        const day = ledgerTable.auditDay(entry.project, entry.at.slice(0, 10));
        return [
          { ...entry, pk: ledgerTable.audit(entry.object), sk, v: 1, expiresAt },
          { ...entry, pk: day, sk, v: 1, expiresAt },
        ];
      }),
    );
  },

  /** Entries of one object, or of a project on one day (UTC), the newest first. */
  async listAudit(
    of: { readonly object: string } | { readonly project: string; readonly day: string },
    { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string | undefined } = {},
  ): Promise<Page<AuditEntry>> {
    const partition =
      'object' in of ? ledgerTable.audit(of.object) : ledgerTable.auditDay(of.project, of.day);
    const page = await queryPage(
      table,
      { partition, order: 'desc' },
      { limit, after: positionOf(cursor) },
    );
    return { items: page.items.map((item) => AuditEntry.parse(item)), cursor: cursorOf(page.last) };
  },

  /**
   * A page of the entries of one object, or of some projects on one day (UTC), the newest first. `from` and `to` are
   * instants, both included.
   */
  async searchAudit(
    of:
      | { readonly object: string }
      | { readonly projects: readonly string[]; readonly day: string },
    { from, to, limit, cursor }: AuditRange,
  ): Promise<Page<AuditEntry>> {
    const partitions =
      'object' in of
        ? [ledgerTable.audit(of.object)]
        : of.projects.map((project) => ledgerTable.auditDay(project, of.day));
    if (partitions.length === 0) return { items: [] };
    const page = await mergeRanges(
      table,
      { partitions, order: 'desc', from, to: to && `${to}~` },
      { limit, cursor },
    );
    return { items: page.items.map((item) => AuditEntry.parse(item)), cursor: page.cursor };
  },

  /** Opens the line of a date; false when it is open or finished already. */
  async beginGeneration(line: GenerationLine): Promise<boolean> {
    const key = ledgerTable.generation(line.env, line.project, line.bizDate);
    return putIf(table, { ...line, ...key, v: 1 }, isAbsent);
  },

  /**
   * Writes down what a generation came to; a later one of the same date adds what it created. False when this
   * generation was counted before.
   */
  async finishGeneration(
    { env, project, bizDate }: Pick<GenerationLine, 'env' | 'project' | 'bizDate'>,
    generationId: string,
    { expected, created, existing, edges, finishedAt }: GenerationEnd,
  ): Promise<boolean> {
    const update = new UpdateCommand({
      TableName: table.table,
      Key: ledgerTable.generation(env, project, bizDate),
      UpdateExpression:
        'SET expected = :expected, existing = :existing, edges = :edges, finishedAt = :at, counted = :id ADD created :created',
      ConditionExpression: 'attribute_not_exists(counted) OR counted <> :id',
      ExpressionAttributeValues: {
        ':expected': expected,
        ':existing': existing,
        ':edges': edges,
        ':at': finishedAt,
        ':id': generationId,
        ':created': created,
      },
    });
    try {
      await withRetry(() => table.client.send(update), 'generation not finished');
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },

  /** Writes down which ticks of a generated date have no run; the newest check counts. */
  async noteTicks(
    { env, project, bizDate }: Pick<GenerationLine, 'env' | 'project' | 'bizDate'>,
    ticks: TickCheck,
  ): Promise<void> {
    const update = new UpdateCommand({
      TableName: table.table,
      Key: ledgerTable.generation(env, project, bizDate),
      UpdateExpression: 'SET ticks = :ticks',
      ConditionExpression: 'attribute_exists(finishedAt)',
      ExpressionAttributeValues: { ':ticks': ticks },
    });
    await withRetry(() => table.client.send(update), 'ticks not noted');
  },

  async findGeneration(
    env: Env,
    project: string,
    bizDate: BizDate,
  ): Promise<GenerationLine | undefined> {
    const item = await getItem(table, ledgerTable.generation(env, project, bizDate));
    return item && GenerationLine.parse(item);
  },

  /** The newest `limit` lines of a project, the newest first: holes show as missing dates. */
  async lastGenerations(env: Env, project: string, limit: number): Promise<GenerationLine[]> {
    const range = { partition: ledgerTable.generations(env, project), order: 'desc' } as const;
    const { items } = await queryPage(table, { ...range, strong: true }, { limit });
    return items.map((item) => GenerationLine.parse(item));
  },
});

export type LedgerStore = ReturnType<typeof ledgerStore>;
