import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { chunksOf } from './batch-get.ts';
import { pause, withRetry } from './retry.ts';
import type { Item, ItemKey, Table } from './table.ts';

const batchSize = 25;
const tries = 10;
const inFlight = 4;

/** Puts items without conditions, 25 a request and four requests at a time; what the engine left is sent again. */
export const batchPut = async (
  { client, table }: Table,
  items: readonly (Item & ItemKey)[],
): Promise<void> => {
  const putBatch = async (batch: readonly Item[]): Promise<void> => {
    let rest: NonNullable<BatchWriteCommandInput['RequestItems']>[string] = batch.map((Item) => ({
      PutRequest: { Item },
    }));
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      if (attempt > tries)
        throw new Fault('StoreThrottled', 'items not written', { left: rest.length });
      if (attempt > 1) await pause(attempt);
      const requests = rest;
      const answer = await withRetry(
        () => client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } })),
        'items not written',
      );
      rest = answer.UnprocessedItems?.[table] ?? [];
    }
  };

  for (const group of chunksOf(chunksOf(items, batchSize), inFlight))
    await Promise.all(group.map(putBatch));
};
