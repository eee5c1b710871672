import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { Project } from '../../shared/domain/project/project.schema.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';
import { exportLogs } from '../bulk/export-logs.ts';
import { appendLines } from '../logging/append-lines.ts';

const start = '2026-11-20T10:00:00.000Z';
let now = '2026-11-20T12:00:00.000Z';
const clock = () => now;
const range = { from: '2026-11-20T09:00:00.000Z', to: '2026-11-20T12:00:00.000Z' };

let open: OpenTables;
let stores: ReturnType<typeof lineStores>;
let api: ReturnType<typeof startApi>;
const root = () => api.as('root', ['admin']);
const refused = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error) => error.problem as { code: string; errors?: { path: string; message: string }[] },
  );

const line = (text: string, seconds: number, more: Partial<LogLine> = {}): LogLine => ({
  ...{ at: plusSeconds(start, seconds), level: 'INFO', text, operation: 'invoke' },
  ...more,
});
const append = (
  fields: Parameters<typeof anInstance>[0],
  lines: readonly LogLine[],
  batch = 'end',
) => {
  const instance = anInstance({ kind: 'http', status: 'RUNNING', attempt: 1, ...fields });
  return appendLines(stores)({ instance, attempt: 1, batch, lines });
};

beforeAll(async () => {
  open = await openTables();
  stores = lineStores(open.client, open.tables);
  api = startApi(stores, clock);
  for (const [name, members] of [
    [
      'shop',
      [
        { user: 'ann', role: 'operator' },
        { user: 'eve', role: 'viewer' },
      ],
    ],
    [
      'bank',
      [
        { user: 'ann', role: 'viewer' },
        { user: 'bob', role: 'developer' },
      ],
    ],
    ['port', []],
  ] as const)
    await stores.catalog.saveProject(
      Project.parse({ name, members, createdAt: start, updatedAt: start, rev: 1 }),
      undefined,
    );
  await append({ project: 'shop', workflow: 'daily', task: 'load', version: 2 }, [
    line('loading orders', 0),
    line('audit trail', 1, { category: 'audit', level: 'DEBUG' }),
    line('password=hunter2 refused', 2, { level: 'WARN', operation: 'custom-step' }),
  ]);
  await append({ project: 'shop', workflow: 'hourly', task: 'sum', kind: 'sql' }, [
    line('orders summed', 60),
  ]);
  await append({ project: 'bank', workflow: 'daily', task: 'load' }, [line('bank orders', 30)]);
  await append({ project: 'port', workflow: 'daily', task: 'load' }, [line('port orders', 40)]);
});
afterAll(() => open.close());

