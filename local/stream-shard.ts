import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoRefused, type DynamoWire } from './dynamo-wire.ts';
import type { StreamRecord } from './stream-record.ts';

type ShardPage = { readonly records: readonly StreamRecord[]; readonly finished: boolean };

export type ShardReader = { next(): Promise<ShardPage> };

type Iterator = { ShardIterator: string };
type Page = { Records: StreamRecord[]; NextShardIterator?: string };

const pageSize = 1000;

/** Reads one shard from a cursor on; without one from its beginning. An iterator that aged is renewed. */
export const shardReader = (
  wire: DynamoWire,
  stream: { readonly StreamArn: string; readonly ShardId: string },
  cursor: string | undefined,
): ShardReader => {
  let position = cursor;
  let iterator: string | undefined;

  const open = async (): Promise<string> => {
    const from = (type: object) =>
      wire.call<Iterator>('DynamoDBStreams_20120810.GetShardIterator', { ...stream, ...type });
    if (position === undefined)
      return (await from({ ShardIteratorType: 'TRIM_HORIZON' })).ShardIterator;
    try {
      const type = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position };
      return (await from(type)).ShardIterator;
    } catch (error) {
      if (!(error instanceof DynamoRefused && error.name === 'TrimmedDataAccessException'))
        throw error;
      return (await from({ ShardIteratorType: 'TRIM_HORIZON' })).ShardIterator;
    }
  };

  return {
    async next() {
      iterator ??= await open();
      try {
        const { Records, NextShardIterator } = await wire.call<Page>(
          'DynamoDBStreams_20120810.GetRecords',
          { ShardIterator: iterator, Limit: pageSize },
        );
        iterator = NextShardIterator;
        position = Records.at(-1)?.dynamodb.SequenceNumber ?? position;
        return { records: Records, finished: NextShardIterator === undefined };
      } catch (error) {
        if (!(error instanceof DynamoRefused)) throw error;
        iterator = undefined;
        await sleep(100);
        return { records: [], finished: false };
      }
    },
  };
};

export type Shard = { readonly ShardId: string; readonly ParentShardId?: string };

export const shardsOf = async (wire: DynamoWire, streamArn: string): Promise<readonly Shard[]> => {
  const shards: Shard[] = [];
  let start: string | undefined;
  do {
    const { StreamDescription } = await wire.call<{
      StreamDescription: { Shards: Shard[]; LastEvaluatedShardId?: string };
    }>('DynamoDBStreams_20120810.DescribeStream', {
      StreamArn: streamArn,
      ...(start && { ExclusiveStartShardId: start }),
    });
    shards.push(...StreamDescription.Shards);
    start = StreamDescription.LastEvaluatedShardId;
  } while (start);
  return shards;
};
