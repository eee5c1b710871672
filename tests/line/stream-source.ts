import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

export type StreamSource = {
  /** What was written since the last call, in order. */
  readonly pull: () => Promise<readonly DynamoDBRecord[]>;
  readonly close: () => void;
};

/** Reads the stream of a table from its beginning. It asks the engine itself: stream polling is not what fails. */
export const streamSource = async (
  direct: DynamoDBDocumentClient,
  endpoint: string,
  table: string,
): Promise<StreamSource> => {
  const { Table } = await direct.send(new DescribeTableCommand({ TableName: table }));
  const StreamArn = Table?.LatestStreamArn;
  const client = new DynamoDBStreamsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const iterators = new Map<string, string | undefined>();

  const openNew = async () => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      if (iterators.has(ShardId)) continue;
      const type = { ShardIteratorType: 'TRIM_HORIZON' } as const;
      const answer = await client.send(
        new GetShardIteratorCommand({ StreamArn, ShardId, ...type }),
      );
      iterators.set(ShardId, answer.ShardIterator);
    }
  };
  const readShard = async (shard: string): Promise<DynamoDBRecord[]> => {
    const records: DynamoDBRecord[] = [];
    for (;;) {
      const ShardIterator = iterators.get(shard);
      if (ShardIterator === undefined) return records;
      const page = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 1000 }));
      iterators.set(shard, page.NextShardIterator);
      if (!page.Records?.length) return records;
      records.push(...(page.Records as DynamoDBRecord[]));
    }
  };

  await openNew();
  return {
    async pull() {
      const known = [...iterators.keys()];
      const records = (await Promise.all(known.map(readShard))).flat();
      const ended = known.some((shard) => iterators.get(shard) === undefined);
      if (ended || known.length === 0) await openNew();
      return records;
    },
    close: () => client.destroy(),
  };
};
