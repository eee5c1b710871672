import { describe, expect, it } from 'vitest';
import { perKey, type StreamRecord, streamHandler } from './stream-handler.ts';

const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 1000 };

const eventOf = (keys: readonly string[], more: object = {}) => ({
  ...more,
  Records: keys.map((pk, n) => ({
    eventName: 'MODIFY',
    dynamodb: {
      SequenceNumber: String(n),
      Keys: { pk: { S: pk }, sk: { S: 'X' } },
      NewImage: { pk: { S: pk }, n: { N: String(n) } },
    },
  })),
});

describe('a stream consumer', () => {
  it('sees records unmarshalled and in order, with the shard that a window names', async () => {
    const seen: StreamRecord[] = [];
    const handler = streamHandler(async (records) => {
      seen.push(...records);
      return undefined;
    });

    const answer = await handler(eventOf(['a', 'b'], { shardId: 's1', window: {} }), host);

    expect(answer).toEqual({ batchItemFailures: [], state: {} });
    expect(seen.map(({ sequenceNumber, shardId }) => [sequenceNumber, shardId])).toEqual([
      ['0', 's1'],
      ['1', 's1'],
    ]);
    expect(seen[1]?.newImage).toEqual({ pk: 'b', n: 1 });
  });

  it('answers an empty final window', async () => {
    const never = streamHandler(() => Promise.reject(new Error('nothing to do')));
    expect(await never({ window: {}, isFinalInvokeForWindow: true }, host)).toEqual({
      batchItemFailures: [],
      state: {},
    });
  });

  it('is delivered again from the first record that failed, and skips only the rest of that key', async () => {
    const served: string[] = [];
    const serve = async ({ sequenceNumber }: StreamRecord) => {
      if (sequenceNumber === '1') throw new Error('no');
      served.push(sequenceNumber);
    };

    const answer = await streamHandler(perKey(serve, 2))(eventOf(['a', 'b', 'b', 'c']), host);

    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
    expect(served.toSorted()).toEqual(['0', '3']);
  });
});
