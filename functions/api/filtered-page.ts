import type { Page } from '../stores/table.ts';

export type Look<T> = {
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly fetch: (limit: number, cursor: string | undefined) => Promise<Page<T>>;
  /** Those of a piece that the filters let through, in order. */
  readonly keep: (items: readonly T[]) => Promise<readonly T[]>;
  /** The cursor that goes on right after an item. */
  readonly cursorAfter: (item: T) => string | undefined;
  /** Where a look has got to, for people. */
  readonly placeOf: (item: T) => string;
  /** Largest number of items that one request looks at. Default 1000. */
  readonly budget?: number;
};

export type FilteredPage<T> = Page<T> & { readonly searchedTo?: string | undefined };

const pieceSize = 100;

/**
 * A page of what the filters let through. Filters beyond the keys look at a bounded number of items, so a request costs
 * the same however rare a match is; then the page says how far it has looked (design.md §4).
 */
export const filteredPage = async <T>({
  limit,
  cursor,
  fetch,
  keep,
  cursorAfter,
  placeOf,
  budget = 1000,
}: Look<T>): Promise<FilteredPage<T>> => {
  const found: T[] = [];
  let after = cursor;

  for (let looked = 0; looked < budget; ) {
    const piece = await fetch(Math.max(limit, Math.min(pieceSize, budget)), after);
    const kept = await keep(piece.items);
    const room = limit - found.length;
    found.push(...kept.slice(0, room));

    const last = kept[room - 1];
    if (kept.length > room && last !== undefined)
      return { items: found, cursor: cursorAfter(last) };
    if (piece.cursor === undefined || found.length === limit)
      return { items: found, cursor: piece.cursor };

    after = piece.cursor;
    looked += piece.items.length;
    const end = piece.items.at(-1);
    if (looked >= budget && end !== undefined)
      return { items: found, cursor: after, searchedTo: placeOf(end) };
  }
  return { items: found, cursor: after };
};
