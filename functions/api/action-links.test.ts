import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstanceRef, instanceIdOf } from '../../shared/domain/instance/instance-id.ts';
import { exampleFacts } from '../../shared/domain/message/example-facts.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';
import { loadComposer } from '../channels/load-composer.ts';

let now = '2026-11-20T10:00:00.000Z';
let tables: OpenTables;
let api: ReturnType<typeof startApi>;
const ref: InstanceRef = {
  env: 'prod',
  project: 'shop',
  workflow: 'daily',
  family: 'recurring',
  scope: '',
  bizDate: '2026-11-19',
  cycle: 1,
  task: 'load',
  index: 1,
};
const instance = instanceIdOf(ref);
beforeAll(async () => {
  tables = await openTables();
  const stores = lineStores(tables.client, tables.tables);
  api = startApi(stores, () => now);
  await api.as('root', ['admin'])('createProject', {
    body: {
      name: 'shop',
      members: [
        { user: 'ann', role: 'operator' },
        { user: 'vic', role: 'viewer' },
      ],
    },
  });
  await stores.instances.create(anInstance({ ...ref, kind: 'sql' }));
});
afterAll(() => tables.close());

/** The links of a mail about a failed task, as somebody who reads it clicks on them. */
const linksOf = async (notice: string, id = instance) => {
  const stores = lineStores(tables.client, tables.tables);
  const compose = await loadComposer(stores, { consoleUrl: 'https://console.example.com', now });
  const facts = exampleFacts({ kind: 'task-failed', reason: 'occurrence', at: now });
  const { html = '' } = compose(
    { ...facts, notice, project: 'shop', items: [{ ...facts.items[0], instance: id }] },
    { channel: 'mail', language: 'en' },
  );
  return [...html.matchAll(/\/act\?link=([^"&]+)/g)].map(([, link]) =>
    decodeURIComponent(link ?? ''),
  );
};
const open = (token: string, user = 'ann') => api.as(user)('openActionLink', { body: { token } });
let keys = 0;
const nextKey = () => {
  keys += 1;
  return `k${keys}`;
};
const spend = (token: string, user = 'ann', idempotencyKey = nextKey()) =>
  api.as(user)('spendActionLink', { body: { token }, idempotencyKey });

describe('a link of a mail', () => {
  it('says what it is about as often as it is opened, and nothing changes', async () => {
    const [rerun = '', downstream = ''] = await linksOf('n1');
    const before = await lineStores(tables.client, tables.tables).instances.find(instance);
    for (let n = 0; n < 3; n += 1)
      expect(await open(rerun)).toMatchObject({
        ...{ action: 'rerun', object: { kind: 'instance', id: instance }, project: 'shop' },
        ...{ needs: 'operator', allowed: true, expiresAt: '2026-11-21T10:00:00.000Z' },
      });
    expect(await open(downstream)).toMatchObject({ action: 'rerun-downstream' });
    expect(await lineStores(tables.client, tables.tables).instances.find(instance)).toEqual(before);
  });

  it('works once; whoever is second hears who was first and when', async () => {
    const [token = ''] = await linksOf('n2');
    expect(await spend(token)).toMatchObject({ action: 'rerun' });
    const refusal = {
      ...{ code: 'link-used', status: 409 },
      problem: { detail: expect.stringMatching(/^ann used this link at 2026-11-20T10:00/) },
    };
    await expect(spend(token, 'root')).rejects.toMatchObject(refusal);
    await expect(open(token)).rejects.toMatchObject(refusal);
    const [again = ''] = await linksOf('n2');
    await expect(open(again)).rejects.toMatchObject(refusal);
    const { items } = await api.as('root', ['admin'])('searchAudit', { query: { actor: 'ann' } });
    expect(items).toMatchObject([
      { action: 'use-link', object: `instance:${instance}`, project: 'shop' },
    ]);
  });

  it('is one link for two who use it at the same moment', async () => {
    const [token = ''] = await linksOf('n3');
    const ends = await Promise.allSettled(Array.from({ length: 6 }, () => spend(token)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is spent once by a call that is repeated because its answer was lost', async () => {
    const [token = ''] = await linksOf('n4');
    const { ledger } = lineStores(tables.client, tables.tables);
    const spent = { id: (await open(token)).id, by: 'ann', at: now, call: 'same' };
    expect(await ledger.spendLink(spent)).toBeUndefined();
    expect(await spend(token, 'ann', 'same')).toMatchObject({ action: 'rerun' });
    await expect(spend(token, 'ann', 'other')).rejects.toMatchObject({ code: 'link-used' });
  });

  it('gives no right: who has none sees the plan and cannot use it up', async () => {
    const [token = ''] = await linksOf('n5');
    expect(await open(token, 'vic')).toMatchObject({ allowed: false, needs: 'operator' });
    await expect(spend(token, 'vic')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await spend(token)).toMatchObject({ allowed: true });
    const reply = await api.send({ method: 'GET', path: `/api/action-links/open?token=${token}` });
    expect(reply.status).toBe(405);
  });

  it('that was altered, is too old, or is about nothing any more says so', async () => {
    const [token = ''] = await linksOf('n6');
    const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    await expect(open(altered)).rejects.toMatchObject({ code: 'link-forged', status: 400 });
    const [gone = ''] = await linksOf('n7', instanceIdOf({ ...ref, task: 'gone' }));
    await expect(open(gone)).rejects.toMatchObject({ code: 'link-gone', status: 404 });
    now = '2026-11-21T10:00:00.000Z';
    await expect(open(token)).rejects.toMatchObject({ code: 'link-expired', status: 410 });
    await expect(spend(token)).rejects.toMatchObject({ code: 'link-expired' });
    now = '2026-11-20T10:00:00.000Z';
  });

  it('stays good when the key is made anew', async () => {
    const [token = ''] = await linksOf('n8');
    const { key: fresh } = await api.as('root', ['admin'])('rotateActionLinkKey', {
      idempotencyKey: 'rotate',
    });
    const [newer = ''] = await linksOf('n9');
    expect(newer.startsWith(`${fresh}.`)).toBe(true);
    expect([await open(token), await open(newer)]).toMatchObject([
      { action: 'rerun' },
      { action: 'rerun' },
    ]);
  });
});
