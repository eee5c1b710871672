export type PageOf<T> = { readonly items: readonly T[]; readonly cursor?: string | undefined };

/** Every row of a list, page by page, up to `most`; `cut` says that there are more. */
export const allPages = async <T>(
  fetchPage: (cursor: string | undefined) => Promise<PageOf<T>>,
  most: number,
): Promise<{ readonly rows: readonly T[]; readonly cut: boolean }> => {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    rows.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && rows.length < most);
  return { rows: rows.slice(0, most), cut: cursor !== undefined || rows.length > most };
};
