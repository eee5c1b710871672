import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { recurring } from '../../tests/line/line-tasks.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
const bizDate = '2026-11-18';
const post = { kind: 'http', url: 'https://example.com/x' } as const;
const admin = () => api.as('root', ['admin']);
const at = (path: string) => ({ params: { instance: recurring(path, { bizDate }) } });
const id = (path: string) => recurring(path, { bizDate });
const list = async (query: object = {}) =>
  (await admin()('listInstances', { query: { project: 'p', bizDate, ...query } })).items;

beforeEach(async () => {
  line = await startLine({ fateOf: () => ({ seconds: 40, how: 'succeeds' }) });
  api = startApi(line.stores, line.clock);
  const definition = {
    workflow: 'w',
    owner: 'ann',
    schedule: { every: 'day', at: '02:00' },
    tasks: [
      { name: 'extract', ...post },
      { name: 'load', ...post, upstreams: ['extract'], owner: 'bob', priority: 'LOW' },
      { name: 'report', ...post, upstreams: ['load'], selfDependent: true },
    ],
  };
  await admin()('publishWorkflow', {
    params: { project: 'p', workflow: 'w' },
    body: { definition },
  });
  await line.generate(bizDate);
  await line.run(2);
});
afterEach(() => line.close());

describe('lists of instances', () => {
  it('show and find the owner that an operator has set since', async () => {
    await line.stores.catalog.saveTaskState(
      { env: 'prod', project: 'p', workflow: 'w', task: 'load', owner: 'eve' },
      undefined,
    );
    expect((await list()).map(({ owner }) => owner)).toEqual(['ann', 'eve', 'ann']);
    expect((await list({ owner: 'eve' })).map(({ task }) => task)).toEqual(['load']);
    expect(await list({ owner: 'bob' })).toEqual([]);
    expect(await admin()('getInstance', at('w/load'))).toMatchObject({ owner: 'eve' });
  });

  it('show owner, status and figures, by due time', async () => {
    expect(await list()).toMatchObject([
      {
        id: id('w/extract'),
        status: 'RUNNING',
        owner: 'ann',
        attempts: 1,
        paused: false,
        outcome: null,
      },
      {
        id: id('w/load'),
        status: 'NOT_RUN',
        owner: 'bob',
        attempts: 0,
        priority: 'LOW',
        startedAt: null,
      },
      { id: id('w/report'), status: 'NOT_RUN', owner: 'ann' },
    ]);
  });

  it('filter by what people look for', async () => {
    const tasks = async (query: object) => (await list(query)).map(({ task }) => task);
    expect(await tasks({ status: 'RUNNING,FAILED' })).toEqual(['extract']);
    expect(await tasks({ owner: 'bob' })).toEqual(['load']);
    expect(await tasks({ task: 'RE' })).toEqual(['report']);
    expect(await tasks({ priority: 'LOW' })).toEqual(['load']);
    expect(await tasks({ workflow: 'other' })).toEqual([]);
    await admin()('pauseInstance', { ...at('w/report'), body: {} });
    expect(await tasks({ paused: 'true' })).toEqual(['report']);
    expect(await tasks({ paused: 'false' })).toEqual(['extract', 'load']);
    expect(await tasks({ order: 'desc' })).toEqual(['report', 'load', 'extract']);
    expect(await tasks({ family: 'manual' })).toEqual([]);
  });

  it('span several business dates, day by day, and go on at the cursor', async () => {
    await line.generate('2026-11-19');
    await line.drain();
    const call = admin();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await call('listInstances', {
        query: { project: 'p', bizDate: '2026-11-16', to: '2026-11-19', limit: 2, cursor },
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor);
    const tasks = ['w/extract', 'w/load', 'w/report'];
    expect(seen).toEqual(
      [bizDate, '2026-11-19'].flatMap((day) =>
        tasks.map((task) => recurring(task, { bizDate: day })),
      ),
    );
    for (const to of ['2026-11-15', '2026-12-31'])
      await expect(list({ to })).rejects.toMatchObject({
        problem: { errors: [{ path: 'query.to' }] },
      });
    await expect(
      call('listInstances', { query: { project: 'p', bizDate, cursor: 'bm9uZQ' } }),
    ).rejects.toMatchObject({ code: 'invalid-cursor' });
  });

  it('go on at the cursor, whatever the filter, without a gap or a repetition', async () => {
    const call = admin();
    for (const query of [{}, { status: 'NOT_RUN,RUNNING' }]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await call('listInstances', {
          query: { project: 'p', bizDate, limit: 1, cursor, ...query },
        });
        seen.push(...page.items.map(({ task }) => task));
        cursor = page.cursor;
      } while (cursor);
      expect(seen).toEqual(['extract', 'load', 'report']);
    }
  });

  it('are refused for what does not exist', async () => {
    const call = admin();
    await expect(list({ project: 'nope' })).rejects.toMatchObject({ code: 'project-not-found' });
    for (const name of [
      'getInstance',
      'listMoves',
      'listAttempts',
      'diagnoseInstance',
      'getNeighbourhood',
    ] as const)
      for (const instance of ['x', recurring('w/gone', { bizDate })])
        await expect(call(name, { params: { instance } })).rejects.toMatchObject({
          code: 'instance-not-found',
        });
  });
});

