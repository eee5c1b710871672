import { afterEach, describe, expect, it } from 'vitest';
import { ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { startApi } from '../api/start-api.ts';
import { diagnose } from './diagnose.ts';
import { recurring, statuses, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
let call: ReturnType<ReturnType<typeof startApi>['as']>;
const start = async (options?: LineOptions) => {
  line = await startLine({
    at: '2026-11-19T23:50:00.000Z',
    fateOf: () => ({ seconds: 30, how: 'succeeds' }),
    ...options,
  });
  call = startApi(line.stores, line.clock).as('ann', ['admin']);
};
afterEach(async () => {
  const { failures, seen } = line;
  const [slots, statusesSeen] = [seen.slotsInUse(), seen.instances().map(({ status }) => status)];
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
  // A hold never fails anything, and never leaves a slot behind.
  expect(statusesSeen).not.toContain('FAILED');
  expect(slots).toBe(0);
});

const midnight = { every: 'day', at: '00:00' } as const;
const hold = (
  target: Parameters<typeof call<'createHold'>>[1]['body']['target'],
  more: object = {},
) => call('createHold', { body: { purpose: 'hold', target, reason: 'source is down', ...more } });
const workflow = (name: string) => ({ kind: 'workflow', project: 'p', workflow: name }) as const;
const task = (name: string) => ({ kind: 'task', project: 'p', workflow: 'w', task: name }) as const;
const lift = (id: string, rev = 1) => call('liftHold', { params: { hold: id }, ifMatch: rev });
const auditOf = async (query: object) =>
  (await call('searchAudit', { query: { limit: 100, ...query } })).items;
const startedAt = async (path: string) => (await line.find(recurring(path))).startedAt;

/** a → b, and c beside them. */
const publish = (name = 'w', more: object = {}) =>
  line.publish({
    workflow: name,
    schedule: midnight,
    tasks: [work('a', more), work('b', { upstreams: ['a'], ...more }), work('c', more)],
  });

describe('a hold', () => {
  it('N8 of a task keeps its instance and dependants waiting, and fails nothing; lifted, they start within a minute', async () => {
    await start();
    await publish();
    await line.generate('2026-11-19');
    const { id } = await hold(task('a'));
    await line.runUntil('2026-11-20T00:05:00.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'WAIT_TIME', b: 'NOT_RUN', c: 'SUCCESS' });
    expect((await diagnose(line, recurring('w/a'))).blockers).toMatchObject([
      {
        ...{ step: 'paused', code: 'task-held', hold: id, since: '2026-11-19T23:50:00.000Z' },
        holder: 'hold of task p/w/a by ann: source is down',
        ...{ clearsAt: null, action: 'lift the hold' },
      },
    ]);
    expect(await call('getHold', { params: { hold: id } })).toMatchObject({
      keptBack: { count: 1, more: false },
      running: { count: 0 },
    });

    await line.runUntil('2026-11-20T00:05:30.000Z');
    await lift(id);
    await line.runUntil('2026-11-20T00:07:30.000Z');
    expect(await startedAt('w/a')).toBe('2026-11-20T00:06:00.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
  });

  it.each([
    workflow('w'),
    { kind: 'pool', pool: 'throttle:two' },
    { kind: 'pool', pool: 'group:etl' },
    { kind: 'everything' },
  ] as const)('of $kind lets what runs end and starts nothing new', async (target) => {
    await start();
    await line.stores.catalog.saveRule(
      ThrottleRule.parse({ name: 'two', maxConcurrency: 2, scope: { projects: ['p'] } }),
      undefined,
    );
    await line.stores.catalog.saveGroup({ name: 'etl', slots: 5 }, undefined);
    await publish('w', { resourceGroup: 'etl' });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:10.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'RUNNING', b: 'NOT_RUN', c: 'RUNNING' });
    const { id } = await hold(target);
    expect(await call('getHold', { params: { hold: id } })).toMatchObject({
      running: { count: 2 },
      stillRunning: [{ since: '2026-11-20T00:00:00.000Z' }, {}],
    });
    await line.runUntil('2026-11-20T00:03:00.000Z');
    expect(statuses(line, 'w')).toMatchObject({ a: 'SUCCESS', c: 'SUCCESS' });
    expect(['NOT_RUN', 'WAIT_TIME']).toContain(statuses(line, 'w').b);
    expect((await diagnose(line, recurring('w/b'))).blockers).toMatchObject([{ hold: id }]);
    await lift(id);
    await line.runUntil('2026-11-20T00:06:00.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
  });

  it('N44 needs each of several to be lifted', async () => {
    await start();
    await publish();
    await line.generate('2026-11-19');
    const first = await hold(task('c'));
    const second = await hold(workflow('w'));
    await line.operate(recurring('w/c'), { move: 'pause' });
    const state = async () => (await line.find(recurring('w/c'))).status;
    await line.runUntil('2026-11-20T00:01:00.000Z');
    expect(
      (await diagnose(line, recurring('w/c'))).blockers.map(({ code }) => code).toSorted(),
    ).toEqual(['instance-paused', 'task-held', 'workflow-held']);
    await lift(first.id);
    await line.run(120);
    expect(await state()).toBe('WAIT_TIME');
    await lift(second.id);
    await line.run(120);
    expect(await state()).toBe('WAIT_TIME');
    await line.operate(recurring('w/c'), { move: 'resume' });
    await line.run(120);
    expect(await state()).toBe('SUCCESS');
  });

  it('that begins later needs nobody at its begin; a maintenance ends by itself and all catch up in due order', async () => {
    await start();
    await line.stores.catalog.saveRule(
      ThrottleRule.parse({ name: 'one', maxConcurrency: 1, scope: { projects: ['p'] } }),
      undefined,
    );
    const at = (time: string) => ({ schedule: { every: 'day', at: time } as const });
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [
        work('late', at('00:09')),
        work('first', at('00:06')),
        work('above', at('00:01')),
        work('below', { ...at('00:07'), upstreams: ['first'] }),
      ],
    });
    await line.generate('2026-11-19');
    const window = {
      purpose: 'maintenance',
      from: '2026-11-20T00:05:00.000Z',
      until: '2026-11-20T00:20:00.000Z',
    };
    const { id, state } = await hold(workflow('w'), window);
    expect(state).toBe('planned');
    await line.runUntil('2026-11-20T00:19:00.000Z');
    expect(statuses(line, 'w')).toEqual({
      ...{ above: 'SUCCESS', first: 'WAIT_TIME', below: 'NOT_RUN', late: 'WAIT_TIME' },
    });
    expect((await diagnose(line, recurring('w/first'))).blockers).toMatchObject([
      { hold: id, since: window.from, clearsAt: window.until },
    ]);

    await line.runUntil('2026-11-20T00:25:00.000Z');
    expect(await startedAt('w/first')).toBe('2026-11-20T00:20:00.000Z');
    expect(await startedAt('w/late')).toBe('2026-11-20T00:20:30.000Z');
    expect(statuses(line, 'w')).toMatchObject({ below: 'SUCCESS', late: 'SUCCESS' });
    expect((await call('listHolds', {})).items).toEqual([]);
    expect(await auditOf({ object: 'workflow:p/w', actor: 'system:watch' })).toMatchObject([
      { action: 'hold-ended', reason: 'source is down', detail: { hold: id } },
    ]);
  });

  it('of weekly hours comes back', async () => {
    await start();
    await publish();
    await line.generate('2026-11-19');
    const weekly = { days: ['FRI'], from: '08:55', to: '09:05', zone: 'Asia/Tokyo' };
    const { id } = await hold(workflow('w'), { purpose: 'maintenance', weekly });
    await line.runUntil('2026-11-20T00:04:00.000Z');
    expect(statuses(line, 'w')).toMatchObject({ a: 'WAIT_TIME', c: 'WAIT_TIME' });
    await line.runUntil('2026-11-20T00:07:00.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
    expect((await call('getHold', { params: { hold: id } })).state).toBe('planned');
  });

  it('that drains says when nothing ran any more', async () => {
    await start({ fateOf: () => ({ seconds: 100, how: 'succeeds' }) });
    await publish('w', { timeoutSeconds: 200 });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:10.000Z');
    const { id } = await hold(workflow('w'), { purpose: 'drain' });
    await line.runUntil('2026-11-20T00:01:20.000Z');
    expect(await call('getHold', { params: { hold: id } })).toMatchObject({
      running: { count: 2 },
      rev: 1,
    });
    await line.runUntil('2026-11-20T00:03:00.000Z');
    expect(await call('getHold', { params: { hold: id } })).toMatchObject({
      running: { count: 0 },
      drainedAt: '2026-11-20T00:02:00.000Z',
    });
    expect(await auditOf({ object: 'workflow:p/w', action: 'drained' })).toHaveLength(1);
    await lift(id, 2);
    await line.run(300);
  });
});

describe('a freeze', () => {
  it('is counted first, keeps everything, and thaws by priority, by project, and whole', async () => {
    await start();
    await line.saveProject({ name: 'q' });
    const tasks = [work('high', { priority: 'HIGH' }), work('low', { priority: 'LOW' })];
    await line.publish({ workflow: 'w', schedule: midnight, tasks });
    await line.publish({ workflow: 'v', schedule: midnight, tasks }, { project: 'q' });
    await line.generate('2026-11-19');
    await line.generate('2026-11-19', { project: 'q' });

    const plan = await call('planFreeze', {});
    expect(plan).toMatchObject({
      waiting: { count: 4, more: false },
      projects: [
        { project: 'p', count: 2 },
        { project: 'q', count: 2 },
      ],
    });
    const freeze = (expectedCount: number) =>
      call('freezeEverything', { body: { reason: 'the warehouse burns', expectedCount } });
    await expect(freeze(400)).rejects.toMatchObject({ code: 'plan-outdated' });
    const frozen = await freeze(4);
    await expect(freeze(4)).rejects.toMatchObject({ code: 'already-exists' });

    await line.runUntil('2026-11-20T00:03:00.000Z');
    const all = () => ({ ...statuses(line, 'w'), ...prefixed(statuses(line, 'v')) });
    const still = {
      high: 'WAIT_TIME',
      low: 'WAIT_TIME',
      'q high': 'WAIT_TIME',
      'q low': 'WAIT_TIME',
    };
    expect(all()).toEqual(still);
    expect((await diagnose(line, recurring('w/low'))).blockers).toMatchObject([
      { code: 'frozen', hold: frozen.id, action: 'thaw it' },
    ]);
    const thawPlan = await call('planThaw', { params: { hold: frozen.id } });
    expect(thawPlan.stages).toEqual([
      { priority: 'HIGH', project: 'p', count: 1 },
      { priority: 'HIGH', project: 'q', count: 1 },
      { priority: 'LOW', project: 'p', count: 1 },
      { priority: 'LOW', project: 'q', count: 1 },
    ]);

    const thaw = (stage: object, rev: number) =>
      call('thawHold', { params: { hold: frozen.id }, body: stage, ifMatch: rev });
    await thaw({ priority: 'HIGH' }, 1);
    await line.run(120);
    expect(all()).toEqual({ ...still, high: 'SUCCESS', 'q high': 'SUCCESS' });
    await expect(thaw({ priority: 'HIGH' }, 2)).rejects.toMatchObject({ code: 'nothing-changed' });
    await thaw({ projects: ['q'] }, 2);
    await line.run(120);
    expect(all()).toMatchObject({ low: 'WAIT_TIME', 'q low': 'SUCCESS' });
    expect(await thaw({ all: true, comment: 'water works' }, 3)).toMatchObject({ over: true });
    await line.run(120);
    expect(all()).toMatchObject({ low: 'SUCCESS' });

    const entries = await auditOf({ object: 'everything' });
    expect(entries.map(({ action }) => action)).toEqual(['thaw', 'thaw', 'thaw', 'freeze']);
    expect(entries.map(({ actor }) => actor)).toEqual(['ann', 'ann', 'ann', 'ann']);
    expect(entries[0]).toMatchObject({ reason: 'water works', detail: { after: { all: true } } });
  });

  it('meets who may start however many are kept before them', async () => {
    await start();
    await line.saveProject({ name: 'q' });
    const many = Array.from({ length: 60 }, (_, n) => work(`t${n}`));
    await line.publish({ workflow: 'w', schedule: midnight, tasks: many });
    await line.publish(
      { workflow: 'v', schedule: { every: 'day', at: '00:02' }, tasks: [work('x')] },
      { project: 'q' },
    );
    await line.generate('2026-11-19');
    await line.generate('2026-11-19', { project: 'q' });
    const { id } = await hold({ kind: 'everything' });
    await hold({ kind: 'project', project: 'p' });
    await line.runUntil('2026-11-20T00:04:00.000Z');
    await lift(id);
    await line.runUntil('2026-11-20T00:06:00.000Z');
    expect(statuses(line, 'v')).toEqual({ x: 'SUCCESS' });
    expect(new Set(Object.values(statuses(line, 'w')))).toEqual(new Set(['WAIT_TIME']));
  });
});

const prefixed = (of: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(of).map(([name, status]) => [`q ${name}`, status]));
