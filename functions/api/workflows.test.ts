import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
beforeEach(async () => {
  line = await startLine();
  api = startApi(line.stores, line.clock);
});
afterEach(async () => {
  const { failures } = line;
  await line.close();
  expect(failures).toEqual([]);
});

const admin = () => api.as('root', ['admin']);
const at = (workflow: string, project = 'p') => ({ params: { project, workflow } });
const post = { kind: 'http', url: 'https://example.com/x', method: 'POST' } as const;
const definition = (workflow: string, fields: object = {}) => ({
  workflow,
  tasks: [
    { name: 'a', ...post },
    { name: 'b', ...post, upstreams: ['a'] },
  ],
  ...fields,
});
const daily = { schedule: { every: 'day', at: '02:00' } };
const publish = (workflow: string, fields: object = {}, online = true) =>
  admin()('publishWorkflow', {
    ...at(workflow),
    body: { definition: definition(workflow, fields), online },
  });
const code = (code: string) => expect.objectContaining({ code });

describe('publishing', () => {
  it('makes versions, the first time with timing on, and none for the same definition', async () => {
    expect(await publish('w', daily)).toEqual({
      project: 'p',
      workflow: 'w',
      version: 1,
      env: 'prod',
    });
    expect(await publish('w', daily)).toMatchObject({ version: 1 });
    const call = admin();
    expect(await call('getWorkflow', at('w'))).toMatchObject({
      state: { publish: 'PUBLISHED', online: 'ONLINE', timing: 'ON', version: 1 },
      tasks: 2,
      nextFireAt: '2026-11-20T02:00:00.000Z',
      hasDraft: false,
    });
    await call('setTiming', { ...at('w'), body: { on: false } });
    expect(await publish('w', { ...daily, owner: 'ann' })).toMatchObject({ version: 2 });
    expect(await call('getWorkflow', at('w'))).toMatchObject({
      state: { timing: 'OFF', version: 2 },
      owner: 'ann',
    });
    expect((await call('listVersions', at('w'))).items).toMatchObject([
      { version: 2, online: ['prod'], by: 'root' },
      { version: 1, online: [] },
    ]);
    expect(await call('diffVersions', { ...at('w'), query: { from: 1, to: 2 } })).toMatchObject({
      workflow: ['owner'],
      added: [],
    });
  });

  it('W17 refuses a cycle and names its tasks', async () => {
    const tasks = [
      { name: 'a', ...post, upstreams: ['c'] },
      { name: 'b', ...post, upstreams: ['a'] },
      { name: 'c', ...post, upstreams: ['b'] },
    ];
    const refused = publish('w', { tasks });
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'definition-invalid' });
    const { problem } = await refused.catch((error) => error);
    expect(problem.errors[0].message).toMatch(/a → b → c → a|b → c → a → b|c → a → b → c/);
  });

  it('answers with all problems at once, outside names included', async () => {
    const call = admin();
    const { problems } = await call('validateDefinition', {
      params: { project: 'p' },
      body: {
        definition: definition('w', {
          tasks: [
            {
              name: 'a',
              ...post,
              upstreams: [{ workflow: 'gone', task: 'x' }],
              calendar: 'nowhere',
            },
            { name: 'b', ...post, resourceGroup: 'big', pools: ['lane'] },
          ],
        }),
      },
    });
    expect(problems.map((each) => each.code).toSorted()).toEqual([
      'unknown-calendar',
      'unknown-resource-group',
      'unknown-throttle-rule',
      'unknown-upstream',
    ]);
  });

  it('W16 keeps what is pinned while a draft is edited, until it is published and put online', async () => {
    const call = admin();
    await publish('w', daily);
    const { rev } = await call('getWorkflow', at('w'));
    await expect(
      call('saveDraft', { ...at('w'), body: { definition: definition('w') } }),
    ).rejects.toEqual(code('already-exists'));
    await call('saveDraft', {
      ...at('w'),
      body: { definition: definition('w', { owner: 'bob' }), rev },
    });
    expect(await call('getWorkflow', at('w'))).toMatchObject({
      state: { publish: 'MODIFIED', online: 'ONLINE', version: 1 },
      hasDraft: true,
    });
    expect(
      (await call('getDefinition', { ...at('w'), query: { version: 'draft' } })).definition.owner,
    ).toBe('bob');
    expect(
      (await call('getDefinition', { ...at('w'), query: { version: 'online' } })).definition.owner,
    ).toBeUndefined();

    await call('publishWorkflow', { ...at('w'), body: { online: false } });
    expect(await call('getWorkflow', at('w'))).toMatchObject({
      state: { version: 1, latestVersion: 2 },
    });
    await call('onlineWorkflow', { ...at('w'), body: {} });
    expect(await call('getWorkflow', at('w'))).toMatchObject({ state: { version: 2 } });
  });

  it('submits to dev and promotes the same version to prod in a dev-prod project', async () => {
    const call = admin();
    await call('createProject', { body: { name: 'lab', mode: 'dev-prod' } });
    const body = { definition: definition('w', daily), env: 'dev' } as const;
    expect(await call('publishWorkflow', { ...at('w', 'lab'), body })).toMatchObject({
      version: 1,
      env: 'dev',
    });
    expect(await call('getWorkflow', at('w', 'lab'))).toMatchObject({
      state: { online: 'OFFLINE' },
    });
    expect(await call('promoteWorkflow', { ...at('w', 'lab'), body: {} })).toMatchObject({
      version: 1,
      env: 'prod',
    });
    expect(await call('getWorkflow', at('w', 'lab'))).toMatchObject({
      state: { online: 'ONLINE', timing: 'ON' },
    });
    await expect(call('publishWorkflow', { ...at('w'), body })).rejects.toEqual(
      code('not-dev-prod'),
    );
    await expect(call('promoteWorkflow', { ...at('w'), body: {} })).rejects.toEqual(
      code('not-dev-prod'),
    );
  });

  it('gives priorities above MIDDLE to administrators only', async () => {
    const high = definition('w', { tasks: [{ name: 'a', ...post, priority: 'HIGH' }] });
    const author = api.as('dora', ['developer']);
    await expect(
      author('publishWorkflow', { ...at('w'), body: { definition: high } }),
    ).rejects.toEqual(code('definition-invalid'));
    await admin()('publishWorkflow', { ...at('w'), body: { definition: high } });
  });

  it('wants the name of the address', async () => {
    await expect(
      admin()('publishWorkflow', { ...at('other'), body: { definition: definition('w') } }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      problem: { errors: [{ path: 'body.definition.workflow' }] },
    });
    await expect(admin()('publishWorkflow', { ...at('new'), body: {} })).rejects.toEqual(
      code('no-draft'),
    );
    await expect(admin()('publishWorkflow', { ...at('w', 'nope'), body: {} })).rejects.toEqual(
      code('project-not-found'),
    );
  });
});

