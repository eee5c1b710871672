import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { exportKeptDays, LogExport } from '../../shared/domain/log/log-export.schema.ts';
import { getItem } from './instances.ts';
import { instancesTable } from './instances-table.ts';
import { isAbsent, putIf } from './put-if.ts';
import { queryPage } from './query.ts';
import { withRetry } from './retry.ts';
import type { Item, ItemKey, Table } from './table.ts';

/** More exports of one person within a week than anybody looks through. */
const mostListed = 50;

/** Exports of run logs: each is asked for by an item whose stream record starts the job that writes it. */
export const logExports = (table: Table) => ({
  /** False when there is one of that id already. */
  createExport: (wanted: LogExport): Promise<boolean> =>
    putIf(table, { ...itemOf(wanted), seq: 1 }, isAbsent),

  async findExport(by: string, id: string): Promise<StoredExport | undefined> {
    const item = await getItem(table, instancesTable.logExport(by, id));
    return item && exportOfItem(item);
  },

  /** Those of a person, the newest first. */
  async listExports(by: string): Promise<StoredExport[]> {
    const range = {
      partition: instancesTable.logExports(by),
      order: 'desc',
      strong: true,
    } as const;
    const { items } = await queryPage(table, range, { limit: mostListed });
    return items.map(exportOfItem);
  },

  /** Writes how far it has come, where nobody else has written meanwhile. */
  async saveExport({ seq, ...next }: StoredExport): Promise<boolean> {
    const put = new PutCommand({
      TableName: table.table,
      Item: { ...itemOf(next), seq: seq + 1 },
      ConditionExpression: 'seq = :was',
      ExpressionAttributeValues: { ':was': seq },
    });
    try {
      await withRetry(() => table.client.send(put), 'export not saved');
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});

export type StoredExport = LogExport & { readonly seq: number };

const itemOf = (wanted: LogExport): Item & ItemKey => ({
  ...instancesTable.logExport(wanted.by, wanted.id),
  v: 1,
  ...wanted,
  expiresAt: Math.floor(Date.parse(wanted.at) / 1000) + exportKeptDays * 86_400,
});

const exportOfItem = (item: Item): StoredExport => ({
  ...LogExport.parse(item),
  seq: Number(item.seq),
});
