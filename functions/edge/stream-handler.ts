import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { logFailure } from './host-log.ts';
import type { HostedHandler } from './lambda.ts';

type Item = Readonly<Record<string, unknown>>;

/** One change of an item, in the order of its shard. */
export type StreamRecord = {
  readonly sequenceNumber: string;
  /** Only a tumbling window tells it. */
  readonly shardId?: string | undefined;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: { readonly pk: string; readonly sk: string };
  readonly oldImage?: Item | undefined;
  readonly newImage?: Item | undefined;
};

/** Serves a batch; answers with the first record that failed, from which the batch is delivered again. */
export type BatchWork = (records: readonly StreamRecord[]) => Promise<RecordFailed | undefined>;
type RecordFailed = { readonly record: StreamRecord; readonly error: unknown };

type StreamEvent = Partial<DynamoDBStreamEvent> & {
  readonly shardId?: string;
  readonly window?: unknown;
};
type StreamAnswer = DynamoDBBatchResponse & { readonly state?: object };

/**
 * The host of a stream consumer. It answers with the sequence number of the first record that failed: Lambda delivers
 * that one and all behind it again, so work must bear repetition. An unexpected throw fails the whole batch.
 */
export const streamHandler =
  (work: BatchWork): HostedHandler<StreamAnswer> =>
  async (event, host) => {
    const { Records = [], shardId, window } = event as StreamEvent;
    const records = Records.map((record) => recordOf(record, shardId));
    const failed = records.length === 0 ? undefined : await work(records);

    if (failed)
      logFailure('record failed', failed.error, {
        requestId: host.awsRequestId,
        sequenceNumber: failed.record.sequenceNumber,
        pk: failed.record.keys.pk,
        sk: failed.record.keys.sk,
      });
    return {
      batchItemFailures: failed ? [{ itemIdentifier: failed.record.sequenceNumber }] : [],
      ...(window === undefined ? {} : { state: {} }),
    };
  };

/**
 * Serves the records of one item one by one, and up to `concurrency` items at once. After a failure the rest of that item
 * is left for the next delivery; the earliest failure of the batch is answered.
 */
export const perKey =
  (serve: (record: StreamRecord) => Promise<void>, concurrency: number): BatchWork =>
  async (records) => {
    const queues = [...Map.groupBy(records, ({ keys }) => `${keys.pk} ${keys.sk}`).values()];
    const failures: RecordFailed[] = [];

    const worker = async () => {
      for (let queue = queues.shift(); queue; queue = queues.shift()) {
        const failed = await firstFailure(queue, serve);
        if (failed) failures.push(failed);
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, queues.length) }, worker));

    return failures.toSorted((a, b) => records.indexOf(a.record) - records.indexOf(b.record))[0];
  };

const firstFailure = async (
  records: readonly StreamRecord[],
  serve: (record: StreamRecord) => Promise<void>,
): Promise<RecordFailed | undefined> => {
  for (const record of records) {
    try {
      await serve(record);
    } catch (error) {
      return { record, error };
    }
  }
  return undefined;
};

const recordOf = (
  { dynamodb = {}, eventName = 'MODIFY' }: DynamoDBRecord,
  shardId: string | undefined,
): StreamRecord => {
  const keys = itemOf(dynamodb.Keys) ?? {};
  return {
    sequenceNumber: dynamodb.SequenceNumber ?? '',
    shardId,
    eventName,
    keys: { pk: String(keys.pk), sk: String(keys.sk) },
    oldImage: itemOf(dynamodb.OldImage),
    newImage: itemOf(dynamodb.NewImage),
  };
};

/** The event's attribute values are those of the SDK with binary as base64 text; no item here reads binary. */
const itemOf = (image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']): Item | undefined =>
  image && unmarshall(image as Record<string, AttributeValue>);
