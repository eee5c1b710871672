import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type Desk, daily, datesFrom, openDesk } from '../../tests/line/backfill-desk.ts';
import { work } from '../../tests/line/line-tasks.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let desk: Desk;
let api: ReturnType<typeof startApi>;
beforeEach(async () => {
  line = await startLine({ at: '2026-11-20T10:00:30.000Z' });
  desk = openDesk(line);
  api = startApi(line.stores, line.clock);
  const member = (role: 'operator' | 'viewer') => ({ members: [{ user: 'olga', role }] });
  await line.saveProject({ name: 'mine', ...member('operator') });
  await line.saveProject({ name: 'theirs', ...member('viewer') });
  const place = (project: string) => ({ project });
  await line.publish(
    { workflow: 'a', schedule: daily, tasks: [work('t'), work('u', { upstreams: ['t'] })] },
    place('mine'),
  );
  await line.publish(
    {
      workflow: 'b',
      schedule: daily,
      tasks: [work('x', { upstreams: [{ project: 'mine', workflow: 'a', task: 'u' }] })],
    },
    place('theirs'),
  );
  await line.publish(
    {
      workflow: 'c',
      schedule: daily,
      tasks: [work('y', { upstreams: [{ project: 'theirs', workflow: 'b', task: 'x' }] })],
    },
    place('mine'),
  );
});
afterEach(async () => {
  const { failures } = line;
  await line.close();
  expect(failures).toEqual([]);
});

const olga = () => api.as('olga');
const mine = { params: { project: 'mine' } };
const asked = (roots: readonly string[], more: object = {}, selection: object = {}) => ({
  selection: { roots: [...roots], ...selection },
  dates: datesFrom('2026-11-01'),
  ...more,
});