describe('one instance', () => {
  it('shows its moves and its attempts, the running one included', async () => {
    const call = admin();
    const { items } = await call('listMoves', at('w/extract'));
    expect(items.map(({ move }) => move)).toEqual(['generate', 'admit', 'claim']);
    expect((await call('listAttempts', at('w/extract'))).items).toMatchObject([
      { attempt: 1, status: 'RUNNING' },
    ]);
    await line.run(200);
    expect((await call('listAttempts', at('w/extract'))).items).toMatchObject([
      { attempt: 1, outcome: 'ran' },
    ]);
  });

  it('is explained by the one gate: blocker, holder, expected clearing and action', async () => {
    const { decision, blockers, gate } = await admin()('diagnoseInstance', at('w/load'));
    expect(decision).toBe('wait');
    expect(blockers).toMatchObject([{ step: 'upstream', instance: id('w/extract') }]);
    expect(blockers[0]?.holder).toContain('extract');
    expect(gate.decision).toBe('wait');
    expect(await admin()('diagnoseInstance', at('w/extract'))).toMatchObject({
      decision: 'active',
      blockers: [],
    });
    await admin()('pauseInstance', { ...at('w/report'), body: { comment: 'later' } });
    const paused = await admin()('diagnoseInstance', at('w/report'));
    expect(paused.blockers.map(({ step }) => step)).toEqual(['paused', 'upstream']);
  });

  it('stands in its neighbourhood with levels up and down', async () => {
    const call = admin();
    const { nodes, edges, truncated } = await call('getNeighbourhood', at('w/load'));
    expect(nodes.map(({ task, level, status }) => [task, level, status]).toSorted()).toEqual([
      ['extract', -1, 'RUNNING'],
      ['load', 0, 'NOT_RUN'],
      ['report', 1, 'NOT_RUN'],
    ]);
    expect(edges).toHaveLength(2);
    expect(edges.every(({ open, crossCycle }) => open && !crossCycle)).toBe(true);
    expect(truncated).toBe(false);
    const alone = await call('getNeighbourhood', { ...at('w/load'), query: { up: 0, down: 0 } });
    expect(alone.nodes).toHaveLength(1);
    const far = await call('getNeighbourhood', { ...at('w/extract'), query: { down: 5 } });
    expect(far.nodes.map(({ level }) => level).toSorted()).toEqual([0, 1, 2]);
  });
});

