type Page<T> = { readonly items: readonly T[]; readonly cursor?: string | undefined };

/** Reads a list to its end, page by page. Only for lists that are known to be short. */
export const allPages = async <T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
};
