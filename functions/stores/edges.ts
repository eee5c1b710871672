import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DeleteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { batchPut } from './batch-write.ts';
import { expiryOf } from './commit-instance.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { instancesTable } from './instances-table.ts';
import { queryAll, queryPage } from './query.ts';
import { withRetry } from './retry.ts';
import type { Item, ItemKey, Page, Table } from './table.ts';

/** `child` waits for `parent`. */
export type EdgePair = { readonly child: string; readonly parent: string };

/** Which parents an instance waits for, and which of them are still open (design.md §4). */
export const edges = (table: Table, retentionDays: number) => ({
  /**
   * Writes edges as open. Call it only for children that do not exist yet: it would open again what a parent has
   * closed. Three write units an edge.
   */
  async putEdges(pairs: readonly EdgePair[]): Promise<void> {
    await batchPut(
      table,
      pairs.flatMap(({ child, parent }): (Item & ItemKey)[] => {
        const { edge, open, child: childKey } = instancesTable;
        return [
          { ...edge(child, parent), expiresAt: expiryOfId(child, retentionDays) },
          { ...open(child, parent), parentSeq: 0 },
          { ...childKey(parent, child), expiresAt: expiryOfId(parent, retentionDays) },
        ];
      }),
    );
  },

  /** Parents that have not succeeded, strongly consistent: the answer decides. `limit` 1 asks whether there is any. */
  async openEdges(childId: string, limit = 1): Promise<string[]> {
    const range = { partition: instancesTable.edges(childId), prefix: 'OPEN#', strong: true };
    const { items } = await queryPage(table, range, { limit });
    return items.map(({ sk }) => nameIn(sk));
  },

  async parentsOf(childId: string): Promise<string[]> {
    const range = { partition: instancesTable.edges(childId), prefix: 'EDGE#' };
    return (await queryAll(table, range)).map(({ sk }) => nameIn(sk));
  },

  async childrenOf(
    parentId: string,
    { limit = 100, cursor }: { readonly limit?: number; readonly cursor?: string | undefined } = {},
  ): Promise<Page<string>> {
    const range = { partition: instancesTable.edges(parentId), prefix: 'CHILD#' };
    const { items, last } = await queryPage(table, range, { limit, after: positionOf(cursor) });
    return { items: items.map(({ sk }) => nameIn(sk)), cursor: cursorOf(last) };
  },

  /**
   * Closes the edge because the parent succeeded with the move `parentSeq`. False when it is closed already or a later
   * move of the parent has opened it again.
   */
  async settleEdge({ child, parent }: EdgePair, parentSeq: number): Promise<boolean> {
    const request = new DeleteCommand({
      TableName: table.table,
      Key: instancesTable.open(child, parent),
      ConditionExpression: 'parentSeq < :seq',
      ExpressionAttributeValues: { ':seq': parentSeq },
    });
    try {
      await withRetry(() => table.client.send(request), 'edge not settled');
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },

  /**
   * Opens the edge again because the parent left SUCCESS with the move `parentSeq`. False when the parent has succeeded
   * since, or a later move has opened it: a doubled stream record can do no harm.
   */
  async reopenEdge({ child, parent }: EdgePair, parentSeq: number): Promise<boolean> {
    const request = new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: table.table,
            Item: { ...instancesTable.open(child, parent), parentSeq },
            ConditionExpression: 'attribute_not_exists(pk) OR parentSeq < :seq',
            ExpressionAttributeValues: { ':seq': parentSeq },
          },
        },
        {
          ConditionCheck: {
            TableName: table.table,
            Key: instancesTable.instance(parent),
            ConditionExpression: 'st <> :success',
            ExpressionAttributeValues: { ':success': 'SUCCESS' },
          },
        },
      ],
    });
    try {
      await withRetry(() => table.client.send(request), 'edge not opened');
      return true;
    } catch (error) {
      if (error instanceof TransactionCanceledException) return false;
      throw error;
    }
  },
});

const nameIn = (sk: unknown): string => String(sk).replace(/^[A-Z]+#/, '');

const expiryOfId = (id: string, retentionDays: number): number => {
  const ref = parseInstanceId(id);
  if (!ref) throw new Fault('InputInvalid', 'not an instance id', { id });
  return expiryOf(ref, retentionDays);
};