describe('searching run logs', () => {
  it('W54 W56 finds lines newest first by each condition alone and combined', async () => {
    const texts = async (query: object) => {
      const { items, meta } = await root()('searchLogs', { query: { ...range, ...query } });
      expect(meta.complete).toBe(true);
      return items.map(({ text }) => text);
    };
    expect(await texts({})).toEqual([
      ...['orders summed', 'port orders', 'bank orders', 'password=*** refused', 'audit trail'],
      'loading orders',
    ]);
    expect(await texts({ order: 'asc', project: 'shop', limit: 2 })).toEqual([
      ...['loading orders', 'audit trail'],
    ]);
    expect(await texts({ text: 'ORDERS NOT loading', project: 'shop' })).toEqual(['orders summed']);
    expect(await texts({ level: 'WARN,DEBUG' })).toEqual(['password=*** refused', 'audit trail']);
    expect(await texts({ version: 2, level: 'INFO' })).toEqual(['loading orders']);
    expect(await texts({ workflow: 'hourly,other' })).toEqual(['orders summed']);
    expect(await texts({ task: 'sum' })).toEqual(['orders summed']);
    expect(await texts({ operation: 'custom-step' })).toEqual(['password=*** refused']);
    expect(await texts({ category: 'statement-run' })).toEqual(['orders summed']);
    expect(await texts({ category: 'audit' })).toEqual(['audit trail']);
    expect(await texts({ region: 'local', project: 'bank' })).toEqual(['bank orders']);
    expect(await texts({ region: 'elsewhere' })).toEqual([]);
    const run = anInstance({ project: 'shop', workflow: 'hourly' }).runId;
    expect(await texts({ run: ` ${run} ` })).toEqual(['orders summed']);
    expect(await texts({ run: run.toUpperCase() })).toEqual([]);
    expect(await texts({ from: plusSeconds(start, 30), to: plusSeconds(start, 60) })).toEqual([
      ...['port orders', 'bank orders'],
    ]);
  });

  it('W58 shows the category of a logger, else the default event of the kind', async () => {
    const { items } = await root()('searchLogs', { query: { ...range, project: 'shop' } });
    expect(Object.fromEntries(items.map(({ text, category }) => [text, category]))).toMatchObject({
      'audit trail': 'audit',
      'loading orders': 'request-sent',
      'orders summed': 'statement-run',
    });
  });

  it('W57 keeps the four levels apart in the histogram, whose sum is the count (W66)', async () => {
    const query = { ...range, project: 'shop' };
    const histogram = await root()('countLogs', { query });
    expect(histogram).toMatchObject({
      total: 4,
      counts: { DEBUG: 1, INFO: 2, WARN: 1, ERROR: 0 },
    });
    const sum = histogram.buckets.reduce(
      (all, { counts }) => all + counts.DEBUG + counts.INFO + counts.WARN + counts.ERROR,
      0,
    );
    expect(sum).toBe(histogram.total);
    expect(histogram.buckets.length).toBeLessThanOrEqual(60);
    const found = await root()('searchLogs', { query });
    expect(found.items).toHaveLength(histogram.total);
  });

  it('covers exactly the projects where the caller operates', async () => {
    const projectsOf = async (user: string, groups: string[] = []) => {
      const { items } = await api.as(user, groups)('searchLogs', { query: range });
      return [...new Set(items.map(({ project }) => project))].toSorted();
    };
    expect(await projectsOf('ann')).toEqual(['shop']);
    expect(await projectsOf('bob')).toEqual(['bank']);
    expect(await projectsOf('eve')).toEqual([]);
    expect(await projectsOf('zoe', ['operator'])).toEqual(['bank', 'port', 'shop']);
    expect(await projectsOf('zoe', ['viewer'])).toEqual([]);
    const denied = await refused(
      api.as('eve')('searchLogs', { query: { ...range, project: 'shop' } }),
    );
    expect(denied?.code).toBe('forbidden');
    expect(await api.as('ann')('lastLoggedProject', {})).toMatchObject({ project: 'shop' });
    expect(await api.as('bob')('lastLoggedProject', {})).toMatchObject({ project: 'bank' });
    expect(await api.as('eve')('lastLoggedProject', {})).toEqual({});
  });

  it('W53 N90 refuses a range that is empty or older than what is kept, and a content that it cannot read, by field', async () => {
    const pathsOf = async (query: object) =>
      (await refused(root()('searchLogs', { query: { ...range, ...query } })))?.errors?.map(
        ({ path }) => path,
      );
    expect(await pathsOf({ from: range.to, to: range.from })).toEqual(['query.to']);
    expect(await pathsOf({ from: '2026-10-20T00:00:00.000Z' })).toEqual(['query.from']);
    expect(await pathsOf({ from: '2026-10-21T12:00:00.000Z' })).toBeUndefined();
    expect(await pathsOf({ text: '"open' })).toEqual(['query.text']);
    expect((await refused(root()('countLogs', { query: { ...range, text: 'a OR' } })))?.code).toBe(
      'invalid-input',
    );
  });

  it('goes on where a page ended, whatever has been written since', async () => {
    const query = { ...range, project: 'shop', limit: 2 };
    const first = await root()('searchLogs', { query });
    await append({ project: 'shop', workflow: 'late', task: 'x' }, [line('newer', 90)]);
    const second = await root()('searchLogs', { query: { ...query, cursor: first.cursor } });
    expect([...first.items, ...second.items].map(({ text }) => text)).toEqual([
      ...['orders summed', 'password=*** refused', 'audit trail', 'loading orders'],
    ]);
    expect(second.cursor).toBeUndefined();
    const bad = await refused(root()('searchLogs', { query: { ...query, cursor: 'x' } }));
    expect(bad?.code).toBe('invalid-cursor');
  });
});