describe('backfills through the API', () => {
  it('N57 runs tasks only where the caller is an operator; elsewhere they are dry-run in between', async () => {
    const body = asked(['mine/a/t'], {}, { levels: 'all' });
    const preview = await olga()('previewBackfill', { ...mine, body });
    expect(preview.forbidden).toEqual(['theirs/b/x']);
    expect(preview.tasks.map(({ task, how }) => [task, how])).toEqual([
      ['mine/a/t', 'run'],
      ['mine/a/u', 'run'],
      ['theirs/b/x', 'dry-run'],
      ['mine/c/y', 'run'],
    ]);
    await expect(
      olga()('createBackfill', { ...mine, body: asked(['mine/a/t', 'theirs/b/x']) }),
    ).rejects.toMatchObject({ code: 'forbidden' });

    const { id } = await olga()('createBackfill', { ...mine, body });
    await line.run(120);
    expect(desk.instancesOf(id).map(({ task, outcome }) => [task, outcome])).toEqual(
      expect.arrayContaining([
        ['t', 'ran'],
        ['u', 'ran'],
        ['x', 'dry-run'],
        ['y', 'ran'],
      ]),
    );
    expect(desk.instancesOf(id)).toHaveLength(4);
  });

  it('refuses what cannot come to anything, and says why', async () => {
    const create = (body: ReturnType<typeof asked>) =>
      desk.call('createBackfill', { ...mine, body });
    await expect(create(asked(['mine/a/nope']))).rejects.toMatchObject({ code: 'task-not-found' });
    await expect(create(asked(['theirs/b/x']))).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(create(asked(['mine/a/t'], { env: 'dev' }))).rejects.toMatchObject({
      code: 'not-dev-prod',
    });
    await expect(create(asked(['mine/a/t'], { dates: { ranges: [] } }))).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(create(asked(['mine/a/t'], { existing: 'failed' }))).rejects.toMatchObject({
      code: 'nothing-selected',
    });
    await expect(
      desk.call('createBackfill', { params: { project: 'none' }, body: asked(['none/a/t']) }),
    ).rejects.toMatchObject({ code: 'project-not-found' });
    await expect(
      desk.call('getBackfill', { params: { project: 'mine', backfill: 'x' } }),
    ).rejects.toMatchObject({ code: 'backfill-not-found' });
  });

  it('lists what the caller may see, filtered, page by page', async () => {
    const create = async (name: string, more: object = {}) =>
      (await desk.call('createBackfill', { ...mine, body: asked(['mine/a/t'], { name, ...more }) }))
        .id;
    await create('one');
    await line.run(60);
    await create('two', { dates: datesFrom('2026-11-02') });
    await line.run(1);
    await olga()('createBackfill', {
      ...mine,
      body: asked(['mine/a/t'], { name: 'three', when: { kind: 'manual' } }),
    });
    const names = async (query: object, call = desk.call) =>
      (await call('listBackfills', { query })).items.map(({ name }) => name);
    expect(await names({})).toEqual(['three', 'two', 'one']);
    expect(await names({ state: 'pending' })).toEqual(['three']);
    expect(await names({ owner: 'olga' }, olga())).toEqual(['three']);
    expect(await names({ bizDate: '2026-11-02' })).toEqual(['two']);
    expect(await names({ status: 'SUCCESS' })).toEqual(['one']);
    expect(await names({ env: 'dev' })).toEqual([]);
    expect(await names({}, api.as('stranger'))).toEqual([]);
    expect(await names({ project: 'theirs' })).toEqual([]);

    const first = await desk.call('listBackfills', { query: { limit: 2 } });
    expect(first.items).toHaveLength(2);
    const rest = await desk.call('listBackfills', { query: { limit: 2, cursor: first.cursor } });
    expect(rest.items.map(({ name }) => name)).toEqual(['one']);
  });

  it('edits a pending one by its revision, and writes down who did what', async () => {
    const when = { kind: 'at', at: '2026-11-25T00:00:00.000Z' } as const;
    const { id, rev } = await desk.call('createBackfill', {
      ...mine,
      body: asked(['mine/a/t'], { when, name: 'later' }),
    });
    const place = { params: { project: 'mine', backfill: id } };
    const body = asked(['mine/a/t'], {
      when: { kind: 'at', at: '2026-11-26T00:00:00.000Z' },
      name: 'even later',
      groups: 3,
    });
    await expect(
      desk.call('updateBackfill', { ...place, body, ifMatch: rev + 1 }),
    ).rejects.toMatchObject({ code: 'stale-rev', problem: { rev } });
    expect(await desk.call('updateBackfill', { ...place, body, ifMatch: rev })).toMatchObject({
      ...{ id, name: 'even later', groups: 3, state: 'pending', rev: rev + 1 },
      nextAt: '2026-11-26T00:00:00.000Z',
    });
    await desk.call('runBackfill', { ...place, body: { comment: 'now' } });
    const again = desk.call('updateBackfill', { ...place, body, ifMatch: rev + 2 });
    await expect(again).rejects.toMatchObject({ code: 'not-pending' });
    const { items } = await line.stores.ledger.listAudit({ object: `backfill:${id}` }, {});
    expect(items.map(({ action }) => action).toSorted()).toEqual(['backfill', 'run', 'update']);
  });

  it('shows a refused one as failed, with the reason', async () => {
    const { id } = await desk.call('createBackfill', {
      ...mine,
      body: asked(['mine/a/t'], { when: { kind: 'at', at: '2026-11-20T10:01:10.000Z' } }),
    });
    const record = await line.stores.catalog.findWorkflow('mine', 'a');
    if (!record) throw new Error('no workflow');
    await line.stores.catalog.saveWorkflow({ ...record, deletedAt: line.clock() }, record.rev);
    await line.run(180);
    expect(
      await desk.call('getBackfill', { params: { project: 'mine', backfill: id } }),
    ).toMatchObject({
      status: 'FAILED',
      creation: { status: 'REFUSED', reason: expect.stringContaining('no such tasks') },
    });
  });
});
