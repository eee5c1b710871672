import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf, lanesOf, type StreamRecord, unserved } from './stream-record.ts';

const record = (pk: string, sequence: number): StreamRecord => ({
  eventID: String(sequence),
  eventName: 'MODIFY',
  eventVersion: '1.1',
  dynamodb: { Keys: { pk: { S: pk } }, SequenceNumber: String(sequence) },
});
const records = fc
  .array(fc.string({ maxLength: 3 }), { maxLength: 60 })
  .map((keys) => keys.map((key, index) => record(key, index + 1)));

describe('records of a stream', () => {
  it('keep the order of their partition key in one lane, and none is lost', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 10 }), (all, count) => {
        const lanes = lanesOf(all, count);
        expect(lanes.flat()).toHaveLength(all.length);
        for (const key of new Set(all.map(({ dynamodb }) => dynamodb.Keys.pk?.S))) {
          const having = lanes.filter((lane) =>
            lane.some(({ dynamodb }) => dynamodb.Keys.pk?.S === key),
          );
          expect(having).toHaveLength(1);
        }
        for (const lane of lanes) {
          const numbers = lane.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('are cut into batches of at most the size', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 10 }), (all, size) => {
        const batches = batchesOf(all, size);
        expect(batches.flat()).toEqual(all);
        expect(batches.every(({ length }) => length > 0 && length <= size)).toBe(true);
      }),
    );
  });

  it('come again from the first failed one, or all when the failed one is unknown', () => {
    const all = [record('a', 1), record('b', 2), record('c', 3)];
    expect(unserved(all, ['3', '2'])).toEqual(all.slice(1));
    expect(unserved(all, ['9'])).toEqual(all);
  });
});
