import { afterEach, describe, expect, it } from 'vitest';
import { ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { startApi } from '../api/start-api.ts';
import { planned, type Requested, settled } from './bulk-operation.ts';
import { recurring, statuses, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
let call: ReturnType<ReturnType<typeof startApi>['as']>;
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-19T23:59:30.000Z', ...options });
  call = startApi(line.stores, line.clock).as('ann', ['operator']);
};
afterEach(async () => {
  const { failures, seen, machines } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
  expect(seen.slotsInUse()).toBe(0);
  expect(machines.mostAtOnce()).toBeLessThanOrEqual(1);
});

const midnight = { every: 'day', at: '00:00' } as const;
const bizDate = '2026-11-19';
const id = (task: string, workflow = 'w') => recurring(`${workflow}/${task}`);
const day = { bizDate: { from: bizDate, to: bizDate }, projects: ['p'] };
const plan = (body: Requested) => planned(line, call, body);
const perform = (body: Requested) => settled(line, call, body);
const items = async (operation: string, result?: 'skipped' | 'ineligible' | 'failed') =>
  (await call('listOperationItems', { params: { operation }, query: { result, limit: 200 } }))
    .items;

const long = { timeoutSeconds: 900 };

/** a → b → c, and in another workflow of the same project c → d. */
const twoWorkflows = async (upToDate = true) => {
  await line.publish({
    workflow: 'w',
    schedule: midnight,
    tasks: [
      work('a', long),
      work('b', { upstreams: ['a'], ...long }),
      work('c', { upstreams: ['b'], ...long }),
    ],
  });
  await line.publish({
    workflow: 'x',
    schedule: midnight,
    tasks: [work('d', { upstreams: [{ workflow: 'w', task: 'c' }] })],
  });
  await line.generate(bizDate);
  if (upToDate) await line.run(90);
};
const attemptsOf = async (...ids: string[]) =>
  Object.fromEntries(
    await Promise.all(
      ids.map(async (each) => [each.split('~')[6], (await line.find(each)).attempt]),
    ),
  );

describe('a rerun of what is downstream', () => {
  it('N38 N39 runs everything again that has ended below, in order, over workflows', async () => {
    await start();
    await twoWorkflows();
    expect(statuses(line, 'x')).toEqual({ d: 'SUCCESS' });
    const operation = await plan({
      op: 'rerun-downstream',
      downstream: { root: id('a'), range: 'terminal' },
    });
    expect(operation).toMatchObject({
      status: 'PLANNED',
      total: 4,
      ineligible: 0,
      plan: {
        levels: 4,
        byStatus: { SUCCESS: 4 },
        byWorkflow: [
          { workflow: 'w', count: 3 },
          { workflow: 'x', count: 1 },
        ],
        below: { count: 0 },
        estimate: { workSeconds: 20, atLeastSeconds: 20, withoutHistory: 0 },
      },
    });
    await call('confirmOperation', {
      params: { operation: operation.id },
      body: { expectedTotal: 4 },
    });
    await line.drain();
    expect(await attemptsOf(id('a'), id('b'), id('c'), id('d', 'x'))).toEqual({
      ...{ a: 2, b: 1, c: 1, d: 1 },
    });
    await line.run(90);
    expect(await attemptsOf(id('a'), id('b'), id('c'), id('d', 'x'))).toEqual({
      ...{ a: 2, b: 2, c: 2, d: 2 },
    });
    expect(await call('getOperation', { params: { operation: operation.id } })).toMatchObject({
      status: 'DONE',
      done: 4,
      succeeded: 4,
    });
    const [a, b] = [await line.find(id('a')), await line.find(id('b'))];
    expect(Date.parse(b.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(a.endedAt ?? ''));
  });

  it('N38 leaves the root out when it is told to, and takes only the failed', async () => {
    const failing: LineOptions = {
      fateOf: ({ instanceId, attempt }) => ({
        seconds: 5,
        how: instanceId.includes('~b~') && attempt === 1 ? 'fails' : 'succeeds',
      }),
    };
    await start(failing);
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [
        work('a'),
        work('b', { upstreams: ['a'], retries: { count: 0 } }),
        work('c', { upstreams: ['b'] }),
      ],
    });
    await line.generate(bizDate);
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'FAILED', c: 'NOT_RUN' });
    const done = await perform({
      op: 'rerun-downstream',
      downstream: { root: id('a'), range: 'all-failed', includeRoot: false },
    });
    expect(done).toMatchObject({ total: 1, succeeded: 1 });
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
    expect(await attemptsOf(id('a'), id('b'), id('c'))).toEqual({ a: 1, b: 2, c: 1 });
  });

  it('N38 rejects a ticked one that runs or waits with its reason, and does the others', async () => {
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: instanceId.includes('~c~') ? 600 : 5,
        how: 'succeeds',
      }),
    });
    await twoWorkflows();
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'RUNNING' });
    const ids = [id('b'), id('c'), id('d', 'x')];
    const body = {
      op: 'rerun-downstream',
      downstream: { root: id('a'), range: 'list', ids },
    } as const;
    const done = await perform(body);
    expect(done).toMatchObject({ total: 2, ineligible: 2, succeeded: 2 });
    expect(await items(done.id, 'ineligible')).toMatchObject([
      { id: id('c'), reason: expect.stringContaining('not allowed from RUNNING') },
      { id: id('d', 'x'), reason: expect.stringContaining('not allowed from NOT_RUN') },
    ]);
    await line.run(700);
    expect(await attemptsOf(id('a'), id('b'), id('c'), id('d', 'x'))).toEqual({
      ...{ a: 2, b: 2, c: 1, d: 1 },
    });
  });

  it('N38 with force stops what runs and runs it again behind its upstreams, past whoever is no part of it', async () => {
    await start({
      fateOf: ({ instanceId, attempt }) => ({
        seconds: instanceId.includes('~c~') && attempt === 1 ? 250 : 5,
        how: instanceId.includes('~other~') ? 'fails' : 'succeeds',
      }),
    });
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [
        work('a'),
        work('other', { retries: { count: 0 } }),
        work('b', { upstreams: ['a'] }),
        work('c', { upstreams: ['b'], timeoutSeconds: 300 }),
        work('e', { upstreams: ['b', 'other'] }),
      ],
    });
    await line.generate(bizDate);
    await line.run(60);
    expect(statuses(line, 'w')).toMatchObject({ c: 'RUNNING', e: 'NOT_RUN', other: 'FAILED' });
    const request: Requested = {
      op: 'rerun-downstream',
      force: true,
      downstream: { root: id('a'), range: 'all' },
    };
    const { plan: seen, total } = await plan(request);
    expect(seen).toMatchObject({ stops: { count: 1, examples: [id('c')] }, waits: 1 });
    line.seen.excuse(id('e'), id('other'));
    const done = await perform(request);
    expect(done).toMatchObject({ total, succeeded: 4 });
    await line.run(600);
    expect(statuses(line, 'w')).toMatchObject({
      a: 'SUCCESS',
      b: 'SUCCESS',
      c: 'SUCCESS',
      e: 'SUCCESS',
    });
    const [b, c, e] = await Promise.all(['b', 'c', 'e'].map((task) => line.find(id(task))));
    for (const below of [c, e])
      expect(Date.parse(below?.startedAt ?? '')).toBeGreaterThanOrEqual(
        Date.parse(b?.endedAt ?? ''),
      );
    expect(c?.moves.map(({ move }) => move)).toContain('restart');
    expect((await line.find(id('other'))).attempt).toBe(1);
  });

  it('N38 is refused while its root runs, unless it is forced', async () => {
    await start({ fateOf: () => ({ seconds: 600, how: 'succeeds' }) });
    await twoWorkflows();
    const downstream = { root: id('a'), range: 'all' } as const;
    await expect(plan({ op: 'rerun-downstream', downstream })).rejects.toMatchObject({
      code: 'move-not-allowed',
      message: expect.stringContaining('RUNNING'),
    });
    await line.run(2500);
  });

  it('N39 waits for a barrier between many parents and their children, too', async () => {
    await start({
      at: '2026-11-19T23:59:00.000Z',
      fateOf: () => ({ seconds: 1, how: 'succeeds' }),
    });
    const often = { every: 'minute', interval: 5, from: '00:00', to: '04:55' } as const;
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [work('src', { schedule: often }), work('sum', { upstreams: ['src'] })],
    });
    await line.generate(bizDate);
    line.jump('2026-11-20T04:54:00.000Z');
    await line.runUntil('2026-11-20T05:00:00.000Z');
    const first = id('src');
    expect((await line.find(id('sum'))).status).toBe('SUCCESS');
    const done = await perform({
      op: 'rerun-downstream',
      downstream: { root: first, range: 'terminal' },
    });
    expect(done).toMatchObject({ total: 2, succeeded: 2 });
    await line.run(120);
    const [root, sum] = [await line.find(first), await line.find(id('sum'))];
    expect([root.attempt, sum.attempt]).toEqual([2, 2]);
    expect(Date.parse(sum.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(root.endedAt ?? ''));
  });
});

