import { cursorOf, positionOf } from './cursor.ts';
import { queryPage, type Range, sortKeyOf } from './query.ts';
import type { Item, Page, Table } from './table.ts';

/** The stripes of a list: partitions of one index or of the table, each in order. */
export type Stripes = {
  readonly index?: 'byDay' | 'byQueue' | undefined;
  readonly partitions: readonly string[];
  readonly order: 'asc' | 'desc';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/**
 * One page of several ranges merged by sort key. The position is the last sort key given out, so it holds whatever the
 * number of stripes; sort keys must be unique over the stripes. Each stripe is read in small pieces on demand, so a page
 * costs the same however many items there are.
 */
export const mergeRanges = async (
  table: Table,
  { index, partitions, order, from, to }: Stripes,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<Item>> => {
  const sortKey = sortKeyOf(index);
  const after = positionOf(cursor)?.after;
  const piece = Math.max(4, Math.ceil((2 * limit) / partitions.length));
  const bounds = order === 'asc' ? { from: after ?? from, to } : { from, to: after ?? to };
  const sourceOf = (partition: string) =>
    source(table, { index, partition, order, ...bounds }, { piece, sortKey, after });

  const sources = partitions.map(sourceOf);
  await Promise.all(sources.map(({ fill }) => fill()));

  const items: Item[] = [];
  while (items.length < limit) {
    const first = pickFirst(sources, order);
    if (!first) return { items };
    items.push(first.take());
    await first.fill();
  }
  const more = pickFirst(sources, order) !== undefined;
  return { items, cursor: more ? cursorOf({ after: items.at(-1)?.[sortKey] }) : undefined };
};

type Source = {
  readonly head: () => string | undefined;
  readonly take: () => Item;
  readonly fill: () => Promise<void>;
};

const source = (
  table: Table,
  range: Range,
  { piece, sortKey, after }: { piece: number; sortKey: string; after: string | undefined },
): Source => {
  let buffer: Item[] = [];
  let next: Item | undefined;
  let ended = false;

  return {
    head: () => buffer[0]?.[sortKey] as string | undefined,
    take: () => buffer.shift() as Item,
    async fill() {
      while (buffer.length === 0 && !ended) {
        const page = await queryPage(table, range, { limit: piece, after: next });
        // The bound is included by the key condition, the position itself was given out before.
        buffer = page.items.filter((item) => item[sortKey] !== after);
        next = page.last;
        ended = next === undefined;
      }
    },
  };
};

const pickFirst = (sources: readonly Source[], order: 'asc' | 'desc'): Source | undefined => {
  let first: Source | undefined;
  let key: string | undefined;
  for (const candidate of sources) {
    const head = candidate.head();
    if (head === undefined) continue;
    if (key === undefined || (order === 'asc' ? head < key : head > key)) {
      first = candidate;
      key = head;
    }
  }
  return first;
};
