import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';

let tables: OpenTables;
let api: ReturnType<typeof startApi>;
let stores: ReturnType<typeof lineStores>;
let now = '2026-11-20T10:00:00.000Z';

const entry = (n: number, at: string, more: object = {}) => ({
  ...{ id: `n${n}`, at, actor: n % 2 ? 'ann' : 'bob', action: n % 3 ? 'pause' : 'rerun' },
  ...{ object: `task:shop/w/t${n}`, project: 'shop', env: 'prod' as const },
  detail: { source: n % 5 ? 'console' : 'cli' },
  ...more,
});
/** Every eight hours, back into October. */
const entries = Array.from({ length: 100 }, (_, n) =>
  entry(n, new Date(Date.parse('2026-11-20T08:00:00.000Z') - n * 8 * 3_600_000).toISOString()),
);

beforeAll(async () => {
  tables = await openTables();
  stores = lineStores(tables.client, tables.tables);
  api = startApi(stores, () => now);
  for (const name of ['shop', 'bank'])
    await root()('createProject', {
      body: { name, members: [{ user: `viewer of ${name}`, role: 'viewer' }] },
    });
  await stores.ledger.addAudit(entries);
  await stores.ledger.addAudit([
    entry(900, '2026-11-20T09:00:00.000Z', { project: 'bank', object: 'task:bank/w/t' }),
    entry(901, '2026-11-20T09:30:00.000Z', { project: 'system', object: 'everything' }),
  ]);
});
afterAll(() => tables.close());

const root = () => api.as('root', ['admin']);
const shop = () => api.as('viewer of shop');
const ids = async (query: object, call = shop()) => {
  const found: string[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await call('searchAudit', { query: { limit: 7, ...query, cursor } });
    found.push(...page.items.map(({ id }) => id));
    cursor = page.cursor;
    pages += 1;
  } while (cursor !== undefined && pages < 100);
  return found.filter((id) => /^n\d/.test(id));
};
const expected = (keep: (each: (typeof entries)[number]) => boolean) =>
  entries.filter(keep).map(({ id }) => id);
const lastMonth = ({ at }: { at: string }) => at >= '2026-10-20T00:00:00.000Z';

describe('the operation log', () => {
  it('goes back from day to day, newest first, a month unless it is asked for more', async () => {
    expect(await ids({})).toEqual(expected(lastMonth));
    expect(await ids({ from: '2026-01-01T00:00:00.000Z' })).toEqual(entries.map(({ id }) => id));
    const [from, to] = ['2026-11-10T00:00:00.000Z', '2026-11-12T00:00:00.000Z'];
    expect(await ids({ from, to })).toEqual(expected(({ at }) => at >= from && at <= to));
  });

  it('is narrowed by person, action, source, object and part of its name, over all pages', async () => {
    expect(await ids({ actor: 'ann' })).toEqual(
      expected((each) => lastMonth(each) && each.actor === 'ann'),
    );
    expect(await ids({ action: 'rerun', source: 'cli' })).toEqual(
      expected(
        (each) => lastMonth(each) && each.action === 'rerun' && each.detail.source === 'cli',
      ),
    );
    expect(await ids({ object: 'task:shop/w/t3' })).toEqual(['n3']);
    expect(await ids({ text: 'W/T1' })).toEqual(
      expected((each) => lastMonth(each) && each.object.includes('w/t1')),
    );
    expect(await ids({ env: 'dev' })).toEqual([]);
  });

  it('shows a person the projects of that person, and the installation only to whom it is open', async () => {
    const all = await ids({ from: '2026-11-20T08:30:00.000Z' }, root());
    expect(all).toEqual(['n901', 'n900']);
    expect(await ids({ from: '2026-11-20T08:30:00.000Z' }, api.as('viewer of bank'))).toEqual([
      'n900',
    ]);
    expect(await ids({ project: 'system' })).toEqual([]);
    expect(await ids({ project: 'system' }, root())).toEqual(['n901']);
    expect(await ids({ object: 'task:bank/w/t' })).toEqual([]);
    await expect(shop()('searchAudit', { query: { project: 'bank' } })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(root()('searchAudit', { query: { project: 'nope' } })).rejects.toMatchObject({
      code: 'project-not-found',
    });
  });

  it('looks at a bounded number of days and says how far it got', async () => {
    now = '2028-01-01T00:00:00.000Z';
    const query = { from: '2026-11-19T00:00:00.000Z', limit: 200 };
    const first = await shop()('searchAudit', { query });
    expect(first.items).toEqual([]);
    expect(first.searchedTo).toBe('2027-06-15');
    expect(first.cursor).toBeDefined();
    const found = await ids(query);
    expect(found.slice(0, 2)).toEqual(['n0', 'n1']);
    now = '2026-11-20T10:00:00.000Z';
  });

  it('refuses a cursor that it did not give out', async () => {
    await expect(shop()('searchAudit', { query: { cursor: 'nonsense' } })).rejects.toMatchObject({
      code: 'invalid-cursor',
    });
  });
});