describe('operations', () => {
  it('pause, resume, terminate and rerun by the lifecycle', async () => {
    const call = admin();
    expect(
      await call('pauseInstance', { ...at('w/load'), body: { comment: 'wait' } }),
    ).toMatchObject({ paused: true });
    await expect(call('pauseInstance', { ...at('w/load'), body: {} })).rejects.toMatchObject({
      status: 409,
      code: 'move-not-allowed',
    });
    expect(await call('resumeInstance', { ...at('w/load'), body: {} })).toMatchObject({
      paused: false,
    });
    const refused = await call('terminateInstance', { ...at('w/load'), body: {} }).catch(
      (error) => error,
    );
    expect(refused.problem).toMatchObject({
      code: 'move-not-allowed',
      from: 'NOT_RUN',
      allowedFrom: ['WAIT_TIME', 'THROTTLED', 'WAIT_RESOURCE', 'SUBMITTED', 'RUNNING'],
    });
    expect(await call('terminateInstance', { ...at('w/extract'), body: {} })).toMatchObject({
      status: 'RUNNING',
      stopping: 'terminate',
    });
    await line.run(200);
    expect(await call('getInstance', at('w/extract'))).toMatchObject({
      status: 'FAILED',
      outcome: 'terminated',
    });
    expect(
      await call('rerunInstance', { ...at('w/extract'), body: { comment: 'again' } }),
    ).toMatchObject({
      status: 'NOT_RUN',
      outcome: null,
    });
    await line.run(400);
    expect((await list()).map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    const { items } = await call('listMoves', at('w/extract'));
    expect(items.find(({ move }) => move === 'rerun')).toMatchObject({
      actor: 'root',
      reason: 'again',
    });
  });

  it('change priority and resource group of what has not started', async () => {
    const call = admin();
    const operator = api.as('ollie', ['operator']);
    expect(
      await operator('setInstancePriority', { ...at('w/load'), body: { priority: 'LOWEST' } }),
    ).toMatchObject({
      priority: 'LOWEST',
    });
    await expect(
      operator('setInstancePriority', { ...at('w/load'), body: { priority: 'HIGH' } }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      call('setInstanceResourceGroup', { ...at('w/load'), body: { resourceGroup: 'big' } }),
    ).rejects.toMatchObject({ code: 'resource-group-not-found' });
    await call('createResourceGroup', { body: { name: 'big', slots: 1 } });
    expect(
      await call('setInstanceResourceGroup', { ...at('w/load'), body: { resourceGroup: 'big' } }),
    ).toMatchObject({ resourceGroup: 'big' });
    await expect(
      call('setInstancePriority', { ...at('w/extract'), body: { priority: 'LOW' } }),
    ).rejects.toMatchObject({ code: 'move-not-allowed' });
  });

  it('W19 work on many with a result for each', async () => {
    const ids = [
      id('w/load'),
      id('w/extract'),
      recurring('w/gone', { bizDate }),
      'x',
      recurring('w/load', { project: 'q' }),
    ];
    const result = await api.as('ollie', ['operator'])('batchInstances', {
      body: { op: 'pause', ids, comment: 'all' },
    });
    expect(result).toMatchObject({
      requested: 5,
      succeeded: [{ id: id('w/load') }],
      skipped: [{ id: id('w/extract') }],
      failed: [
        { code: 'instance-not-found' },
        { id: 'x', code: 'instance-not-found' },
        { code: 'instance-not-found' },
      ],
    });
    const viewer = await api.as('vera', ['viewer'])('batchInstances', {
      body: { op: 'resume', ids: [id('w/load')] },
    });
    expect(viewer.failed).toMatchObject([{ code: 'forbidden' }]);
    const many = Array.from({ length: 101 }, (_, n) => `${id('w/load')}${n}`);
    await expect(
      admin()('batchInstances', { body: { op: 'pause', ids: many } }),
    ).rejects.toMatchObject({
      problem: { errors: [{ path: 'body.ids', message: expect.stringMatching(/at most 100/) }] },
    });
    await expect(
      admin()('batchInstances', { body: { op: 'set-priority', ids } }),
    ).rejects.toMatchObject({
      problem: { errors: [{ path: 'body.priority' }] },
    });
  });

  it('of two at once exactly one pauses', async () => {
    const pause = () => admin()('pauseInstance', { ...at('w/load'), body: {} });
    const both = await Promise.allSettled([pause(), pause()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('pools', () => {
  it('show slots in use, holders and who waits', async () => {
    const call = admin();
    await call('createThrottleRule', {
      body: { name: 'lane', scope: { projects: ['p'] }, maxConcurrency: 1 },
    });
    await call('publishWorkflow', {
      params: { project: 'p', workflow: 'v' },
      body: {
        definition: {
          workflow: 'v',
          tasks: [
            ...['x', 'y'].map((name) => ({ name, ...post })),
            { name: 'z', kind: 'noop', upstreams: ['x', 'y'] },
          ],
        },
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const { run } = await call('startWorkflow', {
      params: { project: 'p', workflow: 'v' },
      body: {},
    });
    await line.run(5);
    const pool = await call('getPool', { params: { pool: 'throttle:lane' } });
    expect(pool).toMatchObject({ used: 1, pool: { limit: 1 } });
    expect(pool.holders).toHaveLength(1);
    expect(pool.waiters).toHaveLength(1);
    expect([...pool.holders, ...pool.waiters].map((each) => each.id).toSorted()).toEqual([
      `${run}~x~1`,
      `${run}~y~1`,
    ]);
    const waiting = await call('diagnoseInstance', {
      params: { instance: pool.waiters[0]?.id ?? '' },
    });
    expect(waiting.blockers).toMatchObject([{ step: 'throttle', pool: 'throttle:lane' }]);
    expect((await call('listPools', {})).items).toMatchObject([
      { used: 1, pool: { id: 'throttle:lane' } },
    ]);
    await expect(call('getPool', { params: { pool: 'group:none' } })).rejects.toMatchObject({
      code: 'resource-group-not-found',
    });
    await expect(call('getPool', { params: { pool: 'other' } })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});
