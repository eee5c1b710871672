import { expect, it } from 'vitest';
import { allPages } from './all-pages.ts';

const pages = [[1, 2], [], [3]];
const fetchPage = async (cursor: string | undefined) => {
  const n = Number(cursor ?? 0);
  return { items: pages[n] ?? [], ...(n < 2 ? { cursor: String(n + 1) } : {}) };
};

it('reads on until the list ends, over pages on which nothing matched', async () => {
  expect(await allPages(fetchPage, 100)).toEqual({ rows: [1, 2, 3], cut: false });
  expect(await allPages(fetchPage, 3)).toEqual({ rows: [1, 2, 3], cut: false });
});

it('ends at the bound and says that there is more', async () => {
  expect(await allPages(fetchPage, 2)).toEqual({ rows: [1, 2], cut: true });
  expect(await allPages(fetchPage, 1)).toEqual({ rows: [1], cut: true });
});
