/** A record of DynamoDB Streams as the API answers it and as Lambda hands it on. */
export type StreamRecord = {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly dynamodb: {
    readonly Keys: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly SequenceNumber: string;
    readonly [field: string]: unknown;
  };
};

/** What one invocation gets; a shard id of its own only when a test splits a shard. */
type StreamBatch = {
  readonly records: readonly StreamRecord[];
  readonly shardId?: string;
};

/** For tests: one batch becomes several, in order, e.g. the same twice. */
export type Reshape = (batch: StreamBatch) => readonly StreamBatch[];

/** Records of one partition key stay in one lane, in order. */
export const lanesOf = (records: readonly StreamRecord[], count: number): StreamRecord[][] => {
  if (count === 1) return [[...records]];
  const lanes: StreamRecord[][] = Array.from({ length: count }, () => []);
  for (const record of records) lanes[laneOf(record, count)]?.push(record);
  return lanes.filter((lane) => lane.length > 0);
};

export const batchesOf = (records: readonly StreamRecord[], size: number): StreamRecord[][] =>
  Array.from({ length: Math.ceil(records.length / size) }, (_, index) =>
    records.slice(index * size, (index + 1) * size),
  );

/** The records that must come again: from the first one that was reported as failed. */
export const unserved = (
  records: readonly StreamRecord[],
  failedSequences: readonly string[],
): readonly StreamRecord[] => {
  const failed = new Set(failedSequences);
  const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  return first === -1 ? records : records.slice(first);
};

function laneOf({ dynamodb }: StreamRecord, count: number): number {
  const [partitionKey = ''] = Object.values(dynamodb.Keys).flatMap((value) => Object.values(value));
  let hash = 0;
  for (let index = 0; index < partitionKey.length; index += 1)
    hash = (hash * 31 + partitionKey.charCodeAt(index)) | 0;
  return Math.abs(hash) % count;
}