describe('one line', () => {
  const flow = { project: 'shop', workflow: 'long', task: 'a' } as const;

  it('W67 shows twenty lines of its run before and after it, more on demand', async () => {
    const lines = Array.from({ length: 60 }, (_, n) => line(`step ${n}`, 200 + Math.floor(n / 3)));
    await append({ ...flow, workflow: 'steps' }, lines.slice(0, 40));
    await append({ ...flow, workflow: 'steps', task: 'b' }, lines.slice(40));
    await append({ ...flow, workflow: 'other' }, [line('not of this run', 210)]);
    const { items } = await root()('searchLogs', {
      query: { ...range, text: '"step 30"', project: 'shop' },
    });
    const id = items[0]?.id ?? '';
    const around = await root()('getLogContext', { query: { line: id } });
    expect(around.items.map(({ text }) => text)).toEqual(
      Array.from({ length: 41 }, (_, n) => `step ${n + 10}`),
    );
    expect([around.moreBefore, around.moreAfter]).toEqual([true, true]);
    const all = await root()('getLogContext', { query: { line: id, before: 40, after: 40 } });
    expect(all.items).toHaveLength(60);
    expect([all.moreBefore, all.moreAfter]).toEqual([false, false]);
  });

  it('W68 has an id that holds, for those who may read it', async () => {
    const { items } = await root()('searchLogs', {
      query: { ...range, text: 'audit', project: 'shop' },
    });
    const id = items[0]?.id ?? '';
    expect(await api.as('ann')('getLogLine', { query: { line: id } })).toMatchObject({
      ...{ id, text: 'audit trail', project: 'shop' },
    });
    expect((await refused(api.as('bob')('getLogLine', { query: { line: id } })))?.code).toBe(
      'forbidden',
    );
    for (const bad of ['x', `${id.slice(0, -6)}000999`, id.replace('shop', 'nowhere')])
      expect((await refused(root()('getLogLine', { query: { line: bad } })))?.code).toBe(
        'log-line-not-found',
      );
  });

  it('of a megabyte is kept whole, in parts', async () => {
    const text = `start ${'0123456789 '.repeat(95_000)}end`;
    await append({ ...flow, workflow: 'wide' }, [line(text, 300), line(text, 300), line('z', 301)]);
    const { items } = await root()('searchLogs', {
      query: { ...range, project: 'shop', workflow: 'wide', text: 'start', order: 'asc' },
    });
    expect(items.map(({ part }) => part)).toEqual([
      { n: 1, of: 16 },
      { n: 1, of: 16 },
    ]);
    for (const { id } of items) {
      const whole = await root()('getLogLine', { query: { line: id } });
      expect(whole.parts.map((part) => part.text).join('')).toBe(text);
    }
  });
});

describe('the trace of a run', () => {
  it('W60 has all and only its lines, oldest first, with what they come to', async () => {
    const { runId } = anInstance({ project: 'shop', workflow: 'traced' });
    for (const task of ['b', 'a', 'c']) {
      const fields = { project: 'shop', workflow: 'traced', task, kind: 'http' } as const;
      await stores.instances.create(anInstance({ ...fields, startedAt: start, status: 'RUNNING' }));
      await append(fields, [line(`1 ${task}`, task === 'a' ? 1 : 2), line(`2 ${task}`, 700)]);
    }
    await stores.instances.createRequest({
      ...{ id: runId, kind: 'start', status: 'REQUESTED', runId, env: 'prod', project: 'shop' },
      ...{ workflow: 'traced', bizDate: '2026-11-19', at: start, actor: 'ann', parameters: {} },
      ...{ scope: 's', cutoffAt: start },
    } as never);
    const call = api.as('ann');
    const first = await call('getRunTrace', { params: { run: runId }, query: { limit: 4 } });
    expect(first.summary).toMatchObject({
      ...{ total: 6, firstAt: plusSeconds(start, 1), lastAt: plusSeconds(start, 700) },
      ...{ counts: { INFO: 6, ERROR: 0 }, complete: true },
    });
    expect(first.summary?.components.map(({ task }) => task).toSorted()).toEqual(['a', 'b', 'c']);
    const second = await call('getRunTrace', {
      ...{ params: { run: runId }, query: { limit: 4, cursor: first.cursor } },
    });
    expect(second.summary).toBeUndefined();
    expect([...first.items, ...second.items].map(({ text }) => text)).toEqual([
      ...['1 a', '1 b', '1 c', '2 a', '2 b', '2 c'],
    ]);
    const unknown = anInstance({ project: 'shop', workflow: 'never' }).runId;
    expect((await refused(call('getRunTrace', { params: { run: unknown } })))?.code).toBe(
      'run-not-found',
    );
    expect((await refused(api.as('eve')('getRunTrace', { params: { run: runId } })))?.code).toBe(
      'forbidden',
    );
  });
});

describe('what expires', () => {
  it('N90 is gone from everywhere, though the table still holds it', async () => {
    const fields = { project: 'shop', workflow: 'expiring', task: 'a' } as const;
    await stores.instances.create(anInstance(fields));
    await append(fields, [line('old line', 0)]);
    const { items } = await root()('searchLogs', { query: { ...range, text: '"old line"' } });
    const [found] = items;
    const before = now;
    now = plusSeconds(start, 30 * 86_400 + 1);
    try {
      const query = { from: plusSeconds(now, -30 * 86_400), to: now };
      const later = await root()('searchLogs', { query });
      expect(later.items.filter(({ text }) => text === 'old line')).toEqual([]);
      expect(
        (await refused(root()('getLogLine', { query: { line: found?.id ?? '' } })))?.code,
      ).toBe('log-line-not-found');
      const own = await root()('getInstanceLog', { params: { instance: anInstance(fields).id } });
      expect(own.items).toEqual([]);
    } finally {
      now = before;
    }
  });
});

