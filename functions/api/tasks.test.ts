import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIdOfInstance } from '../../shared/domain/instance/instance-id.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import { isTestRun } from '../../shared/domain/run/test-scope.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { recurring, statuses, work } from '../../tests/line/line-tasks.ts';
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
const task = (name: string, workflow = 'w', project = 'p') => ({
  params: { project, workflow, task: name },
});
const code = (code: string) => expect.objectContaining({ code });
/** Due five minutes after the line begins. */
const daily = { every: 'day', at: '22:35' } as const;
const day = '2026-11-18';
const instance = (name: string, bizDate = day) => recurring(`w/${name}`, { bizDate });
const states = () => statuses(line, 'w', day);
const addMember = async (name: string, user: string, role: 'viewer' | 'operator') => {
  const { rev = 0, ...project } = (await line.stores.catalog.findProject(name)) ?? {};
  const members = [{ user, role }];
  await line.stores.catalog.saveProject({ ...project, members } as Project, rev);
};
const logOf = async (name: string) =>
  (
    await admin()('listAudit', { params: { project: 'p' }, query: { object: `task:p/w/${name}` } })
  ).items.toSorted((a, b) => (a.at < b.at ? -1 : 1));

describe('operations on a task', () => {
  beforeEach(() =>
    line.publish({
      workflow: 'w',
      schedule: daily,
      tasks: [work('a'), work('b', { upstreams: ['a'] })],
    }),
  );

  it('pause and resume it; viewers see no code', async () => {
    const call = admin();
    expect(
      await call('pauseTask', { ...task('a'), body: { comment: 'source down' } }),
    ).toMatchObject({ paused: { by: 'root', reason: 'source down' } });
    await expect(call('pauseTask', { ...task('a'), body: {} })).rejects.toEqual(
      code('nothing-changed'),
    );
    const paused = await call('listTasks', { query: { paused: 'true' } });
    expect(paused.items.map(({ id }) => id)).toEqual(['p/w/a']);
    expect((await call('resumeTask', { ...task('a'), body: {} })).paused).toBeUndefined();
    expect(await call('getTask', task('a'))).toMatchObject({ work: { kind: 'http' } });
    expect((await api.as('vera', ['viewer'])('getTask', task('a'))).work).toBeUndefined();
  });

  it('N45 stand in its operation log with operator, time, comment and the values before and after', async () => {
    const call = admin();
    const operator = api.as('ollie', ['operator']);
    await call('pauseTask', { ...task('a'), body: { comment: 'source down' } });
    await line.run(1);
    await operator('setTaskPriority', { ...task('a'), body: { priority: 'LOW' } });
    await line.run(1);
    await operator('setTaskTimeout', { ...task('a'), body: { timeoutSeconds: 90 } });
    await line.run(1);
    await operator('batchTasks', {
      body: { op: 'set-dry-run', dryRun: true, ids: ['p/w/a'], comment: 'no source' },
    });
    await line.run(1);
    const { run } = await operator('testRunTask', { ...task('a'), body: {} });

    const entries = await logOf('a');
    expect(entries.map(({ action, actor, at, reason }) => [action, actor, at, reason])).toEqual([
      ['pause', 'root', '2026-11-19T22:30:00.000Z', 'source down'],
      ['set-priority', 'ollie', '2026-11-19T22:30:01.000Z', undefined],
      ['set-timeout', 'ollie', '2026-11-19T22:30:02.000Z', undefined],
      ['set-dry-run', 'ollie', '2026-11-19T22:30:03.000Z', 'no source'],
      ['test-run', 'ollie', '2026-11-19T22:30:04.000Z', undefined],
    ]);
    expect(entries[1]?.detail).toMatchObject({
      source: 'cli',
      before: { paused: { by: 'root' } },
      after: { priority: 'LOW' },
    });
    expect(entries[4]?.detail).toMatchObject({ after: { run } });
    expect(await logOf('b')).toEqual([]);
  });

  it('N42 give it to a member of its project only', async () => {
    const call = admin();
    await expect(call('setTaskOwner', { ...task('a'), body: { owner: 'ann' } })).rejects.toEqual(
      code('not-a-member'),
    );
    await addMember('p', 'ann', 'viewer');
    expect(await call('setTaskOwner', { ...task('a'), body: { owner: 'ann' } })).toMatchObject({
      owner: 'ann',
      overridden: ['owner'],
    });
    const batch = await call('batchTasks', {
      body: { op: 'set-owner', owner: 'bob', ids: ['p/w/a', 'p/w/b'] },
    });
    expect(batch.failed.map((each) => each.code)).toEqual(['not-a-member', 'not-a-member']);
    const mine = await call('listTasks', { query: { owner: 'ann' } });
    expect(mine.items.map(({ id }) => id)).toEqual(['p/w/a']);
    expect(
      (await call('setTaskOwner', { ...task('a'), body: { owner: null } })).owner,
    ).toBeUndefined();
  });

  it('leave priorities above MIDDLE to administrators', async () => {
    const operator = api.as('ollie', ['operator']);
    await expect(
      operator('setTaskPriority', { ...task('a'), body: { priority: 'HIGHEST' } }),
    ).rejects.toEqual(code('forbidden'));
    const batch = await operator('batchTasks', {
      body: { op: 'set-priority', priority: 'HIGH', ids: ['p/w/a'] },
    });
    expect(batch.failed).toMatchObject([{ id: 'p/w/a', code: 'forbidden' }]);
    await admin()('setTaskPriority', { ...task('a'), body: { priority: 'HIGHEST' } });
  });

  it('N9 change resource group, time-out and retries of new instances only, and give back what is defined', async () => {
    const call = admin();
    await line.stores.catalog.saveGroup({ name: 'small', slots: 3 }, undefined);
    await line.generate('2026-11-17');
    await expect(
      call('setTaskResourceGroup', { ...task('a'), body: { resourceGroup: 'nowhere' } }),
    ).rejects.toEqual(code('resource-group-not-found'));
    await call('setTaskResourceGroup', { ...task('a'), body: { resourceGroup: 'small' } });
    await call('setTaskTimeout', { ...task('a'), body: { timeoutSeconds: 120 } });
    await call('setTaskRetries', { ...task('a'), body: { retries: { count: 4 } } });
    await line.generate(day);

    const before = await line.find(instance('a', '2026-11-17'));
    const after = await line.find(instance('a'));
    expect(before).toMatchObject({ resourceGroup: 'default', timeoutSeconds: 60 });
    expect(after).toMatchObject({
      resourceGroup: 'small',
      timeoutSeconds: 120,
      retries: { ...before.retries, count: 4 },
    });

    await call('setTaskTimeout', { ...task('a'), body: { timeoutSeconds: null } });
    await call('setTaskRetries', { ...task('a'), body: { retries: null } });
    expect(
      (await call('setTaskResourceGroup', { ...task('a'), body: { resourceGroup: null } }))
        .overridden,
    ).toEqual([]);
    await line.generate('2026-11-19');
    expect(await line.find(instance('a', '2026-11-19'))).toMatchObject({
      resourceGroup: 'default',
      timeoutSeconds: 60,
      retries: before.retries,
    });
  });

  it('refuse a time-out above what its kind may take', async () => {
    await expect(
      admin()('setTaskTimeout', { ...task('a'), body: { timeoutSeconds: 9_999 } }),
    ).rejects.toMatchObject({ code: 'invalid-input', message: /at most 840 seconds/ });
  });

  it('N7 make its new instances succeed without code, after upstream and due time, until they are switched back', async () => {
    const call = admin();
    await call('setTaskDryRun', { ...task('b'), body: { dryRun: true } });
    await line.generate(day);
    await line.runUntil('2026-11-19T22:35:02.000Z');
    expect(states()).toEqual({ a: 'RUNNING', b: 'NOT_RUN' });
    await line.runUntil('2026-11-19T22:36:00.000Z');
    expect(await line.find(instance('b'))).toMatchObject({
      status: 'SUCCESS',
      outcome: 'dry-run',
      attempt: 0,
    });
    const dry = await call('listTasks', { query: { dryRun: 'true' } });
    expect(dry.items.map(({ id }) => id)).toEqual(['p/w/b']);

    await call('setTaskDryRun', { ...task('b'), body: { dryRun: false } });
    await line.generate('2026-11-19');
    expect((await line.find(instance('b', '2026-11-19'))).empty).toBeUndefined();
  });

  it('N12 undeploy it unless another waits for it; instances stay and fail for lack of a definition', async () => {
    const call = admin();
    await expect(call('undeployTask', { ...task('a'), body: {} })).rejects.toMatchObject({
      code: 'has-dependants',
      problem: { dependants: ['p/w/b'] },
    });
    await line.generate('2026-11-17');
    const operator = api.as('ollie', ['operator']);
    const asOperator = await operator('batchTasks', { body: { op: 'undeploy', ids: ['p/w/b'] } });
    expect(asOperator.failed).toMatchObject([{ code: 'forbidden' }]);
    expect(await call('undeployTask', { ...task('b'), body: {} })).toMatchObject({
      deployed: false,
    });
    await line.run(30);
    const { items } = await call('listInstances', {
      query: { project: 'p', bizDate: '2026-11-17' },
    });
    expect(
      items.map(({ task: name, status, outcome }) => [name, status, outcome]).toSorted(),
    ).toEqual([
      ['a', 'SUCCESS', 'ran'],
      ['b', 'FAILED', 'definition-missing'],
    ]);
    const run = runIdOfInstance(items[0]?.id ?? '');
    expect(await call('getRun', { params: { run } })).toMatchObject({ status: 'FAILED' });
  });

  it('N8 N44 keep its instances from starting until both the task and the instance are resumed', async () => {
    const call = admin();
    await call('pauseTask', { ...task('a'), body: {} });
    await line.generate(day);
    await call('pauseInstance', { params: { instance: instance('a') }, body: {} });
    await line.runUntil('2026-11-19T22:40:00.000Z');
    expect(states()).toEqual({ a: 'WAIT_TIME', b: 'NOT_RUN' });

    await call('resumeTask', { ...task('a'), body: {} });
    await line.run(120);
    expect(states()).toEqual({ a: 'WAIT_TIME', b: 'NOT_RUN' });
    await call('pauseTask', { ...task('a'), body: {} });
    await call('resumeInstance', { params: { instance: instance('a') }, body: {} });
    await line.run(120);
    expect(states()).toEqual({ a: 'WAIT_TIME', b: 'NOT_RUN' });

    await call('resumeTask', { ...task('a'), body: {} });
    await line.run(180);
    expect(states()).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
  });

  it('N41 answer for each task of a batch; one failure hides no other', async () => {
    const batch = await admin()('batchTasks', {
      body: { op: 'pause', ids: ['p/w/a', 'p/w/z', 'q/w/a', 'p/w/b'] },
    });
    expect(batch).toMatchObject({
      requested: 4,
      succeeded: [{ id: 'p/w/a' }, { id: 'p/w/b' }],
      failed: [
        { id: 'p/w/z', code: 'task-not-found' },
        { id: 'q/w/a', code: 'task-not-found' },
      ],
    });
    const again = await admin()('batchTasks', { body: { op: 'pause', ids: ['p/w/a'] } });
    expect(again.skipped).toMatchObject([{ id: 'p/w/a' }]);
  });
});

