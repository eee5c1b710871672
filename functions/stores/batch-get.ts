import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { pause, withRetry } from './retry.ts';
import type { Item, ItemKey, Table } from './table.ts';

const batchSize = 100;
const tries = 10;

/** The items of `keys` that exist, in no order, by BatchGetItem of 100 keys, what was left out again. */
export const batchGet = async (
  { client, table }: Table,
  keys: readonly ItemKey[],
  { strong = false }: { readonly strong?: boolean | undefined } = {},
): Promise<Item[]> => {
  const batches = chunksOf(distinct(keys), batchSize);
  const getBatch = async (batch: readonly ItemKey[]): Promise<Item[]> => {
    const items: Item[] = [];
    let rest: readonly Item[] = batch;
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      if (attempt > tries)
        throw new Fault('StoreThrottled', 'items not read', { left: rest.length });
      if (attempt > 1) await pause(attempt);
      const Keys = [...rest];
      const answer = await withRetry(
        () =>
          client.send(
            new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead: strong } } }),
          ),
        'items not read',
      );
      items.push(...(answer.Responses?.[table] ?? []));
      rest = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return items;
  };
  return (await Promise.all(batches.map(getBatch))).flat();
};

/** `list` in pieces of `size`. */
export const chunksOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
    list.slice(n * size, (n + 1) * size),
  );

/** BatchGetItem refuses the same key twice. */
const distinct = (keys: readonly ItemKey[]): ItemKey[] => [
  ...new Map(keys.map(({ pk, sk }) => [`${pk}\n${sk}`, { pk, sk }])).values(),
];
