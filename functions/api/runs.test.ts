import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type Line, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
afterEach(() => line.close());

const post = { kind: 'http', url: 'https://example.com/x' } as const;
const at = (workflow: string) => ({ params: { project: 'p', workflow } });
const admin = () => api.as('root', ['admin']);
const publish = (workflow: string, tasks: readonly object[], fields: object = {}) =>
  admin()('publishWorkflow', {
    ...at(workflow),
    body: { definition: JSON.parse(JSON.stringify({ workflow, tasks, ...fields })) },
  });
const start = async (workflow: string, body: object = {}, idempotencyKey?: string) =>
  (
    await admin()('startWorkflow', {
      ...at(workflow),
      body,
      ...(idempotencyKey ? { idempotencyKey } : {}),
    })
  ).run;
const run = (id: string) => admin()('getRun', { params: { run: id } });
const chain = [
  { name: 'a', ...post },
  { name: 'b', ...post, upstreams: ['a'] },
];

describe('a run started by hand', () => {
  beforeEach(async () => {
    line = await startLine();
    api = startApi(line.stores, line.clock);
    await publish('w', chain);
  });

  it('is known as soon as it was asked for, and ends with exact figures', async () => {
    const id = await start('w', { bizDate: '2026-11-01' });
    expect(id).toMatch(/^prod~p~w~m\.[0-9a-f]{12}~20261101~1$/);
    expect(await run(id)).toMatchObject({
      ...{ run: id, workflow: 'w', status: 'WAITING', total: 0, ended: 0, failed: 0 },
      ...{ startedAt: null, endedAt: null, startedBy: 'root' },
    });
    expect((await admin()('listRunInstances', { params: { run: id } })).items).toEqual([]);
    await line.run(1);
    expect(await run(id)).toMatchObject({ status: 'RUNNING', total: 2, ended: 0 });
    await line.run(30);
    const done = await run(id);
    expect(done).toMatchObject({
      status: 'SUCCESS',
      total: 2,
      ended: 2,
      failed: 0,
      family: 'manual',
    });
    expect(done.startedAt && done.endedAt && done.startedAt < done.endedAt).toBe(true);
    const { items } = await admin()('listRunInstances', {
      params: { run: id },
      query: { limit: 1 },
    });
    expect(items).toMatchObject([{ task: 'a', status: 'SUCCESS', attempts: 1, outcome: 'ran' }]);
    const request = await admin()('getRequest', { params: { request: id } });
    expect(request).toMatchObject({ status: 'DONE', run: id, result: { instances: 2, edges: 1 } });
  });

  it('takes yesterday in the zone of the project as business date', async () => {
    const call = admin();
    const { rev } = await call('getProject', { params: { project: 'p' } });
    await call('updateProject', {
      params: { project: 'p' },
      body: { zone: 'Asia/Tokyo' },
      ifMatch: rev,
    });
    expect(await start('w')).toContain('~20261119~');
  });

  it('is the same run for the same key', async () => {
    expect(await start('w', {}, 'again')).toBe(await start('w', {}, 'again'));
    await line.run(30);
    expect(
      (await admin()('listRuns', { query: { project: 'p', workflow: 'w' } })).items,
    ).toHaveLength(1);
    await expect(start('w', { bizDate: '2026-11-02' }, 'again')).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('W21 is the same run for the same key even when the stored answer has gone', async () => {
    const body = { bizDate: '2026-11-01' };
    const first = await start('w', body, 'again');
    line.jump('2026-11-21T01:00:00.000Z');
    expect(await start('w', body, 'again')).toBe(first);
    expect(await start('w', body, 'other')).not.toBe(first);
  });

  it('has failed with nothing done when its workflow went offline before it was made', async () => {
    const id = await start('w');
    await admin()('offlineWorkflow', { ...at('w'), body: {} });
    await line.run(2);
    expect(await run(id)).toMatchObject({ status: 'FAILED', total: 0 });
    const request = await admin()('getRequest', { params: { request: id } });
    expect(request).toMatchObject({ status: 'REFUSED', reason: expect.stringMatching(/offline/) });
  });

  it('takes the tasks that were named, and refuses unknown ones', async () => {
    await expect(start('w', { tasks: ['a', 'z'] })).rejects.toMatchObject({
      code: 'task-not-found',
    });
    const id = await start('w', { tasks: ['b'] });
    await line.run(30);
    expect(await run(id)).toMatchObject({ status: 'SUCCESS', total: 1 });
  });

  it('is not found when nobody asked for it', async () => {
    for (const id of ['prod~p~w~m.000000000000~20261101~1', 'prod~p~w~r~20261101~1', 'x'])
      await expect(run(id)).rejects.toMatchObject({ code: 'run-not-found' });
  });
});

describe('the status of a run with a failure', () => {
  const failing = async (fateOf: NonNullable<Parameters<typeof startLine>[0]>['fateOf']) => {
    line = await startLine({ fateOf });
    api = startApi(line.stores, line.clock);
  };

  it('is RUNNING while a branch that no failure blocks goes on, then FAILED', async () => {
    await failing(({ instanceId }) => ({
      seconds: 5,
      how: instanceId.includes('~bad~') ? 'fails' : 'succeeds',
    }));
    const once = { retries: { count: 0 } };
    await publish('w', [
      { name: 'bad', ...post, ...once },
      { name: 'behind', ...post, upstreams: ['bad'] },
      { name: 'wait', kind: 'wait', seconds: 100 },
      { name: 'after', ...post, upstreams: ['wait'] },
    ]);
    const id = await start('w');
    await line.run(20);
    expect(await run(id)).toMatchObject({ status: 'RUNNING', failed: 1, endedAt: null });
    await line.run(200);
    expect(await run(id)).toMatchObject({ status: 'FAILED', total: 4, ended: 3, failed: 1 });
  });

  it('is CANCELLED when all that failed was stopped by hand', async () => {
    await failing(() => ({ seconds: 1000, how: 'succeeds' }));
    await publish('w', chain);
    const id = await start('w');
    await line.run(5);
    const stopped = await admin()('stopWorkflow', { ...at('w'), body: { comment: 'enough' } });
    expect(stopped).toMatchObject({
      runs: [id],
      terminated: [`${id}~a~1`],
      paused: [`${id}~b~1`],
      failed: [],
    });
    await line.run(2000);
    expect(await run(id)).toMatchObject({ status: 'CANCELLED', failed: 1 });
    expect(await admin()('stopWorkflow', { ...at('w'), body: {} })).toMatchObject({
      terminated: [],
      paused: [],
    });
  });
});

describe('generation on demand', () => {
  beforeEach(async () => {
    line = await startLine();
    api = startApi(line.stores, line.clock);
    await publish('w', chain, { schedule: { every: 'hour', interval: 6 } });
  });

  const generate = async (bizDate: string) => {
    const call = admin();
    const asked = await call('requestGeneration', { params: { project: 'p' }, body: { bizDate } });
    expect(asked.status).toBe('REQUESTED');
    await line.run(1);
    return call('getRequest', { params: { request: asked.id } });
  };

  it('N3 makes each instance once', async () => {
    expect((await generate('2026-11-18')).result).toEqual({ instances: 8, edges: 4, existing: 0 });
    expect((await generate('2026-11-18')).result).toMatchObject({ instances: 0, existing: 8 });
    const { items } = await admin()('listInstances', {
      query: { project: 'p', bizDate: '2026-11-18' },
    });
    expect(items).toHaveLength(8);
  });

  it('N3 writes the line of a missing day when all of it was asked for after its cut-off, and only then', async () => {
    const lines = async () =>
      (await admin()('listGenerations', { params: { project: 'p' } })).items.map(
        ({ bizDate, created, finishedAt }) => [bizDate, created, finishedAt !== undefined],
      );
    await generate('2026-11-25');
    await admin()('requestGeneration', {
      params: { project: 'p' },
      body: { bizDate: '2026-11-16', from: '2026-11-17T10:00:00.000Z' },
    });
    await line.run(1);
    expect(await lines()).toEqual([]);
    await generate('2026-11-17');
    expect(await lines()).toEqual([['2026-11-17', 8, true]]);
    await generate('2026-11-17');
    expect(await lines()).toEqual([['2026-11-17', 8, true]]);
  });

  it('shows the schedule ledger of the nightly generations', async () => {
    await line.runUntil('2026-11-19T23:00:30.000Z');
    const { items } = await admin()('listGenerations', { params: { project: 'p' } });
    expect(items).toMatchObject([{ bizDate: '2026-11-19', created: 8, existing: 0 }]);
    expect((await admin()('getHealth', {})).generations).toMatchObject([{ bizDate: '2026-11-19' }]);
  });

  it('shows the counters of the day, equal to a recount', async () => {
    await generate('2026-11-17');
    await line.run(120);
    const query = { project: 'p', bizDate: '2026-11-17' } as const;
    const counters = await admin()('getCounters', { query });
    expect(counters).toMatchObject({ total: 8, statuses: { SUCCESS: 8 }, outcomes: { ran: 8 } });
    const recount = await admin()('recountDay', { query });
    expect(recount.counted).toEqual(recount.counters);
    expect(recount.cursor).toBeUndefined();

    const [run] = (await admin()('listRuns', { query: { project: 'p' } })).items;
    const day = (run?.startedAt ?? '').slice(0, 10);
    const runs = await admin()('recountRuns', { query: { project: 'p', day } });
    expect(runs.counted).toMatchObject({ runs: expect.any(Number), failed: 0 });
    expect(runs.counted.runs).toBeGreaterThan(0);
    expect(runs.counted).toEqual(runs.counters);
    const other = await admin()('recountRuns', { query: { project: 'p', day: '2026-10-02' } });
    expect([other.counted.runs, other.counters.runs]).toEqual([0, 0]);
  });

  it('lists the runs of a business date whenever they were started, page by page without a gap', async () => {
    const call = admin();
    await generate('2026-11-18');
    const dates = ['2026-11-18', '2026-11-18', '2026-10-02', '2026-12-24', '2026-10-02'];
    const started: string[] = [];
    for (const bizDate of dates) {
      const params = { project: 'p', workflow: 'w' };
      started.push((await call('startWorkflow', { params, body: { bizDate } })).run);
      await line.run(1);
    }
    const runsOf = async (bizDate: string, more: object = {}) => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { project: 'p', bizDate, limit: 1, cursor, ...more };
        const page = await call('listRuns', { query });
        found.push(...page.items.map(({ run }) => run));
        cursor = page.cursor;
      } while (cursor !== undefined);
      return found;
    };
    expect(await runsOf('2026-10-02')).toEqual([started[4], started[2]]);
    expect(await runsOf('2026-10-02', { workflow: 'w' })).toEqual([started[4], started[2]]);
    expect(await runsOf('2026-12-24')).toEqual([started[3]]);
    expect(await runsOf('2026-10-02', { until: '2026-10-05T00:00:00.000Z' })).toEqual([]);
    const mixed = await runsOf('2026-11-18');
    expect(new Set(mixed).size).toBe(mixed.length);
    expect(mixed).toHaveLength(6);
    expect(mixed).toEqual(expect.arrayContaining([started[0], started[1]]));
  });

  it('lists runs newest first, page by page, over projects and filtered', async () => {
    await generate('2026-11-17');
    await line.run(120);
    const call = admin();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await call('listRuns', { query: { limit: 3, cursor } });
      seen.push(...page.items.map(({ cycle }) => String(cycle)));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(['4', '3', '2', '1']);
    const listed = async (query: object) => (await call('listRuns', { query })).items.length;
    expect(await listed({ project: 'p', workflow: 'w', status: 'SUCCESS' })).toBe(4);
    expect(await listed({ project: 'p', status: 'FAILED,RUNNING' })).toBe(0);
    expect(await listed({ bizDate: '2026-11-17' })).toBe(4);
    expect(await listed({ bizDate: '2026-11-18' })).toBe(0);
    await expect(listed({ workflow: 'w' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(listed({ project: 'nope' })).rejects.toMatchObject({ code: 'project-not-found' });
  });
});

describe('logs', () => {
  it('come by run and by instance, oldest first, with names that a follower can drop', async () => {
    line = await startLine();
    api = startApi(line.stores, line.clock);
    await publish('w', chain);
    const id = await start('w');
    await line.run(30);
    const lines = (text: string, at: string) => [
      { at, level: 'INFO' as const, text, operation: 'invoke' as const },
    ];
    for (const [task, when] of [
      ['b', '2026-11-19T22:31:00.000Z'],
      ['a', '2026-11-19T22:30:30.000Z'],
    ] as const) {
      const instance = await line.stores.instances.find(`${id}~${task}~1`);
      if (!instance) throw new Error(`no ${task}`);
      const chunks = [lines(`from ${task}`, when)];
      await line.stores.logs.append({ instance, attempt: 9, batch: 'x', chunks });
    }

    const call = admin();
    const all = await call('getRunLog', { params: { run: id } });
    const own = all.items.filter(({ attempt }) => attempt === 9);
    expect(own.map(({ text, task, instance }) => [text, task, instance])).toEqual([
      ['from a', 'a', `${id}~a~1`],
      ['from b', 'b', `${id}~b~1`],
    ]);
    expect(new Set(all.items.map((entry) => entry.id)).size).toBe(all.items.length);
    const later = await call('getRunLog', {
      params: { run: id },
      query: { from: '2026-11-19T22:30:45.000Z' },
    });
    expect(later.items.filter(({ attempt }) => attempt === 9).map(({ text }) => text)).toEqual([
      'from b',
    ]);
    const one = await call('getInstanceLog', {
      params: { instance: `${id}~a~1` },
      query: { attempt: 9 },
    });
    expect(one.items.map(({ text }) => text)).toEqual(['from a']);
    await expect(
      api.as('vera', ['viewer'])('getRunLog', { params: { run: id } }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      call('getRunLog', { params: { run: 'prod~p~w~r~20200101~1' } }),
    ).rejects.toMatchObject({ code: 'run-not-found' });
  });
});