describe('an operation on many', () => {
  it('keeps the order among what it reruns, and tells the load of the pools', async () => {
    await start();
    await line.stores.catalog.saveRule(
      ThrottleRule.parse({ name: 'few', scope: { projects: ['p'] }, maxConcurrency: 2 }),
      undefined,
    );
    await twoWorkflows();
    const operation = await plan({ op: 'rerun', filter: { ...day, status: ['SUCCESS'] } });
    expect(operation.plan).toMatchObject({
      total: 4,
      levels: 4,
      pools: [{ pool: 'throttle:few', limit: 2, used: 0, queued: 0, targets: 4 }],
    });
    await perform({ op: 'rerun', filter: { ...day, status: ['SUCCESS'] } });
    await line.run(90);
    const ended = await Promise.all([id('a'), id('b'), id('c'), id('d', 'x')].map(line.find));
    expect(ended.map(({ attempt }) => attempt)).toEqual([2, 2, 2, 2]);
    for (const [n, { startedAt = '' }] of ended.entries())
      if (n > 0) expect(startedAt >= (ended[n - 1]?.endedAt ?? '')).toBe(true);
  });

  it('N41 gives a result to each; one that is not in a state for it does not hide the others', async () => {
    await start();
    await twoWorkflows(false);
    const gone = recurring('w/gone');
    await line.operate(id('a'), { move: 'pause' });
    const operation = await plan({ op: 'pause', ids: [id('a'), id('b'), id('c'), gone] });
    expect(operation).toMatchObject({ total: 2, ineligible: 2 });
    expect(operation.plan?.ineligible.reasons).toMatchObject([
      { reason: 'it is already paused', count: 1 },
      { reason: 'there is no such instance', count: 1 },
    ]);
    // Between plan and work somebody else is quicker.
    await line.operate(id('b'), { move: 'pause' });
    await call('confirmOperation', {
      params: { operation: operation.id },
      body: { expectedTotal: 2 },
    });
    await line.drain();
    expect(await call('getOperation', { params: { operation: operation.id } })).toMatchObject({
      ...{ status: 'DONE', succeeded: 1, skipped: 1, failed: 0 },
    });
    expect(await items(operation.id, 'skipped')).toMatchObject([
      { id: id('b'), reason: 'it is already paused' },
    ]);
    await line.operate(id('a'), { move: 'resume' });
    await line.operate(id('b'), { move: 'resume' });
    await line.operate(id('c'), { move: 'resume' });
  });

  it('is taken back where nothing has followed', async () => {
    await start({
      fateOf: ({ instanceId, attempt }) => ({
        seconds: 5,
        how: instanceId.includes('~a~') && attempt === 1 ? 'fails' : 'succeeds',
      }),
    });
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [work('a', { retries: { count: 0 } }), work('b', { upstreams: ['a'] })],
    });
    await line.publish({
      workflow: 'y',
      schedule: midnight,
      tasks: [work('a', { retries: { count: 0 } }), work('b', { upstreams: ['a'] })],
    });
    await line.generate(bizDate);
    await line.operate(id('b', 'y'), { move: 'pause' });
    await line.run(60);
    const done = await perform({ op: 'set-success', filter: { ...day, status: ['FAILED'] } });
    expect(done).toMatchObject({ total: 2, succeeded: 2 });
    await line.run(3);
    const undo = await call('undoOperation', { params: { operation: done.id }, body: {} });
    await line.drain();
    // b of w has started since: what let it is not taken back.
    const again = await call('getOperation', { params: { operation: undo.id } });
    expect(again).toMatchObject({ op: 'undo', of: done.id, total: 1, ineligible: 1 });
    await call('confirmOperation', { params: { operation: undo.id }, body: { expectedTotal: 1 } });
    await line.drain();
    expect(await line.find(id('a', 'y'))).toMatchObject({ status: 'FAILED', outcome: 'failed' });
    expect(await line.find(id('a', 'w'))).toMatchObject({ status: 'SUCCESS' });
    await line.run(60);
  });

  it('stops where it is aborted, and a retry does what was left over', async () => {
    await start();
    const tasks = Array.from({ length: 250 }, (_, n) => work(`t${n}`));
    await line.publish({ workflow: 'w', schedule: { every: 'day', at: '12:00' }, tasks });
    await line.generate(bizDate);
    const operation = await plan({ op: 'pause', filter: { ...day, workflow: 'w' } });
    expect(operation.total).toBe(250);
    const { instances } = line.stores;
    await instances.confirmOperation(operation.id, line.clock());
    await call('abortOperation', { params: { operation: operation.id }, body: { comment: 'no' } });
    await line.drain();
    const aborted = await call('getOperation', { params: { operation: operation.id } });
    expect(aborted).toMatchObject({ status: 'ABORTED', done: 0, reason: 'aborted by ann: no' });

    const retry = await call('retryOperation', { params: { operation: operation.id }, body: {} });
    await line.drain();
    await call('confirmOperation', {
      params: { operation: retry.id },
      body: { expectedTotal: 250 },
    });
    await line.drain();
    expect(await call('getOperation', { params: { operation: retry.id } })).toMatchObject({
      ...{ status: 'DONE', of: operation.id, succeeded: 250 },
    });
  });

  it('is started again by the watch when its execution is lost', async () => {
    await start();
    await line.publish({
      workflow: 'w',
      schedule: { every: 'day', at: '12:00' },
      tasks: Array.from({ length: 150 }, (_, n) => work(`t${n}`)),
    });
    await line.generate(bizDate);
    const operation = await call('planOperation', {
      body: { op: 'pause', filter: { ...day, workflow: 'w' } },
    });
    line.dieAfter(12);
    await line.drain();
    await line.run(240);
    expect(line.deaths()).toBe(1);
    expect(await call('getOperation', { params: { operation: operation.id } })).toMatchObject({
      status: 'PLANNED',
      total: 150,
    });
    await call('confirmOperation', {
      params: { operation: operation.id },
      body: { expectedTotal: 150 },
    });
    line.dieAfter(60);
    await line.drain();
    await line.run(240);
    expect(line.deaths()).toBe(2);
    const done = await call('getOperation', { params: { operation: operation.id } });
    expect(done).toMatchObject({ status: 'DONE', succeeded: 150 });
    for (const { id: each } of line.seen.instances()) {
      const moves = await line.stores.instances.history(each);
      expect(moves.filter((move) => move.operation === operation.id)).toHaveLength(1);
    }
  });
});
