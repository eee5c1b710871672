import { useState } from 'react';

export type CursorPages = {
  /** Cursor of the page shown; undefined on the first. */
  readonly cursor: string | undefined;
  readonly page: number;
  readonly forward: (next: string) => void;
  readonly back: () => void;
};

/**
 * Walks a list whose API answers cursors. `filters` is the identity of the list: another one begins at the first page.
 * The page is not kept in the address: a cursor may be stale when somebody comes back.
 */
export const useCursorPages = (filters: string): CursorPages => {
  const [walk, setWalk] = useState<{ filters: string; cursors: readonly string[] }>({
    filters,
    cursors: [],
  });
  const cursors = walk.filters === filters ? walk.cursors : [];

  return {
    cursor: cursors.at(-1),
    page: cursors.length + 1,
    forward: (next) => setWalk({ filters, cursors: [...cursors, next] }),
    back: () => setWalk({ filters, cursors: cursors.slice(0, -1) }),
  };
};
