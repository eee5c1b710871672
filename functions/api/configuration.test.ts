import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxThrottleRules } from '../../shared/domain/pool/pool.schema.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';

let tables: OpenTables;
let api: ReturnType<typeof startApi>;
beforeAll(async () => {
  tables = await openTables();
  api = startApi(lineStores(tables.client, tables.tables), () => '2026-11-20T10:00:00.000Z');
  await root()('createProject', {
    body: { name: 'shop', members: [{ user: 'ann', role: 'admin' }] },
  });
  await root()('createProject', { body: { name: 'bank' } });
});
afterAll(() => tables.close());

const root = () => api.as('root', ['admin']);
const shop = { params: { project: 'shop' } };
const revOf = async () => (await root()('getProject', shop)).rev;
const publish = (task: object) =>
  root()('publishWorkflow', {
    params: { project: 'shop', workflow: 'daily' },
    body: {
      definition: { workflow: 'daily', tasks: [{ name: 't', kind: 'noop', ...task }] },
      online: true,
    },
  });

describe('limits', () => {
  it('N83 the 51st throttling rule is refused, and the answer says what to do', async () => {
    const rule = (name: string) =>
      root()('createThrottleRule', { body: { name, scope: {}, maxConcurrency: 1 } });
    for (let n = 1; n <= maxThrottleRules; n += 1) await rule(`r${n}`);
    await expect(rule('r51')).rejects.toMatchObject({
      ...{ code: 'too-many-rules', status: 409 },
      problem: { detail: expect.stringMatching(/there are 50 .* delete one first/) },
    });
    await root()('deleteThrottleRule', { params: { name: 'r1' }, ifMatch: 1 });
    expect(await rule('r51')).toMatchObject({ name: 'r51' });
    const { items } = await root()('listPools', {});
    expect(items).toHaveLength(maxThrottleRules);
    expect(items[0]).toMatchObject({ used: 0, waiting: { count: 0, more: false } });
  });

  it('a rule names what is wrong with its windows', async () => {
    const window = { days: ['MON'], from: '22:00', to: '06:00', maxConcurrency: 0 };
    const body = {
      ...{ name: 'w', scope: {}, maxConcurrency: 1 },
      windows: Array.from({ length: 11 }, () => window),
    };
    await expect(root()('createThrottleRule', { body: body as never })).rejects.toMatchObject({
      problem: {
        errors: [{ path: 'body.windows', message: 'windows may hold 10 windows at most' }],
      },
    });
    const wrong = { ...body, windows: [{ ...window, from: '24:00', maxConcurrency: 1001 }] };
    await expect(root()('createThrottleRule', { body: wrong as never })).rejects.toMatchObject({
      problem: {
        errors: [{ path: 'body.windows[0].from' }, { path: 'body.windows[0].maxConcurrency' }],
      },
    });
  });

  it('a resource group is not deleted while a task names it, by its definition or by an operator', async () => {
    const group = { params: { name: 'etl' }, ifMatch: 1 };
    await root()('createResourceGroup', { body: { name: 'etl', slots: 2 } });
    await publish({ resourceGroup: 'etl' });
    await expect(root()('deleteResourceGroup', group)).rejects.toMatchObject({
      ...{ code: 'in-use', status: 409 },
      problem: { dependants: ['shop/daily/t'] },
    });
    await publish({});
    const { catalog } = lineStores(tables.client, tables.tables);
    const state = { env: 'prod', project: 'shop', workflow: 'daily', task: 't' } as const;
    await catalog.saveTaskState({ ...state, resourceGroup: 'etl' }, undefined);
    await expect(root()('deleteResourceGroup', group)).rejects.toMatchObject({ code: 'in-use' });
    await catalog.saveTaskState(state, 1);
    expect(await root()('deleteResourceGroup', group)).toEqual({ deleted: true });
  });
});

describe('a calendar', () => {
  it('says who names it, hides what the caller may not see, and stays while somebody does', async () => {
    const named = { params: { name: 'office' } };
    await root()('createCalendar', { body: { name: 'office', kind: 'workdays' } });
    await publish({ calendar: 'office' });
    const use = [{ project: 'shop', workflow: 'daily', tasks: ['t'] }];
    expect(await root()('getCalendarUse', named)).toEqual({ items: use, hidden: 0 });
    expect(await api.as('ann')('getCalendarUse', named)).toEqual({ items: use, hidden: 0 });
    expect(await api.as('eve')('getCalendarUse', named)).toEqual({ items: [], hidden: 1 });
    await expect(root()('deleteCalendar', { ...named, ifMatch: 1 })).rejects.toMatchObject({
      ...{ code: 'in-use' },
      problem: { detail: expect.stringMatching(/^shop\/daily\/t name calendar office; publish/) },
    });
    await publish({});
    expect(await root()('deleteCalendar', { ...named, ifMatch: 1 })).toEqual({ deleted: true });
    await expect(root()('getCalendarUse', named)).rejects.toMatchObject({
      code: 'calendar-not-found',
    });
  });
});

