import { setTimeout as sleep } from 'node:timers/promises';
import { dynamoWire } from '../dynamo-wire.ts';

export type Note = { readonly what: string; readonly value: Record<string, unknown> };
type Item = { what: { S: string }; value: { S: string } };

/** What the bundles of the tiny app wrote down, of one sort. */
export const readNotes = async (
  endpoint: string,
  what: string,
): Promise<readonly Note['value'][]> => {
  const wire = dynamoWire(endpoint);
  try {
    const { Items } = await wire.call<{ Items: Item[] }>('DynamoDB_20120810.Scan', {
      TableName: 'Notes',
      ConsistentRead: true,
    });
    return Items.filter((item) => item.what.S === what).map((item) => JSON.parse(item.value.S));
  } finally {
    wire.close();
  }
};

/** Waits until there are as many notes as expected, at most 15 s; answers what there is. */
export const untilNotes = async (
  endpoint: string,
  what: string,
  count: number,
): Promise<readonly Note['value'][]> => {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const notes = await readNotes(endpoint, what);
    if (notes.length >= count) return notes;
    await sleep(50);
  }
  return readNotes(endpoint, what);
};

export const putThing = async (endpoint: string, pk: string): Promise<void> => {
  const wire = dynamoWire(endpoint);
  await wire.call('DynamoDB_20120810.PutItem', {
    TableName: 'Things',
    Item: { pk: { S: pk }, kind: { S: 'thing' } },
  });
  wire.close();
};
