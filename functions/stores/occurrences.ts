import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { Occurrence, type RuleRef } from '../../shared/domain/notice/occurrence.schema.ts';
import { batchGet } from './batch-get.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { isAbsent, putIf } from './put-if.ts';
import { queryAll } from './query.ts';
import { withRetry } from './retry.ts';
import type { Item, ItemKey, Table } from './table.ts';

const keptDays = 30;

/** An occurrence as the ledger keeps it: the same id is the same fact. */
export const itemOfOccurrence = (occurrence: Occurrence): Item & ItemKey => ({
  ...occurrence,
  ...ledgerTable.occurrence(occurrence.id),
  v: 1,
  expiresAt: Math.floor(Date.parse(occurrence.at) / 1000) + keptDays * 86_400,
});

/** What happened that somebody may want to be told of, and when rules were last told of. */
export const occurrences = (table: Table) => ({
  /** The put as part of the transaction that makes it true; the same one again replaces it by itself. */
  occurrencePut: (occurrence: Occurrence) => ({
    Put: { TableName: table.table, Item: itemOfOccurrence(occurrence) },
  }),

  /** False when it was written before: nobody is told twice. */
  putOccurrence: (occurrence: Occurrence): Promise<boolean> =>
    putIf(table, itemOfOccurrence(occurrence), isAbsent),

  async findOccurrence(id: string): Promise<Occurrence | undefined> {
    const item = await getItem(table, ledgerTable.occurrence(id));
    return item && Occurrence.parse(item);
  },

  /** Those of `ids` that have not expired, in the order of `ids`. */
  async findOccurrences(ids: readonly string[]): Promise<Occurrence[]> {
    const items = await batchGet(table, ids.map(ledgerTable.occurrence), { strong: true });
    const found = new Map(items.map((item) => [String(item.id), Occurrence.parse(item)]));
    return ids.flatMap((id) => found.get(id) ?? []);
  },

  /** Writes down that a message of a rule was issued, for the list of rules; the latest counts. */
  async noteTold({ kind, project, name }: Omit<RuleRef, 'rev'>, at: Instant): Promise<void> {
    const update = new UpdateCommand({
      TableName: table.table,
      Key: { pk: ledgerTable.told(project), sk: `${kind}#${name}` },
      UpdateExpression: 'SET lastAt = :at',
      ConditionExpression: 'attribute_not_exists(lastAt) OR lastAt < :at',
      ExpressionAttributeValues: { ':at': at },
    });
    await withRetry(() => table.client.send(update), 'not noted').catch(unlessLater);
  },

  /** When the rules of a project were last told of, by `kind#rule`. */
  async lastTold(project: string): Promise<ReadonlyMap<string, Instant>> {
    const items = await queryAll(table, { partition: ledgerTable.told(project) });
    return new Map(items.map(({ sk, lastAt }) => [String(sk), String(lastAt)]));
  },

  /** Up to when the rules about time were watched; undefined before the first round. */
  async watchedUpTo(): Promise<Instant | undefined> {
    const item = await getItem(table, ledgerTable.watchedRules);
    return item && String(item.upTo);
  },

  async noteWatched(upTo: Instant): Promise<void> {
    const item = { ...ledgerTable.watchedRules, upTo };
    const later = {
      expression: 'attribute_not_exists(pk) OR upTo < :upTo',
      values: { ':upTo': upTo },
    };
    await putIf(table, item, later);
  },
});

/** Somebody has noted a later one. */
const unlessLater = (error: unknown): void => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
};