describe('the priority of a task', () => {
  const startOrder = () =>
    line.seen
      .instances()
      .filter(({ startedAt, attempt }) => startedAt && attempt > 0)
      .toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1))
      .map(({ task: name }) => name);

  it('N43 counts at once for what waits in a queue, without publishing; what was changed by hand stays', async () => {
    const call = admin();
    await line.stores.catalog.saveGroup({ name: 'one', slots: 1 }, undefined);
    const tasks = ['a', 'b', 'c', 'd'].map((name) => work(name, { resourceGroup: 'one' }));
    await line.publish({ workflow: 'w', schedule: daily, tasks });
    await line.generate(day);
    const byHand = { params: { instance: instance('b') } };
    await call('setInstancePriority', { ...byHand, body: { priority: 'LOWEST' } });
    await line.runUntil('2026-11-19T22:35:01.000Z');
    expect(states()).toMatchObject({ b: 'WAIT_RESOURCE', d: 'WAIT_RESOURCE' });

    const first = await call('setTaskPriority', { ...task('d'), body: { priority: 'HIGH' } });
    expect(first).toMatchObject({ priority: 'HIGH', instances: { moved: 1, more: false } });
    const kept = await call('setTaskPriority', { ...task('b'), body: { priority: 'HIGHEST' } });
    expect(kept.instances).toEqual({ moved: 0, more: false });
    await line.run(120);
    const [running, ...rest] = startOrder();
    expect(running).not.toBe('d');
    expect(rest).toEqual(['d', ...['a', 'c'].filter((name) => name !== running), 'b']);
    expect((await line.find(instance('d'))).version).toBe(1);
  });

  it('N43 follows a second change, and says nothing changed when nothing did', async () => {
    const call = admin();
    await line.publish({ workflow: 'w', schedule: daily, tasks: [work('a')] });
    await line.generate(day);
    const set = (priority: 'LOW' | 'LOWEST' | null) =>
      call('setTaskPriority', { ...task('a'), body: { priority, comment: 'night' } });
    expect((await set('LOW')).instances.moved).toBe(1);
    expect((await set('LOWEST')).instances.moved).toBe(1);
    await expect(set('LOWEST')).rejects.toEqual(code('nothing-changed'));
    expect((await set(null)).instances.moved).toBe(1);
    const { priority, moves } = await line.find(instance('a'));
    expect(priority).toBe('MIDDLE');
    expect(moves.at(-1)).toMatchObject({ actor: 'root', reason: 'priority of its task: night' });
  });

  it('says in a batch how many instances follow', async () => {
    await line.publish({ workflow: 'w', schedule: daily, tasks: [work('a'), work('b')] });
    await line.generate(day);
    const batch = await admin()('batchTasks', {
      body: { op: 'set-priority', priority: 'LOW', ids: ['p/w/a', 'p/w/b'] },
    });
    expect(batch.succeeded).toEqual([
      { id: 'p/w/a', note: '1 waiting instances follow' },
      { id: 'p/w/b', note: '1 waiting instances follow' },
    ]);
  });
});

