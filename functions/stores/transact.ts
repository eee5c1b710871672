import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Condition } from './put-if.ts';
import { withRetry } from './retry.ts';
import type { Item, ItemKey, Table } from './table.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const putOf = (
  { table }: Table,
  item: Item & ItemKey,
  condition?: Condition,
): TransactItem => ({ Put: { TableName: table, Item: item, ...conditionOf(condition) } });

export const deleteOf = ({ table }: Table, Key: ItemKey, condition?: Condition): TransactItem => ({
  Delete: { TableName: table, Key, ...conditionOf(condition) },
});

/**
 * Writes all or nothing; false when a condition failed. A repeated request whose first reply was lost says false, too:
 * whoever calls reads again and sees that it was done.
 */
export const transact = async (
  { client }: Table,
  TransactItems: TransactItem[],
  what: string,
): Promise<boolean> => {
  try {
    await withRetry(() => client.send(new TransactWriteCommand({ TransactItems })), what);
    return true;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    if (reasons.some(({ Code }) => Code === 'ConditionalCheckFailed')) return false;
    throw error;
  }
};

const conditionOf = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ...(condition.values ? { ExpressionAttributeValues: condition.values } : {}),
    ...(condition.names ? { ExpressionAttributeNames: condition.names } : {}),
  };
