import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { withRetry } from './retry.ts';
import type { Item, ItemKey, Table } from './table.ts';

/** Attribute that names the write which made the item what it is: a repeated write recognises itself by it. */
export const writeMark = 'w';

/** A new mark; short, since every instance carries one. */
export const newMark = (): string => randomUUID().slice(0, 8);

export type Condition = {
  readonly expression: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly names?: Readonly<Record<string, string>>;
};

/** Only where nothing stands yet. */
export const isAbsent: Condition = { expression: 'attribute_not_exists(pk)' };

/** Only over the revision that the editor saw (`If-Match`); undefined: only where nothing stands yet. */
export const isRevision = (rev: number | undefined): Condition =>
  rev === undefined ? isAbsent : { expression: 'rev = :was', values: { ':was': rev } };

/**
 * Puts an item under a condition; false when the condition failed. A repeated request whose first reply was lost finds
 * its own mark in the stored item and says true.
 */
export const putIf = async (
  { client, table }: Table,
  item: Item & ItemKey,
  { expression, values, names }: Condition,
): Promise<boolean> => {
  const mark = newMark();
  const put = new PutCommand({
    TableName: table,
    Item: { ...item, [writeMark]: mark },
    ConditionExpression: expression,
    ExpressionAttributeValues: values,
    ExpressionAttributeNames: names,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await withRetry(() => client.send(put), 'item not written');
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item?.[writeMark]?.S === mark;
  }
};
