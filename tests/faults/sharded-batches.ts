import { seededChance } from './seeded-chance.ts';

export type ShardBatch<T> = { readonly shardId: string; readonly records: readonly T[] };

/**
 * Delivers a stream as AWS may and a local engine never does: records are spread over shards by key, in order within
 * each; shards take turns at random; batches have random sizes, and some are delivered again, alone or with the one
 * before, as after a lost checkpoint.
 */
export const shardedBatches = <T>(
  records: readonly T[],
  keyOf: (record: T) => string,
  seed: number,
  { shards = 3, largest = 10, doubled = 0.3 } = {},
): ShardBatch<T>[] => {
  const chance = seededChance(seed);
  const queues = Array.from({ length: shards }, (): T[][] => []);
  const open = Array.from({ length: shards }, (): T[] => []);
  for (const record of records) {
    const shard = shardOf(keyOf(record), shards);
    open[shard]?.push(record);
    if ((open[shard]?.length ?? 0) > chance.below(largest)) {
      queues[shard]?.push(open[shard] ?? []);
      open[shard] = [];
    }
  }
  for (const [shard, rest] of open.entries()) if (rest.length > 0) queues[shard]?.push(rest);

  const delivered: ShardBatch<T>[] = [];
  const places = queues.map(() => 0);
  const left = () => queues.flatMap((queue, n) => ((places[n] ?? 0) < queue.length ? [n] : []));
  for (let waiting = left(); waiting.length > 0; waiting = left()) {
    const shard = waiting[chance.below(waiting.length)] ?? 0;
    const place = places[shard] ?? 0;
    const deliver = (n: number) => {
      const batch = queues[shard]?.[n];
      if (batch) delivered.push({ shardId: `shard-${shard}`, records: batch });
    };
    deliver(place);
    if (chance.hits(doubled)) {
      if (chance.hits(0.5)) deliver(place - 1);
      deliver(place);
    }
    places[shard] = place + 1;
  }
  return delivered;
};

const shardOf = (key: string, shards: number): number =>
  [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7) % shards;