describe('running a task by hand', () => {
  it('N60 makes one instance of a one-time task, only when asked, for yesterday', async () => {
    const call = admin();
    await line.publish({
      workflow: 'w',
      schedule: daily,
      tasks: [work('a'), work('byHand', { trigger: 'manual', upstreams: ['a'] })],
    });
    await line.generate(day);
    await line.runUntil('2026-11-19T22:40:00.000Z');
    expect(states()).toEqual({ a: 'SUCCESS' });

    const started = await call('runTask', {
      ...task('byHand'),
      body: { parameters: { region: 'eu' } },
      idempotencyKey: 'once',
    });
    await call('runTask', {
      ...task('byHand'),
      body: { parameters: { region: 'eu' } },
      idempotencyKey: 'once',
    });
    await line.run(30);
    const made = line.seen.instances().filter(({ family }) => family === 'manual');
    expect(made).toMatchObject([
      { id: started.instance, family: 'manual', bizDate: '2026-11-18', status: 'SUCCESS' },
    ]);
    expect(made.some(isTestRun)).toBe(false);
    const { items } = await call('listTasks', { query: { trigger: 'manual' } });
    expect(items).toMatchObject([
      { task: 'byHand', lastInstance: { id: started.instance, status: 'SUCCESS' } },
    ]);
  });

  it('marks a test run, which is one instance that is not recurring', async () => {
    const call = admin();
    await line.publish({ workflow: 'w', schedule: daily, tasks: [work('a'), work('b')] });
    const body = { bizDate: '2026-11-01' };
    const { instance } = await call('testRunTask', { ...task('a'), body });
    await line.run(30);
    const all = line.seen.instances();
    expect(all).toMatchObject([{ id: instance, family: 'manual', bizDate: '2026-11-01' }]);
    expect(all.every(isTestRun)).toBe(true);
    await expect(api.as('vera', ['viewer'])('testRunTask', { ...task('a'), body })).rejects.toEqual(
      code('forbidden'),
    );
  });

  it('is refused for what is not online, was undeployed or does not exist', async () => {
    const call = admin();
    await line.publish({ workflow: 'w', tasks: [work('a')] });
    await call('undeployTask', { ...task('a'), body: {} });
    await expect(call('runTask', { ...task('a'), body: {} })).rejects.toEqual(code('not-online'));
    await expect(call('runTask', { ...task('z'), body: {} })).rejects.toEqual(
      code('task-not-found'),
    );
  });
});

