import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DeleteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { batchPut } from './batch-write.ts';
import { type Cut, expiryOf } from './commit-instance.ts';
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
   * closed. Two write units an edge and about one a child: the static list of its parents shares items.
   */
  async putEdges(pairs: readonly EdgePair[]): Promise<void> {
    const { open, child: childKey } = instancesTable;
    const byChild = Map.groupBy(pairs, ({ child }) => child);
    await batchPut(table, [
      ...pairs.flatMap(({ child, parent }): (Item & ItemKey)[] => [
        { ...open(child, parent), parentSeq: 0 },
        { ...childKey(parent, child), expiresAt: expiryOfId(parent, retentionDays) },
      ]),
      ...[...byChild].flatMap(([child, ofChild]) =>
        parentLists(ofChild.map(({ parent }) => parent)).map(({ first, others }) => ({
          ...instancesTable.edges(child, first),
          others,
          expiresAt: expiryOfId(child, retentionDays),
        })),
      ),
    ]);
  },

  /** Parents that have not succeeded, strongly consistent: the answer decides. `limit` 1 asks whether there is any. */
  async openEdges(childId: string, limit = 1): Promise<string[]> {
    const range = { partition: instancesTable.edgesOf(childId), prefix: 'OPEN#', strong: true };
    const { items } = await queryPage(table, range, { limit });
    return items.map(({ sk }) => nameIn(sk));
  },

  /** All parents, in order of id. */
  async parentsOf(childId: string): Promise<string[]> {
    const lists = await readLists(table, childId);
    return [...new Set(lists.flatMap(parentsIn))].toSorted();
  },

  /**
   * What has to be written, in the transaction of the move, so that the child waits for `parents` no longer, now or when
   * one of them leaves SUCCESS (nodes-and-instances 4.3). Parents that it does not have are left out.
   */
  async cutOf(childId: string, parents: readonly string[]): Promise<Cut> {
    const lists = await readLists(table, childId, true);
    const gone = new Set(parents);
    const touched = lists.filter((list) => parentsIn(list).some((parent) => gone.has(parent)));
    return {
      parents: touched.flatMap(parentsIn).filter((parent) => gone.has(parent)),
      lists: touched.map((list) => ({
        was: list.first,
        left: parentsIn(list).filter((parent) => !gone.has(parent)),
      })),
    };
  },

  async childrenOf(
    parentId: string,
    { limit = 100, cursor }: { readonly limit?: number; readonly cursor?: string | undefined } = {},
  ): Promise<Page<string>> {
    const range = { partition: instancesTable.edgesOf(parentId), prefix: 'CHILD#' };
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
   * since, a later move has opened it, or somebody has removed it: a doubled stream record can do no harm.
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
            Key: instancesTable.child(parent, child),
            ConditionExpression: 'attribute_exists(pk)',
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

type ParentList = { readonly first: string; readonly others: readonly string[] };

const parentsIn = ({ first, others }: ParentList): readonly string[] => [first, ...others];

const readLists = async (table: Table, childId: string, strong = false): Promise<ParentList[]> => {
  const range = { partition: instancesTable.edgesOf(childId), prefix: 'EDGE#', strong };
  const items = await queryAll(table, range);
  return items.map(({ sk, others }) => ({
    first: nameIn(sk),
    others: Array.isArray(others) ? (others as string[]) : [],
  }));
};

/** Parents in lists whose items stay within one write unit; a list is named after its first, so lists never collide. */
const parentLists = (parents: readonly string[]): ParentList[] => {
  const lists: { first: string; others: string[]; size: number }[] = [];
  for (const parent of new Set(parents)) {
    const list = lists.at(-1);
    if (list && list.size + parent.length <= listBytes) {
      list.others.push(parent);
      list.size += parent.length + 1;
    } else lists.push({ first: parent, others: [], size: parent.length });
  }
  return lists.map(({ first, others }) => ({ first, others }));
};

/** Leaves room in 1 KB for the key of the child. */
const listBytes = 750;

const nameIn = (sk: unknown): string => String(sk).replace(/^[A-Z]+#/, '');

const expiryOfId = (id: string, retentionDays: number): number => {
  const ref = parseInstanceId(id);
  if (!ref) throw new Fault('InputInvalid', 'not an instance id', { id });
  return expiryOf(ref, retentionDays);
};
