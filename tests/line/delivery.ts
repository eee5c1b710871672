import type { DynamoDBRecord } from 'aws-lambda';
import type { HostedHandler } from '../../functions/edge/lambda.ts';
import { type ShardBatch, shardedBatches } from '../faults/sharded-batches.ts';
import { Killed } from './mortal-client.ts';

type Handler = HostedHandler<{ readonly batchItemFailures: { readonly itemIdentifier: string }[] }>;

/** How records reach the consumers: in one shard as written, or as AWS may (design.md §4). */
export type Shuffle = {
  readonly shards: number;
  readonly largest: number;
  readonly doubled: number;
};

const inOrder: Shuffle = { shards: 1, largest: 1000, doubled: 0 };
const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };
const tries = 30;

/**
 * One consumer of a stream: shards side by side, the batches of each one after the other, from the first failed record
 * again. What was not served when its process died is delivered to the next.
 */
export const consumer = (seed: number, shuffle: Shuffle = inOrder) => {
  let waiting: ShardBatch<DynamoDBRecord>[] = [];
  let rounds = 0;

  const serve = async (handler: Handler, { shardId, records }: ShardBatch<DynamoDBRecord>) => {
    let rest: readonly DynamoDBRecord[] = records;
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      try {
        const event = { Records: rest, shardId, window: {}, state: {} };
        const [failed] = (await handler(event, host)).batchItemFailures;
        if (!failed) return;
        rest = rest.slice(
          rest.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed.itemIdentifier),
        );
      } catch (error) {
        if (error instanceof Killed || attempt === tries) throw error;
      }
      if (attempt === tries) throw new Error(`not served in ${tries} deliveries`);
    }
  };

  return {
    add(records: readonly DynamoDBRecord[]) {
      rounds += 1;
      const { largest, ...others } = shuffle;
      waiting.push(...shardedBatches(records, partitionOf, seed + rounds, { ...others, largest }));
    },
    isIdle: () => waiting.length === 0,
    async deliver(handler: Handler, isDead: () => boolean): Promise<void> {
      const batches = waiting;
      const undelivered = new Set(batches);
      waiting = [];
      const shards = [...Map.groupBy(batches, ({ shardId }) => shardId).values()];
      const results = await Promise.allSettled(
        shards.map(async (shard) => {
          for (const batch of shard) {
            await serve(handler, batch);
            if (isDead()) return;
            undelivered.delete(batch);
          }
        }),
      );
      waiting = [...batches.filter((batch) => undelivered.has(batch)), ...waiting];
      const failed = results.find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected' && !isDead()) throw failed.reason;
    },
  };
};

const partitionOf = ({ dynamodb }: DynamoDBRecord): string => String(dynamodb?.Keys?.pk?.S);