describe('lists of tasks', () => {
  const ids = async (query: Parameters<ReturnType<typeof admin>>[1]) =>
    (await admin()('listTasks', query as never)).items.map(({ id }) => id);

  it('show where a task stands: neighbours, next due time, last instance, holds', async () => {
    await line.saveProject({ name: 'q' });
    await line.publish({
      workflow: 'w',
      owner: 'ann',
      schedule: daily,
      tasks: [
        work('a', { selfDependent: true, tags: ['core'], timeoutSeconds: 30 }),
        work('b', { upstreams: ['a'] }),
        work('own', { schedule: { every: 'hour', interval: 6 } }),
      ],
    });
    await line.publish(
      {
        workflow: 'far',
        schedule: daily,
        tasks: [work('c', { upstreams: [{ project: 'p', workflow: 'w', task: 'a' }] })],
      },
      { project: 'q' },
    );
    await line.generate('2026-11-17');
    await line.run(60);
    await line.stores.catalog.saveHold(
      {
        id: 'h',
        purpose: 'hold',
        target: { kind: 'task', project: 'p', workflow: 'w', task: 'b' },
        reason: 'source moves',
        by: 'ann',
        since: line.clock(),
      },
      undefined,
    );

    const { items } = await admin()('listTasks', { query: { project: 'p' } });
    expect(items).toMatchObject([
      {
        id: 'p/w/a',
        owner: 'ann',
        online: true,
        tags: ['core'],
        timeoutSeconds: 30,
        upstreamCount: 0,
        downstreamCount: 2,
        nextDueAt: '2026-11-19T22:35:00.000Z',
        lastInstance: { id: instance('a', '2026-11-17'), status: 'SUCCESS' },
      },
      { id: 'p/w/b', upstreamCount: 1, downstreamCount: 0, held: { reason: 'source moves' } },
      {
        id: 'p/w/own',
        nextDueAt: '2026-11-20T00:00:00.000Z',
        lastInstance: { dueAt: '2026-11-18T18:00:00.000Z' },
      },
    ]);
    expect(await ids({ query: { held: 'true' } })).toEqual(['p/w/b']);
    expect(await ids({ query: { period: 'hour' } })).toEqual(['p/w/own']);
    expect(await ids({ query: { tag: 'core' } })).toEqual(['p/w/a']);
  });

  it('find names by a part and ids as a whole, over the projects of the caller only', async () => {
    await line.saveProject({ name: 'q', members: [{ user: 'mia', role: 'viewer' }] });
    await line.publish({ workflow: 'w', tasks: [work('load_orders'), work('Order_report')] });
    await line.publish({ workflow: 'w', tasks: [work('load_orders')] }, { project: 'q' });
    expect(await ids({ query: { text: 'order' } })).toEqual([
      'p/w/Order_report',
      'p/w/load_orders',
      'q/w/load_orders',
    ]);
    expect(await ids({ query: { text: 'q/w/load_orders' } })).toEqual(['q/w/load_orders']);
    expect(await ids({ query: { text: 'q/w/load' } })).toEqual([]);

    const mia = api.as('mia');
    const { items } = await mia('listTasks', {});
    expect(items.map(({ id }) => id)).toEqual(['q/w/load_orders']);
    await expect(mia('listTasks', { query: { project: 'p' } })).rejects.toEqual(code('forbidden'));
    await expect(mia('listTasks', { query: { text: 'p/w/load_orders' } })).rejects.toEqual(
      code('forbidden'),
    );
  });

  it('page by project, workflow and name without a gap or a repetition, whatever the page size', async () => {
    await line.saveProject({ name: 'q' });
    const tasks = ['c', 'a', 'b'].map((name) => work(name));
    for (const workflow of ['v', 'w']) await line.publish({ workflow, tasks });
    await line.publish({ workflow: 'u', tasks }, { project: 'q' });
    const all = ['p/v', 'p/w', 'q/u'].flatMap((flow) => ['a', 'b', 'c'].map((t) => `${flow}/${t}`));

    for (const limit of [1, 2, 3, 4, 9, 10]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      let pages = 0;
      do {
        const page = await admin()('listTasks', { query: { limit, cursor } });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.cursor;
        pages += 1;
      } while (cursor);
      expect(seen).toEqual(all);
      expect(pages).toBe(Math.ceil(all.length / limit));
    }
  });

  it('look at a bounded number of workflows and say how far they have got', async () => {
    const names = Array.from({ length: 70 }, (_, n) => `w${String(n).padStart(2, '0')}`);
    for (const workflow of names)
      await line.publish({ workflow, tasks: [work(workflow === 'w69' ? 'rare' : 'usual')] });
    const first = await admin()('listTasks', { query: { text: 'rare' } });
    expect(first).toMatchObject({ items: [], searchedTo: expect.stringMatching(/^p\/w[56]\d$/) });
    const second = await admin()('listTasks', { query: { text: 'rare', cursor: first.cursor } });
    expect(second.items.map(({ id }) => id)).toEqual(['p/w69/rare']);
    expect(second.cursor).toBeUndefined();
  });
});