describe('contacts', () => {
  const team = { name: 'data_team', title: 'Data team', email: 'data@example.com' };

  it('are kept by administrators, and found by everybody', async () => {
    expect(await root()('createContact', { body: team })).toMatchObject({ ...team, rev: 1 });
    await expect(root()('createContact', { body: team })).rejects.toMatchObject({
      code: 'already-exists',
    });
    await expect(api.as('ann')('createContact', { body: team })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const find = async (text: string) =>
      (await api.as('eve')('listContacts', { query: { text } })).items.map(({ name }) => name);
    expect([await find('DATA@'), await find('nobody')]).toEqual([['data_team'], []]);

    const edit = { params: { name: 'data_team' }, ifMatch: 1 };
    const changed = { title: 'Data team', phone: '+4930123456' };
    expect(await root()('updateContact', { ...edit, body: changed })).toEqual({
      ...{ ...changed, name: 'data_team', rev: 2 },
    });
    await expect(root()('updateContact', { ...edit, body: changed })).rejects.toMatchObject({
      ...{ code: 'stale-rev', problem: { rev: 2 } },
    });
    expect(await root()('deleteContact', { ...edit, ifMatch: 2 })).toEqual({ deleted: true });
    await expect(root()('deleteContact', edit)).rejects.toMatchObject({
      code: 'contact-not-found',
    });
  });

  it('say what is wrong with them', async () => {
    const create = (fields: object) => root()('createContact', { body: { ...team, ...fields } });
    await expect(create({ email: 'nowhere' })).rejects.toMatchObject({
      problem: { errors: [{ path: 'body.email', message: expect.stringMatching(/address/) }] },
    });
    await expect(create({ email: undefined })).rejects.toMatchObject({
      ...{ code: 'invalid-input' },
      problem: { detail: expect.stringMatching(/nobody could be reached/) },
    });
  });
});

describe('members', () => {
  const member = (user: string) => ({ params: { project: 'shop', user } });

  it('are added, changed and removed by administrators of the project, with a log entry', async () => {
    const ann = api.as('ann');
    const added = await ann('putMember', {
      ...member('bob'),
      body: { role: 'viewer', comment: 'on call' },
      ifMatch: await revOf(),
    });
    expect(added.members).toEqual([
      { user: 'ann', role: 'admin' },
      { user: 'bob', role: 'viewer' },
    ]);
    await expect(
      api.as('bob')('putMember', { ...member('bob'), body: { role: 'admin' }, ifMatch: 1 }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const gone = await ann('removeMember', { ...member('bob'), ifMatch: await revOf() });
    expect(gone.members).toEqual([{ user: 'ann', role: 'admin' }]);
    await expect(
      ann('removeMember', { ...member('bob'), ifMatch: await revOf() }),
    ).rejects.toMatchObject({ code: 'member-not-found' });

    const { items } = await ann('listAudit', { ...shop, query: { object: 'project:shop' } });
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'put-member', actor: 'ann', reason: 'on call' }),
        expect.objectContaining({ action: 'remove-member', actor: 'ann' }),
      ]),
    );
  });

  it('keep their last administrator', async () => {
    const ifMatch = await revOf();
    for (const attempt of [
      () => root()('removeMember', { ...member('ann'), ifMatch }),
      () => root()('putMember', { ...member('ann'), body: { role: 'viewer' }, ifMatch }),
    ])
      await expect(attempt()).rejects.toMatchObject({
        ...{ code: 'last-admin', status: 409 },
        problem: { detail: expect.stringMatching(/make somebody else one first/) },
      });
  });
});

describe('runtime settings', () => {
  it('N84 default to 48 h, 2 h and 1 × 5 min, and say so', async () => {
    const { effective, explained } = await root()('getSettings', {});
    expect(effective).toMatchObject({
      timeoutRecurringSeconds: 48 * 3_600,
      timeoutManualSeconds: 48 * 3_600,
      timeoutOneTimeRunSeconds: 2 * 3_600,
      retryCount: 1,
      retryIntervalSeconds: 300,
    });
    expect(Object.values(explained).map(({ source }) => source)).toEqual(Array(6).fill('default'));
  });

  it.each([
    ['timeoutRecurringSeconds', 35, 'must be at least 36 seconds (0.01 h)'],
    ['timeoutOneTimeRunSeconds', 604_801, 'must be at most 604800 seconds (168 h)'],
    ['retryCount', 11, 'must be at most 10'],
    ['retryIntervalSeconds', 59, 'must be at least 60 seconds'],
    ['retryIntervalSeconds', 3_601, 'must be at most 3600 seconds'],
  ])('N84 refuses %s = %i, naming the field and what it must be', async (field, value, message) => {
    const refused = {
      problem: { errors: [{ path: `body.${field}`, message: `${field} ${message}` }] },
    };
    const body = { [field]: value };
    await expect(root()('putSettings', { body, ifMatch: 0 })).rejects.toMatchObject(refused);
    await expect(root()('putProjectSettings', { ...shop, body, ifMatch: 1 })).rejects.toMatchObject(
      refused,
    );
  });

  it('N85 are inherited from the system, set by a project, and inherited again after a reset', async () => {
    await root()('putSettings', { body: { retryCount: 3 }, ifMatch: 0 });
    const set = await root()('putProjectSettings', {
      ...{ ...shop, ifMatch: await revOf() },
      body: { retryCount: 5 },
    });
    expect(set.explained.retryCount).toEqual({
      ...{ value: 5, source: 'project', inherited: 3, inheritedFrom: 'system' },
    });
    await root()('putProjectSettings', { ...shop, body: {}, ifMatch: set.rev });
    const reset = await root()('getProjectSettings', shop);
    expect(reset.explained.retryCount).toMatchObject({ value: 3, source: 'system' });
    expect(reset.explained.retryIntervalSeconds).toMatchObject({ value: 300, source: 'default' });
  });

  it('are kept by administrators of the installation, not of a project', async () => {
    await expect(
      api.as('ann')('putProjectSettings', { ...shop, body: {}, ifMatch: await revOf() }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await api.as('ann')('getProjectSettings', shop)).toHaveProperty('effective');
  });
});
