import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Candidate } from '../../shared/domain/bulk/candidate.schema.ts';
import type { Counts } from '../../shared/domain/bulk/merge-results.ts';
import { OperationItem } from '../../shared/domain/bulk/operation.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { packOne, unpackOne } from './bulk-pieces.ts';
import { getItem } from './instances.ts';
import { instancesTable } from './instances-table.ts';
import { isAbsent, putIf } from './put-if.ts';
import { queryAll } from './query.ts';
import { withRetry } from './retry.ts';
import type { Table } from './table.ts';

const keptDays = 90;
/** What was gathered serves the plan alone. */
const gatheredDays = 7;

/** What planning has found so far: a piece, and where the next one begins; without that it was the last. */
const Gathered = z.object({ candidates: z.array(Candidate), next: z.string().optional() });
export type Gathered = z.infer<typeof Gathered>;

/** About a hundred items of an operation. `rev` counts the writings of their results. */
export type OperationChunk = { readonly rev: number; readonly items: readonly OperationItem[] };

/** The items of bulk operations, compressed and in pieces, so that a state machine carries none of them. */
export const bulkChunks = (table: Table) => ({
  /**
   * Keeps the piece with this number, unless another planner did: then that one's counts. Returns what is kept, so
   * that two planners at once walk the same way.
   */
  async keepGathered(id: string, n: number, piece: Gathered, at: Instant): Promise<Gathered> {
    const key = instancesTable.operationGathered(id, n);
    const item = { ...key, data: packOne(piece), expiresAt: expiryOf(at, gatheredDays) };
    if (await putIf(table, item, isAbsent)) return piece;
    const stored = await getItem(table, key);
    return stored ? Gathered.parse(unpackOne(stored.data)) : piece;
  },

  /** All pieces in order. */
  async gatheredOf(id: string): Promise<Gathered[]> {
    const range = { partition: instancesTable.operationOf(id), prefix: 'G#', strong: true };
    return (await queryAll(table, range)).map(({ data }) => Gathered.parse(unpackOne(data)));
  },

  /** Writes a chunk that has no results yet; one that is there stays. */
  async putOperationChunk(
    id: string,
    n: number,
    items: readonly OperationItem[],
    at: Instant,
  ): Promise<void> {
    await putIf(
      table,
      {
        ...instancesTable.operationChunk(id, n),
        rev: 0,
        data: packOne(items),
        expiresAt: expiryOf(at, keptDays),
      },
      isAbsent,
    );
  },

  async findOperationChunk(id: string, n: number): Promise<OperationChunk | undefined> {
    const item = await getItem(table, instancesTable.operationChunk(id, n));
    return (
      item && { rev: Number(item.rev), items: z.array(OperationItem).parse(unpackOne(item.data)) }
    );
  },

  /**
   * Writes results over the revision that was read and counts them, in one transaction; false when another execution
   * was quicker.
   */
  async finishOperationChunk(
    id: string,
    n: number,
    { rev, items }: OperationChunk,
    { succeeded, skipped, failed }: Counts,
    at: Instant,
  ): Promise<boolean> {
    const request = new TransactWriteCommand({
      TransactItems: [
        {
          Update: {
            TableName: table.table,
            Key: instancesTable.operationChunk(id, n),
            UpdateExpression: 'SET #data = :data, rev = :next',
            ConditionExpression: 'rev = :was',
            ExpressionAttributeNames: { '#data': 'data' },
            ExpressionAttributeValues: { ':data': packOne(items), ':next': rev + 1, ':was': rev },
          },
        },
        {
          Update: {
            TableName: table.table,
            Key: instancesTable.operation(id),
            UpdateExpression: 'SET touchedAt = :at ADD succeeded :s, skipped :k, failed :f',
            ExpressionAttributeValues: {
              ':at': at,
              ':s': succeeded,
              ':k': skipped,
              ':f': failed,
            },
          },
        },
      ],
    });
    try {
      await withRetry(() => table.client.send(request), 'results not written');
      return true;
    } catch (error) {
      if (error instanceof TransactionCanceledException) return false;
      throw error;
    }
  },
});

const expiryOf = (at: Instant, days: number): number =>
  Math.floor(Date.parse(at) / 1000) + days * 86_400;