describe('saved searches', () => {
  it('are private, or shared with those who may read the logs of a project', async () => {
    const save = (user: string, title: string, project?: string) =>
      api.as(user)('saveSearch', {
        body: { title, filter: { level: 'ERROR' }, ...(project ? { project } : {}) },
      });
    const titles = async (user: string, groups: string[] = []) =>
      (await api.as(user, groups)('listSavedSearches', {})).items.map(({ title }) => title);
    const mine = await save('ann', 'mine');
    const shared = await save('ann', 'shared', 'shop');
    expect(await titles('ann')).toEqual(['mine', 'shared']);
    expect(await titles('bob')).toEqual([]);
    expect(await titles('zoe', ['operator'])).toEqual(['shared']);
    expect((await refused(save('eve', 'no', 'shop')))?.code).toBe('forbidden');

    const drop = (user: string, search: string, project?: string, groups: string[] = []) =>
      api.as(user, groups)('deleteSavedSearch', { params: { search }, query: { project } });
    expect((await refused(drop('bob', mine.id)))?.code).toBe('search-not-found');
    expect((await refused(drop('zoe', shared.id, 'shop', ['operator'])))?.code).toBe('forbidden');
    await drop('root', shared.id, 'shop', ['admin']);
    await drop('ann', mine.id);
    expect(await titles('ann')).toEqual([]);
  });
});

describe('an export', () => {
  it('W70 mask secrets by the name of their field and by the look of the text: list, line, search and export', async () => {
    await append({ project: 'shop', workflow: 'safe', task: 'a' }, [
      line('login with password=hunter2-x', 1_300, {
        fields: { apiKey: 'hunter2-y', rows: 7, note: 'token: hunter2-z' },
      }),
    ]);
    const scope = { ...range, project: 'shop', workflow: 'safe' } as const;
    const call = root();
    const { items } = await call('searchLogs', { query: scope });
    expect(items).toHaveLength(1);
    const one = await call('getLogLine', { query: { line: items[0]?.id ?? '' } });
    const written: string[] = [];
    const { id } = await call('exportLogs', { body: { ...scope, format: 'csv' } });
    await exportLogs({
      ...{ instances: stores.instances, logs: stores.logs, clock, region: 'local' },
      files: { put: async (_, content) => void written.push(content.toString()) },
    })(
      { operationId: id, by: 'root', phase: 'export' },
      { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 },
    );
    for (const shown of [items, one, written]) {
      expect(JSON.stringify(shown)).not.toContain('hunter2');
      expect(JSON.stringify(shown)).toContain('***');
    }
    expect((await call('searchLogs', { query: { ...scope, text: 'hunter2' } })).items).toEqual([]);
  });

  it('W69 writes what the search finds into files, goes on where it died, and gives links to its owner', async () => {
    const lines = Array.from({ length: 130 }, (_, n) => line(`row ${n}, "quoted"`, 1_000 + n));
    await append({ project: 'shop', workflow: 'big', task: 'a' }, lines);
    const body = { ...range, project: 'shop', workflow: 'big', format: 'csv' } as const;
    const call = api.as('ann');
    const asked = await call('exportLogs', { body });
    expect(asked).toMatchObject({ status: 'REQUESTED', rows: 0, by: 'ann' });
    expect((await refused(api.as('eve')('exportLogs', { body })))?.code).toBe('forbidden');

    const written = new Map<string, string>();
    const host = { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
    let deaths = 0;
    const stage = exportLogs({
      ...{ instances: stores.instances, logs: stores.logs, clock, region: 'local' },
      rowsPerFile: 50,
      files: {
        async put(key, content) {
          written.set(key, content.toString());
          if (deaths++ === 1) throw new Error('killed after it wrote');
        },
      },
    });
    const work = { operationId: asked.id, by: 'ann', phase: 'export' } as const;
    for (let more = true; more; )
      more = await stage(work, host).then(
        (answer) => answer.more,
        () => true,
      );

    const done = await call('getLogExport', { params: { export: asked.id } });
    expect(done).toMatchObject({ status: 'DONE', rows: 130 });
    expect(done.files.map(({ rows }) => rows)).toEqual([50, 50, 30]);
    const rows = done.files.flatMap(({ url }) => {
      const text = written.get(url.replace('https://files.example/', '')) ?? '';
      return text.split('\r\n').slice(1, -1);
    });
    expect(rows).toHaveLength(130);
    expect(new Set(rows).size).toBe(130);
    expect(rows[0]).toContain('"row 129, ""quoted"""');
    expect((await call('listLogExports', {})).items.map(({ id }) => id)).toEqual([asked.id]);
    expect(
      (await refused(api.as('bob')('getLogExport', { params: { export: asked.id } })))?.code,
    ).toBe('export-not-found');
  });
});
