import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';

let tables: OpenTables;
let api: ReturnType<typeof startApi>;
beforeAll(async () => {
  tables = await openTables();
  api = startApi(lineStores(tables.client, tables.tables), () => '2026-11-20T10:00:00.000Z');
  await admin()('createProject', { body: { name: 'shop', zone: 'Europe/Berlin' } });
});
afterAll(() => tables.close());

const admin = () => api.as('root', ['admin']);
const shop = { params: { project: 'shop' } };

describe('projects', () => {
  it('are created once, and changed by who has read them', async () => {
    const call = admin();
    await expect(call('createProject', { body: { name: 'shop' } })).rejects.toMatchObject({
      code: 'already-exists',
    });
    await expect(call('createProject', { body: { name: 'system' } })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    const { rev } = await call('getProject', shop);
    const changed = await call('updateProject', {
      ...shop,
      body: { allowHosts: ['127.0.0.1:9000'] },
      ifMatch: rev,
    });
    expect(changed).toMatchObject({
      zone: 'Europe/Berlin',
      allowHosts: ['127.0.0.1:9000'],
      rev: rev + 1,
    });
    await expect(call('updateProject', { ...shop, body: {}, ifMatch: rev })).rejects.toMatchObject({
      code: 'stale-rev',
      problem: { rev: rev + 1 },
    });
    await expect(
      call('updateProject', { ...shop, body: { zone: 'Mars' } as never, ifMatch: rev + 1 }),
    ).rejects.toMatchObject({ problem: { errors: [{ path: 'body.zone' }] } });
    await expect(
      call('updateProject', { params: { project: 'nope' }, body: {}, ifMatch: 1 }),
    ).rejects.toMatchObject({
      code: 'project-not-found',
    });
    const audit = await call('listAudit', { ...shop, query: { object: 'project:shop' } });
    expect(audit.items.map(({ action }) => action).toSorted()).toEqual(['create', 'update']);
    expect(audit.items.find(({ action }) => action === 'update')?.detail).toMatchObject({
      before: { allowHosts: [] },
      after: { allowHosts: ['127.0.0.1:9000'] },
      source: 'cli',
    });
  });

  it('inherit the runtime settings of the installation', async () => {
    const call = admin();
    expect(await call('getSettings', {})).toMatchObject({
      overrides: {},
      effective: { retryCount: 1 },
      rev: 0,
    });
    await call('putSettings', { body: { retryCount: 3 }, ifMatch: 0 });
    const { rev } = await call('getProject', shop);
    await call('putProjectSettings', {
      ...shop,
      body: { retryIntervalSeconds: 60 },
      ifMatch: rev,
    });
    expect(await call('getProjectSettings', shop)).toMatchObject({
      overrides: { retryIntervalSeconds: 60 },
      effective: { retryCount: 3, retryIntervalSeconds: 60 },
    });
  });
});

describe('documents of the catalog', () => {
  const documents = [
    {
      create: ['createThrottleRule', { name: 'lane', scope: {}, maxConcurrency: 2 }],
      update: ['updateThrottleRule', { scope: {}, maxConcurrency: 5 }, { maxConcurrency: 5 }],
      remove: 'deleteThrottleRule',
      list: 'listThrottleRules',
      missing: 'throttle-rule-not-found',
      params: {},
    },
    {
      create: ['createResourceGroup', { name: 'lane', slots: 2 }],
      update: ['updateResourceGroup', { slots: 5 }, { slots: 5 }],
      remove: 'deleteResourceGroup',
      list: 'listResourceGroups',
      missing: 'resource-group-not-found',
      params: {},
    },
    {
      create: ['createCalendar', { name: 'lane', kind: 'workdays' }],
      update: [
        'updateCalendar',
        { kind: 'workdays', holidays: ['2026-12-25'] },
        { holidays: ['2026-12-25'] },
      ],
      remove: 'deleteCalendar',
      list: 'listCalendars',
      missing: 'calendar-not-found',
      params: {},
    },
    {
      create: ['createDataset', { name: 'lane', location: 's3://data/x.csv', format: 'csv' }],
      update: [
        'updateDataset',
        { location: 's3://data/y.csv', format: 'csv' },
        { location: 's3://data/y.csv' },
      ],
      remove: 'deleteDataset',
      list: 'listDatasets',
      missing: 'dataset-not-found',
      params: { project: 'shop' },
    },
  ] as const;

  it.each(documents)('$list: created once, edited by revision, removed', async (document) => {
    const call = admin() as unknown as (
      name: string,
      input: object,
    ) => Promise<Record<string, unknown>>;
    const { create, update, remove, list, missing, params } = document;
    const named = { ...params, name: 'lane' };
    const edit = (ifMatch: number) => call(update[0], { params: named, body: update[1], ifMatch });

    await expect(edit(1)).rejects.toMatchObject({ status: 404, code: missing });
    expect(await call(create[0], { params, body: create[1] })).toMatchObject({
      name: 'lane',
      rev: 1,
    });
    await expect(call(create[0], { params, body: create[1] })).rejects.toMatchObject({
      code: 'already-exists',
    });
    await expect(edit(7)).rejects.toMatchObject({ code: 'stale-rev', problem: { rev: 1 } });
    expect(await edit(1)).toMatchObject({ ...update[2], rev: 2 });
    expect((await call(list, { params })).items).toMatchObject([{ name: 'lane', rev: 2 }]);
    await expect(call(remove, { params: named, ifMatch: 1 })).rejects.toMatchObject({
      code: 'stale-rev',
    });
    expect(await call(remove, { params: named, ifMatch: 2 })).toEqual({ deleted: true });
    expect((await call(list, { params })).items).toEqual([]);
  });

  it('are edited by administrators, datasets by developers', async () => {
    const call = api.as('dora', ['developer']);
    await expect(call('createResourceGroup', { body: { name: 'x' } })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await call('createDataset', {
      ...shop,
      body: { name: 'x', location: 's3://data/x.csv', format: 'csv' },
    });
    expect(await call('getDataset', { params: { project: 'shop', name: 'x' } })).toMatchObject({
      format: 'csv',
    });
  });
});

describe('the installation', () => {
  it('says how it is', async () => {
    const health = await admin()('getHealth', {});
    expect(health.status).toBe('ok');
    expect(health.checks.map(({ name }) => name)).toEqual([
      'store',
      'dispatch',
      'generation',
      'schedule-ledger',
    ]);
  });

  it('logs the operations of a project by day', async () => {
    const { items } = await admin()('listAudit', { ...shop, query: { day: '2026-11-20' } });
    expect(items.length).toBeGreaterThan(0);
    expect((await admin()('listAudit', { ...shop, query: { day: '2026-11-19' } })).items).toEqual(
      [],
    );
  });
});