describe('the lifecycle', () => {
  it('W13 keeps a draft from going online, and what is offline from starting and from timing', async () => {
    const call = admin();
    await call('saveDraft', { ...at('w'), body: { definition: definition('w', daily) } });
    await expect(call('onlineWorkflow', { ...at('w'), body: {} })).rejects.toMatchObject({
      status: 409,
      code: 'not-published',
    });
    await expect(call('startWorkflow', { ...at('w'), body: {} })).rejects.toMatchObject({
      status: 409,
      code: 'not-online',
    });
    await publish('w', daily, false);
    await expect(call('startWorkflow', { ...at('w'), body: {} })).rejects.toEqual(
      code('not-online'),
    );
    await expect(call('setTiming', { ...at('w'), body: { on: true } })).rejects.toMatchObject({
      status: 409,
      code: 'not-online',
    });
    await call('onlineWorkflow', { ...at('w'), body: {} });
    await call('offlineWorkflow', { ...at('w'), body: {} });
    await expect(call('startWorkflow', { ...at('w'), body: {} })).rejects.toEqual(
      code('not-online'),
    );
  });

  it('W14 refuses timing for a workflow without a schedule', async () => {
    await publish('w');
    await expect(admin()('setTiming', { ...at('w'), body: { on: true } })).rejects.toMatchObject({
      status: 409,
      code: 'not-periodic',
    });
    await expect(admin()('onlineWorkflow', { ...at('w'), body: { timing: true } })).rejects.toEqual(
      code('not-periodic'),
    );
  });

  it('W15 turns timing off when it goes offline, and lets runs go on unless asked', async () => {
    const call = admin();
    await publish('w', daily);
    const { run } = await call('startWorkflow', { ...at('w'), body: {} });
    await line.run(2);
    const { state, stopped } = await call('offlineWorkflow', { ...at('w'), body: {} });
    expect(state).toMatchObject({ online: 'OFFLINE', timing: 'OFF' });
    expect(stopped).toBeUndefined();
    expect(await call('getRun', { params: { run } })).toMatchObject({ status: 'RUNNING' });

    await call('onlineWorkflow', { ...at('w'), body: {} });
    expect(await call('getWorkflow', at('w'))).toMatchObject({
      state: { online: 'ONLINE', timing: 'OFF' },
    });
    const offline = await call('offlineWorkflow', { ...at('w'), body: { stopRunning: true } });
    expect(offline.stopped).toMatchObject({ runs: [run], more: false });
    await line.run(120);
    expect(await call('getRun', { params: { run } })).toMatchObject({ status: 'CANCELLED' });
  });

  it('W18 refuses to delete what is online, runs, or is waited for', async () => {
    const call = admin();
    await publish('up', daily);
    await publish('down', {
      ...daily,
      tasks: [{ name: 'x', ...post, upstreams: [{ workflow: 'up', task: 'b' }] }],
    });
    const remove = async (workflow: string) => {
      const { rev } = await call('getWorkflow', at(workflow));
      return call('deleteWorkflow', { ...at(workflow), ifMatch: rev });
    };
    await expect(remove('up')).rejects.toMatchObject({ status: 409, code: 'not-offline' });
    const { run } = await call('startWorkflow', { ...at('up'), body: {} });
    await line.run(1);
    await call('offlineWorkflow', { ...at('up'), body: {} });
    await expect(remove('up')).rejects.toMatchObject({ status: 409, code: 'active-runs' });
    await line.run(60);
    expect(await call('getRun', { params: { run } })).toMatchObject({
      status: 'SUCCESS',
      ended: 2,
    });
    await expect(remove('up')).rejects.toMatchObject({
      code: 'has-dependants',
      problem: { dependants: ['p/down'] },
    });
    await call('offlineWorkflow', { ...at('down'), body: {} });
    await expect(call('deleteWorkflow', { ...at('down'), ifMatch: 1 })).rejects.toMatchObject({
      status: 412,
    });
    expect(await remove('down')).toEqual({ deleted: true });
    expect(await remove('up')).toEqual({ deleted: true });
    await expect(call('getWorkflow', at('up'))).rejects.toEqual(code('workflow-not-found'));
    expect((await call('listWorkflows', { query: { project: 'p' } })).items).toEqual([]);
    expect(await publish('up')).toMatchObject({ version: 2 });
  });

  it('W25 takes cron of five and six fields and names the field of a bad one', async () => {
    const cron = (text: string) => ({ schedule: { every: 'cron', cron: text } });
    await publish('five', cron('30 2 * * *'));
    await publish('six', cron('0 30 2 * * *'));
    const call = admin();
    const next = async (workflow: string) =>
      (await call('previewWorkflow', { ...at(workflow), query: { count: 1 } })).occurrences;
    expect(await next('five')).toEqual(await next('six'));
    const { problem } = await publish('bad', cron('30 25 * * *')).catch((error) => error);
    expect(problem.errors).toMatchObject([
      { path: expect.stringMatching(/^schedule\.cron/), message: expect.stringMatching(/hour/) },
    ]);
    await expect(
      call('previewSchedule', { body: { schedule: { every: 'cron', cron: '* * * 13 *' } } }),
    ).rejects.toMatchObject({
      code: 'schedule-invalid',
      problem: { errors: [{ path: 'body.schedule.month' }] },
    });
  });
});

