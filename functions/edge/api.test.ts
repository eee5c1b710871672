import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';

let tables: OpenTables;
let api: ReturnType<typeof startApi>;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  tables = await openTables();
  api = startApi(lineStores(tables.client, tables.tables), () => '2026-11-20T10:00:00.000Z');
  const call = api.as('root', ['admin']);
  await call('createProject', {
    body: { name: 'shop', members: [{ user: 'ann', role: 'developer' }] },
  });
  await call('createProject', { body: { name: 'bank' } });
});
afterAll(() => tables.close());

const admin = { username: 'root', 'cognito:groups': '[admin]' };
const get = (path: string, claims: Record<string, string> | undefined = admin) =>
  api.send({ method: 'GET', path, claims });
const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  api.send({ method: 'PUT', path, claims: admin, headers, body: JSON.stringify(body) });
const problem = (reply: { body: string }) => JSON.parse(reply.body);

describe('the API host', () => {
  it('answers an unknown path with a problem document that names the request', async () => {
    const reply = await get('/api/nothing');
    expect(reply.status).toBe(404);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(problem(reply)).toMatchObject({ code: 'route-not-found', status: 404 });
    expect(problem(reply).requestId).toBe(reply.headers['request-id']);
  });

  it('answers a wrong method with those that the path has', async () => {
    const reply = await api.send({ method: 'DELETE', path: '/api/projects', claims: admin });
    expect(reply.status).toBe(405);
    expect(reply.headers.allow?.split(', ').toSorted()).toEqual(['GET', 'POST']);
    expect(problem(reply).code).toBe('method-not-allowed');
  });

  it('keeps answers out of caches and browsers on the safe side', async () => {
    const { headers } = await get('/api/me');
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(headers).toHaveProperty('X-Content-Type-Options', 'nosniff');
  });

  it('asks for a token, except for its own description', async () => {
    const bare = await api.send({ method: 'GET', path: '/api/me' });
    expect([bare.status, problem(bare).code]).toEqual([401, 'unauthenticated']);
    const open = await api.send({ method: 'GET', path: '/openapi.json' });
    expect([open.status, problem(open).openapi]).toEqual([200, '3.1.1']);
  });

  it('names the place where JSON breaks', async () => {
    const reply = await api.send({
      ...{ method: 'POST', path: '/api/projects', claims: admin },
      body: '{"name": ',
    });
    expect(reply.status).toBe(400);
    expect(problem(reply)).toMatchObject({ code: 'bad-json' });
    expect(problem(reply).detail).toMatch(/JSON/);
  });

  it('names every wrong field with its path', async () => {
    const reply = await api.send({
      ...{ method: 'POST', path: '/api/projects?', claims: admin },
      body: JSON.stringify({ name: '~', zone: 'Europe/Nowhere', allowHosts: ['ok', 'not ok'] }),
    });
    expect(problem(reply).errors.map((each: { path: string }) => each.path)).toEqual([
      'body.name',
      'body.zone',
      'body.allowHosts[1]',
    ]);
    const list = await get('/api/instances?project=shop&bizDate=tomorrow&limit=1000');
    expect(problem(list).errors.map((each: { path: string }) => each.path)).toEqual([
      'query.bizDate',
      'query.limit',
    ]);
  });

  it('refuses a cursor that no list gave out', async () => {
    const reply = await get('/api/instances?project=shop&bizDate=2026-11-19&cursor=abc');
    expect([reply.status, problem(reply).code]).toEqual([400, 'invalid-cursor']);
  });

  it('reads groups as API Gateway writes them, and roles in scopes of machines', async () => {
    const me = async (claims: Record<string, string>) => problem(await get('/api/me', claims));
    expect(await me({ username: 'u', 'cognito:groups': '[viewer operator]' })).toMatchObject({
      role: 'operator',
    });
    expect(await me({ client_id: 'm', scope: 'nightshift/developer' })).toMatchObject({
      user: 'm',
      role: 'developer',
    });
    expect(await me({ username: 'ann' })).toEqual({
      user: 'ann',
      role: null,
      grants: [{ project: 'shop', role: 'developer' }],
    });
  });

  it('lets a grant count in its project only', async () => {
    const call = api.as('ann');
    expect(await call('getProject', { params: { project: 'shop' } })).toMatchObject({
      name: 'shop',
    });
    await expect(call('getProject', { params: { project: 'bank' } })).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
    });
    expect((await call('listProjects', {})).items.map(({ name }) => name)).toEqual(['shop']);
    await expect(call('createProject', { body: { name: 'mine' } })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(call('listWorkflows', { query: { project: 'bank' } })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('wants the revision of an edit, and the current one', async () => {
    const missing = await put('/api/settings', { retryCount: 2 });
    expect([missing.status, problem(missing).code]).toEqual([428, 'if-match-missing']);
    expect((await put('/api/settings', { retryCount: 2 }, { 'if-match': '"0"' })).status).toBe(200);
    const stale = await put('/api/settings', { retryCount: 3 }, { 'if-match': '"0"' });
    expect([stale.status, problem(stale).code, problem(stale).rev]).toEqual([412, 'stale-rev', 1]);
    const odd = await put('/api/settings', {}, { 'if-match': 'latest' });
    expect(problem(odd).errors[0].path).toBe('headers.if-match');
    expect((await put('/api/settings', { retryCount: 3 }, { 'If-Match': 'W/"1"' })).status).toBe(
      200,
    );
  });

  it('gives the first answer again to the same key and request, and only to that', async () => {
    const create = (name: string, key: string) =>
      api.send({
        ...{ method: 'POST', path: '/api/resource-groups', claims: admin },
        headers: { 'Idempotency-Key': key },
        body: JSON.stringify({ name, slots: 2 }),
      });
    const first = await create('etl', 'k1');
    const again = await create('etl', 'k1');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toBe(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');

    const other = await create('ml', 'k1');
    expect([other.status, problem(other).code]).toEqual([409, 'idempotency-key-reused']);
    const taken = await create('etl', 'k2');
    expect([taken.status, problem(taken).code]).toEqual([409, 'already-exists']);
    expect((await create('etl', 'k2')).status).toBe(409);
  });

  it('frees the key of a refused call', async () => {
    const update = (rev: string) =>
      put('/api/resource-groups/etl', { slots: 3 }, { 'if-match': rev, 'idempotency-key': 'k3' });
    expect((await update('"9"')).status).toBe(412);
    expect((await update('"1"')).status).toBe(200);
  });

  it('asks for a key where a repetition would act twice', async () => {
    const reply = await api.send({
      ...{ method: 'POST', path: '/api/projects/shop/workflows/w/start', claims: admin },
      body: '{}',
    });
    expect([reply.status, problem(reply).code]).toEqual([400, 'idempotency-key-missing']);
  });
});