describe('the graph of a task', () => {
  beforeEach(async () => {
    await line.saveProject({ name: 'q' });
    const chain = Array.from({ length: 13 }, (_, n) =>
      work(`t${n}`, n === 0 ? {} : { upstreams: [`t${n - 1}`] }),
    );
    chain[6] = work('t6', {
      upstreams: ['t5', { task: 't1', period: 'last' }],
      selfDependent: true,
    });
    await line.publish({ workflow: 'w', schedule: daily, tasks: chain });
    await line.publish(
      {
        workflow: 'far',
        schedule: daily,
        tasks: [
          work('use', { upstreams: [{ project: 'p', workflow: 'w', task: 't6' }] }),
          work('after', { upstreams: ['use'] }),
          {
            name: 'virtual',
            kind: 'noop',
            upstreams: [{ project: 'p', workflow: 'w', task: 't6' }],
          },
        ],
      },
      { project: 'q' },
    );
  });

  const graph = async (
    query: { up?: string; down?: string; openUp?: string; openDown?: string } = {},
    call = admin(),
  ) => call('getTaskGraph', { ...task('t6'), query });
  const namesOf = ({ nodes }: Awaited<ReturnType<typeof graph>>) =>
    nodes.map(({ id }) => id).toSorted();

  it('N46 opens with one level each way and goes as far as asked', async () => {
    const first = await graph();
    expect(namesOf(first)).toEqual(
      ['p/w/t1', 'p/w/t5', 'p/w/t6', 'p/w/t7', 'q/far/use', 'q/far/virtual'].toSorted(),
    );
    expect(first.nodes.find(({ task: name }) => name === 't5')).toMatchObject({
      level: -1,
      moreUp: 1,
      moreDown: 0,
    });
    expect(first.truncated).toBe(false);

    const three = await graph({ up: '3', down: '0' });
    expect(namesOf(three)).toEqual(
      ['p/w/t0', 'p/w/t1', 'p/w/t3', 'p/w/t4', 'p/w/t5', 'p/w/t6'].toSorted(),
    );
    const all = await graph({ up: 'all', down: 'all' });
    expect(all.nodes.length).toBe(16);
    expect(all.nodes.every(({ moreUp, moreDown }) => moreUp + moreDown === 0)).toBe(true);
    await expect(graph({ up: '11' })).rejects.toEqual(code('invalid-input'));
  });

  it('N33 tells same-cycle edges from those that cross cycles and from a task’s own last cycle', async () => {
    const { edges } = await graph({ down: '0' });
    expect(edges.map(({ from, kind }) => [from, kind]).toSorted()).toEqual([
      ['p/w/t1', 'cross-cycle'],
      ['p/w/t5', 'current'],
      ['p/w/t6', 'self'],
    ]);
  });

  it('N46 opens single nodes one level further', async () => {
    const opened = await graph({ up: '0', openDown: 'q/far/use,q/far/after,p/w/t12' });
    expect(namesOf(opened)).toContain('q/far/after');
    const closed = await graph({ up: '0' });
    expect(namesOf(closed)).not.toContain('q/far/after');
    expect(closed.nodes.find(({ task: name }) => name === 'use')).toMatchObject({ moreDown: 1 });
  });

  it('N47 lets a node of another project be expanded and its log be read, nothing else', async () => {
    const allows = ({ nodes }: Awaited<ReturnType<typeof graph>>) =>
      Object.fromEntries(nodes.map((node) => [node.task, node.allows]));
    expect(allows(await graph())).toMatchObject({
      t5: 'everything',
      t7: 'everything',
      use: 'expand-and-log',
      virtual: 'expand',
    });

    await addMember('p', 'olga', 'operator');
    const hers = await graph({ openDown: 'q/far/use' }, api.as('olga'));
    expect(allows(hers)).toMatchObject({ use: 'expand', after: 'expand', t5: 'everything' });
    const use = hers.nodes.find(({ task: name }) => name === 'use');
    expect(use).toMatchObject({ hidden: true, foreign: true });
    expect(use).not.toHaveProperty('kind');
    expect(use).not.toHaveProperty('owner');
  });

  it('shows what operators set, and what no online version has', async () => {
    const call = admin();
    await call('pauseTask', { ...task('t5'), body: {} });
    await call('setTaskDryRun', { ...task('t7'), body: { dryRun: true } });
    const { nodes } = await graph();
    expect(nodes.find(({ task: name }) => name === 't5')).toMatchObject({ paused: true });
    expect(nodes.find(({ task: name }) => name === 't7')).toMatchObject({ dryRun: true });
    await expect(call('getTaskGraph', task('nobody'))).rejects.toEqual(code('task-not-found'));
  });
});