describe('batches', () => {
  it('W19 W22 start and stop many, each with its result, and never more than 100', async () => {
    const call = admin();
    await publish('a');
    await publish('b');
    await publish('c', daily, false);
    const ids = ['p/a', 'p/b', 'p/c', 'p/none', 'q/x'];
    const started = await api.as('ollie', ['operator'])('batchWorkflows', {
      body: { op: 'start', ids },
    });
    expect(started).toMatchObject({
      requested: 5,
      succeeded: [{ id: 'p/a' }, { id: 'p/b' }],
      skipped: [{ id: 'p/c', reason: expect.stringMatching(/not online/) }],
      failed: [
        { id: 'p/none', code: 'workflow-not-found' },
        { id: 'q/x', code: 'project-not-found' },
      ],
    });
    await line.run(1);
    const stopped = await call('batchWorkflows', { body: { op: 'stop', ids: ['p/a', 'p/c'] } });
    expect(stopped).toMatchObject({
      succeeded: [{ id: 'p/a' }],
      skipped: [{ id: 'p/c', reason: 'nothing to stop' }],
    });
    const many = Array.from({ length: 101 }, (_, n) => `p/w${n}`);
    await expect(call('batchWorkflows', { body: { op: 'stop', ids: many } })).rejects.toMatchObject(
      {
        status: 400,
        problem: { errors: [{ path: 'body.ids', message: expect.stringMatching(/100/) }] },
      },
    );
  });

  it('W21 acts once for the same key', async () => {
    const call = admin();
    await publish('a');
    const start = () =>
      call('batchWorkflows', { body: { op: 'start', ids: ['p/a'] }, idempotencyKey: 'once' });
    expect(await start()).toEqual(await start());
    await line.run(1);
    expect((await call('listRuns', { query: { project: 'p' } })).items).toHaveLength(1);
  });

  it('W20 leaves timing alone when it stops, unless told', async () => {
    const call = admin();
    await publish('a', daily);
    const timing = async () => (await call('getWorkflow', at('a'))).state.timing;
    await call('batchWorkflows', { body: { op: 'stop', ids: ['p/a'] } });
    expect(await timing()).toBe('ON');
    await call('batchWorkflows', { body: { op: 'stop', ids: ['p/a'], timingOff: true } });
    expect(await timing()).toBe('OFF');
  });
});

describe('lists of workflows', () => {
  it('page over projects, filter, and go on where they stopped', async () => {
    const call = admin();
    await call('createProject', { body: { name: 'q' } });
    for (const workflow of ['a', 'b', 'c']) await publish(workflow, daily);
    const there = definition('d', { owner: 'ann' });
    await call('publishWorkflow', { ...at('d', 'q'), body: { definition: there } });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await call('listWorkflows', { query: { limit: 1, cursor } });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(['p/a', 'p/b', 'p/c', 'q/d']);

    const ids = async (query: object) =>
      (await call('listWorkflows', { query })).items.map(({ id }) => id);
    expect(await ids({ owner: 'ann' })).toEqual(['q/d']);
    expect(await ids({ text: 'B' })).toEqual(['p/b']);
    expect(await ids({ timing: 'OFF' })).toEqual(['q/d']);
    const { run } = await call('startWorkflow', { ...at('b'), body: {} });
    await line.run(30);
    expect(await ids({ lastRun: 'SUCCESS' })).toEqual(['p/b']);
    const [row] = (await call('listWorkflows', { query: { text: 'b' } })).items;
    expect(row).toMatchObject({ lastRun: { run, status: 'SUCCESS' }, recentRuns: [{ run }] });
  });
});
