import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';

let tables: OpenTables;
let api: ReturnType<typeof startApi>;
beforeAll(async () => {
  tables = await openTables();
  api = startApi(lineStores(tables.client, tables.tables), () => '2026-11-20T10:00:00.000Z');
});
afterAll(() => tables.close());

const root = () => api.as('root', ['admin']);
const url = 'https://hooks.slack.com/services/T000/B000/verysecrettoken';
const room = { name: 'ops', title: 'Operators', kind: 'slack', url } as const;

describe('rooms', () => {
  it('never show their address or secret again, neither in lists nor in the operation log', async () => {
    const secret = 'SEC-do-not-show';
    const made = await root()('createRoom', { body: { ...room, secret } });
    expect(made).toMatchObject({
      ...{ name: 'ops', address: 'https://hooks.slack.com/…oken', signed: true, rev: 1 },
    });
    const { items } = await api.as('eve')('listRooms', {});
    const { items: entries } = await root()('searchAudit', { query: { actor: 'root' } });
    expect(entries).toMatchObject([{ action: 'create', object: 'room:ops' }]);
    expect(JSON.stringify([made, items, entries])).not.toMatch(/verysecret|do-not-show|services/);
  });

  it('keep address and secret when an edit leaves them out; null removes the secret', async () => {
    const { catalog } = lineStores(tables.client, tables.tables);
    const edit = { params: { name: 'ops' }, body: { title: 'Night shift' } };
    await root()('updateRoom', { ...edit, ifMatch: 1 });
    expect(await catalog.findRoom('ops')).toMatchObject({
      ...{ title: 'Night shift', url, secret: 'SEC-do-not-show' },
    });
    const bare = { ...edit, body: { title: 'Night shift', secret: null } };
    expect(await root()('updateRoom', { ...bare, ifMatch: 2 })).toMatchObject({ signed: false });
    await expect(root()('updateRoom', { ...bare, ifMatch: 2 })).rejects.toMatchObject({
      code: 'stale-rev',
    });
    expect((await catalog.findRoom('ops'))?.secret).toBeUndefined();
  });

  it.each([
    ['http://hooks.slack.com/x', {}, 'body.url', /must begin with https/],
    ['https://evil.example.com/x', {}, 'body.url', /is no host of slack/],
    ['https://user:pw@hooks.slack.com/x', {}, 'body.url', /must not hold a user/],
    ['https://example.com/hook', { kind: 'webhook' }, 'body.secret', /without a signature/],
  ])('name what is wrong with %s', async (address, more, path, message) => {
    const body = { ...room, name: 'wrong', url: address, ...more } as const;
    await expect(root()('createRoom', { body: body as never })).rejects.toMatchObject({
      problem: { errors: [{ path, message: expect.stringMatching(message) }] },
    });
  });

  it('that are tried say what came of it, and nobody else may try them', async () => {
    const local = {
      name: 'local',
      title: 'x',
      kind: 'webhook',
      url: 'http://127.0.0.1:1/x',
    } as const;
    await root()('createRoom', { body: { ...local, allowPrivate: true } });
    expect(await root()('testRoom', { params: { name: 'local' } })).toMatchObject({
      ...{ sent: false, problem: expect.stringContaining('out of reach') },
    });
    await expect(root()('testRoom', { params: { name: 'none' } })).rejects.toMatchObject({
      code: 'room-not-found',
    });
    await expect(api.as('eve')('testRoom', { params: { name: 'local' } })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('cannot be removed while a rule names them', async () => {
    await root()('createProject', { body: { name: 'shop' } });
    const rule = {
      ...{ name: 'nightly', items: ['failed'], sphere: { kind: 'project' }, methods: ['slack'] },
      receivers: [{ kind: 'room', name: 'ops' }],
    };
    await root()('createNotificationRule', {
      params: { project: 'shop' },
      body: rule as never,
    });
    const { catalog } = lineStores(tables.client, tables.tables);
    const rev = (await catalog.findRoom('ops'))?.rev ?? 0;
    const remove = () => root()('deleteRoom', { params: { name: 'ops' }, ifMatch: rev });
    await expect(remove()).rejects.toMatchObject({ code: 'in-use' });
    await expect(root()('deleteRoom', { params: { name: 'local' }, ifMatch: 1 })).resolves.toEqual({
      deleted: true,
    });
  });
});
