import { afterEach, describe, expect, it } from 'vitest';
import { queueStripeOf } from '../../functions/stores/instances-table.ts';
import { ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { diagnose } from './diagnose.ts';
import { recurring, statuses, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-19T23:50:00.000Z', ...options });
};
afterEach(async () => {
  const { failures, seen } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
});

const midnight = { every: 'day', at: '00:00' } as const;
const rule = (name: string, maxConcurrency: number, more: object = {}) =>
  line.stores.catalog.saveRule(
    ThrottleRule.parse({ name, maxConcurrency, scope: { projects: ['p'] }, ...more }),
    undefined,
  );
const group = (name: string, slots: number) =>
  line.stores.catalog.saveGroup({ name, slots }, undefined);
const slow: LineOptions = { fateOf: () => ({ seconds: 30, how: 'succeeds' }) };
/** Tasks in the order in which their attempts were claimed. */
const startOrder = () =>
  line.seen
    .instances()
    .filter(({ startedAt, attempt }) => startedAt && attempt > 0)
    .toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1))
    .map(({ task }) => task);

describe('the gate, on the line', () => {
  it('N15 N16 N21 waits as NOT_RUN for its upstream, as WAIT_TIME for its time, and starts when both have come', async () => {
    await start(slow);
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [
        work('a'),
        work('b', { upstreams: ['a'] }),
        work('later', { upstreams: ['a'], schedule: { every: 'day', at: '00:02' } }),
      ],
    });
    await line.generate('2026-11-19');
    expect(statuses(line, 'w')).toEqual({ a: 'WAIT_TIME', b: 'NOT_RUN', later: 'NOT_RUN' });
    await line.runUntil('2026-11-20T00:00:10.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'RUNNING', b: 'NOT_RUN', later: 'NOT_RUN' });
    expect(await diagnose(line, recurring('w/b'))).toMatchObject({
      status: 'NOT_RUN',
      blockers: [{ step: 'upstream', code: 'parent-running', instance: recurring('w/a') }],
    });
    await line.runUntil('2026-11-20T00:00:40.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'RUNNING', later: 'WAIT_TIME' });
    expect(await diagnose(line, recurring('w/later'))).toMatchObject({
      status: 'WAIT_TIME',
      blockers: [{ step: 'time', clearsAt: '2026-11-20T00:02:00.000Z' }],
    });
    await line.runUntil('2026-11-20T00:02:00.000Z');
    expect(await line.find(recurring('w/later'))).toMatchObject({
      status: 'RUNNING',
      startedAt: '2026-11-20T00:02:00.000Z',
    });
  });

  it('N7 turns a dry run to SUCCESS without code, only after upstream success and due time', async () => {
    await start(slow);
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [
        work('a'),
        work('dry', { upstreams: ['a'], dryRun: true }),
        work('dryLater', { dryRun: true, schedule: { every: 'day', at: '00:01' } }),
        work('below', { upstreams: ['dry'] }),
      ],
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:25.000Z');
    expect(statuses(line, 'w')).toMatchObject({ dry: 'NOT_RUN', dryLater: 'WAIT_TIME' });
    expect(await diagnose(line, recurring('w/dry'))).toMatchObject({ status: 'NOT_RUN' });
    await line.runUntil('2026-11-20T00:02:00.000Z');
    expect(await line.find(recurring('w/dry'))).toMatchObject({
      ...{ status: 'SUCCESS', outcome: 'dry-run', attempt: 0 },
      endedAt: '2026-11-20T00:00:30.000Z',
    });
    expect(await line.find(recurring('w/dryLater'))).toMatchObject({
      ...{ status: 'SUCCESS', outcome: 'dry-run', attempt: 0 },
      endedAt: '2026-11-20T00:01:00.000Z',
    });
    expect(statuses(line, 'w')).toMatchObject({ below: 'SUCCESS' });
  });

  it('N17 is THROTTLED while a rule is full and leaves it as soon as a slot frees', async () => {
    await start({ ...slow, limitOf: () => 2 });
    await rule('two', 2);
    const tasks = ['a', 'b', 'c', 'd', 'e'].map((name) => work(name));
    await line.publish({ workflow: 'w', schedule: midnight, tasks });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:10.000Z');
    const tally = () => Object.values(statuses(line, 'w')).toSorted().join(' ');
    expect(tally()).toBe('RUNNING RUNNING THROTTLED THROTTLED THROTTLED');
    const waiter = line.seen.instances().find(({ status }) => status === 'THROTTLED');
    expect(await diagnose(line, waiter?.id ?? '')).toMatchObject({
      status: 'THROTTLED',
      blockers: [{ step: 'throttle', code: 'rule-full', pool: 'throttle:two' }],
    });
    await line.runUntil('2026-11-20T00:00:31.000Z');
    expect(tally()).toBe('RUNNING RUNNING SUCCESS SUCCESS THROTTLED');
    await line.runUntil('2026-11-20T00:02:00.000Z');
    expect(tally()).toBe('SUCCESS SUCCESS SUCCESS SUCCESS SUCCESS');
    expect(line.seen.slotsInUse()).toBe(0);
  });

  it('N18 passes the rule and waits as WAIT_RESOURCE while its group has no slot', async () => {
    await start({ ...slow, limitOf: (pool) => (pool === 'group:etl' ? 1 : 5) });
    await rule('five', 5);
    await group('etl', 1);
    const tasks = ['a', 'b'].map((name) => work(name, { resourceGroup: 'etl' }));
    await line.publish({ workflow: 'w', schedule: midnight, tasks });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:10.000Z');
    expect(Object.values(statuses(line, 'w')).toSorted()).toEqual(['RUNNING', 'WAIT_RESOURCE']);
    const waiter = line.seen.instances().find(({ status }) => status === 'WAIT_RESOURCE');
    expect((await diagnose(line, waiter?.id ?? '')).blockers).toMatchObject([
      {
        step: 'resource',
        code: 'group-full',
        holder: expect.stringContaining('etl (1 of 1 slots)'),
      },
    ]);
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
  });

  it('N19 lets the higher priority leave the queue first, ties by due time', async () => {
    const seconds = { holder: 130 } as Record<string, number>;
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: seconds[instanceId.split('~')[6] ?? ''] ?? 30,
        how: 'succeeds',
      }),
      limitOf: () => 1,
    });
    await rule('one', 1);
    const at = (minute: string) => ({ schedule: { every: 'day', at: `00:${minute}` } as const });
    await line.publish({
      workflow: 'w',
      tasks: [
        work('holder', { ...at('00'), timeoutSeconds: 200 }),
        work('lowFirst', { ...at('01'), priority: 'LOW' }),
        work('middleLater', { ...at('02'), priority: 'MIDDLE' }),
        work('middleFirst', { ...at('01'), priority: 'MIDDLE' }),
        work('lowLater', { ...at('02'), priority: 'LOW' }),
        work('lowest', { ...at('01'), priority: 'LOWEST' }),
        work('child', { ...at('00'), upstreams: ['holder'], priority: 'LOWEST' }),
      ],
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:07:00.000Z');
    expect(startOrder()).toEqual([
      ...['holder', 'middleFirst', 'middleLater', 'lowFirst', 'lowLater', 'child', 'lowest'],
    ]);
  });

  it('N19 gives the first slot to the higher priority when all fall due in the same second', async () => {
    await start({ ...slow, limitOf: () => 1 });
    await rule('one', 1);
    const tasks = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, n) =>
      work(name, {
        priority: (['LOWEST', 'LOW', 'LOW', 'MIDDLE', 'LOW', 'LOWEST', 'LOWEST'] as const)[n],
      }),
    );
    await line.publish({ workflow: 'w', schedule: midnight, tasks });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:05:00.000Z');
    expect(startOrder()).toEqual(['d', 'b', 'c', 'e', 'a', 'f', 'g']);
  });

  it.each([1, 2, 3])(
    'N19 gives the first slot to the higher priority when each has a wait and a stripe of its own, order %i',
    async (seed) => {
      await start({
        ...slow,
        ...{ seed, at: '2026-11-19T23:59:00.000Z', limitOf: () => 1 },
        shuffle: { shards: 3, largest: 2, doubled: 0.3 },
      });
      await rule('one', 1);
      const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}${seed}`);
      const tasks = names.map((name, n) =>
        work(name, {
          priority: (['LOWEST', 'LOW', 'LOW', 'MIDDLE', 'LOW', 'LOWEST', 'LOWEST'] as const)[n],
        }),
      );
      await line.publish({ workflow: 'w', schedule: midnight, tasks });
      await line.generate('2026-11-19');
      const stripes = new Set(names.map((name) => queueStripeOf(recurring(`w/${name}`))));
      expect(stripes.size).toBeGreaterThan(2);
      await line.runUntil('2026-11-20T00:05:00.000Z');
      expect(startOrder()).toEqual(['d', 'b', 'c', 'e', 'a', 'f', 'g'].map((one) => one + seed));
    },
  );

  it('N19 gives the first slot to the child of the higher priority when one success lets all of them go', async () => {
    await start({ ...slow, limitOf: () => 1 });
    await rule('one', 1);
    const below = ['b', 'c', 'd', 'e'].map((name, n) =>
      work(name, {
        upstreams: ['a'],
        priority: (['LOWEST', 'LOW', 'MIDDLE', 'LOW'] as const)[n],
      }),
    );
    await line.publish({ workflow: 'w', schedule: midnight, tasks: [work('a'), ...below] });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:05:00.000Z');
    expect(startOrder()).toEqual(['a', 'd', 'c', 'e', 'b']);
  });

  it('a slot kept for one who was passed over goes to that one, not to the head of the queue, and is free again when it is not wanted', async () => {
    await start({ ...slow, limitOf: () => 1 });
    await group('g', 1);
    const tasks = [
      work('holder', { resourceGroup: 'g', priority: 'MIDDLE' }),
      work('head', { resourceGroup: 'g', priority: 'LOW' }),
      work('last', { resourceGroup: 'g', priority: 'LOWEST' }),
      work('gone', { resourceGroup: 'g', priority: 'LOWEST' }),
    ];
    await line.publish({ workflow: 'w', schedule: midnight, tasks });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:10.000Z');
    const keep = (task: string) =>
      line.stores.instances.reserve('prod', recurring(`w/${task}`), [
        { pool: 'group:g', stripe: 0 },
      ]);
    await keep('last');
    await line.runUntil('2026-11-20T00:00:35.000Z');
    expect(startOrder()).toEqual(['holder', 'last']);

    await keep('gone');
    await line.operate(recurring('w/gone'), {
      move: 'terminate',
      set: { outcome: 'terminated' },
    });
    await line.runUntil('2026-11-20T00:01:05.000Z');
    expect(startOrder()).toEqual(['holder', 'last', 'head']);
  });

  it('N20 pauses one cycle only, as a flag', async () => {
    await start();
    const schedule = { every: 'minute', interval: 5, from: '00:00', to: '00:10' } as const;
    await line.publish({ workflow: 'w', schedule, tasks: [work('a')] });
    await line.generate('2026-11-19');
    const second = recurring('w/a/2', { cycle: 2 });
    await line.operate(second, { move: 'pause', reason: 'look first' });
    expect(await line.find(second)).toMatchObject({ status: 'WAIT_TIME', paused: true });
    await line.runUntil('2026-11-20T00:11:00.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', 'a/2': 'WAIT_TIME', 'a/3': 'SUCCESS' });
    expect((await diagnose(line, second)).blockers).toMatchObject([
      { step: 'paused', holder: 'this instance, paused by ann: look first', clearsAt: null },
    ]);
    await line.operate(second, { move: 'resume' });
    await line.run(6);
    expect(statuses(line, 'w')).toMatchObject({ 'a/2': 'SUCCESS' });
  });

  it('N21 starts only when upstream, time, resources and both pauses allow it, whichever comes last', async () => {
    const conditions = ['upstream', 'time', 'slot', 'instance', 'task'] as const;
    for (const last of conditions) {
      await start({ ...slow, limitOf: () => 1 });
      await group('g', 1);
      await line.publish({
        workflow: 'w',
        schedule: midnight,
        tasks: [
          work('up'),
          work('holder', { resourceGroup: 'g' }),
          work('t', {
            resourceGroup: 'g',
            upstreams: ['up'],
            schedule: { every: 'day', at: '00:03' },
          }),
        ],
      });
      const state = { env: 'prod', project: 'p', workflow: 'w', task: 't' } as const;
      const { catalog } = line.stores;
      await catalog.saveTaskState(
        { ...state, paused: { since: line.clock(), by: 'ann' } },
        undefined,
      );
      await line.generate('2026-11-19');
      const id = recurring('w/t');
      await line.operate(id, { move: 'pause' });
      if (last === 'upstream') await line.operate(recurring('w/up'), { move: 'pause' });
      if (last === 'slot') await line.operate(recurring('w/holder'), { move: 'pause' });

      const lift = {
        upstream: async () => {
          if (last === 'upstream') await line.operate(recurring('w/up'), { move: 'resume' });
        },
        time: async () => {},
        slot: async () => {},
        instance: () => line.operate(id, { move: 'resume' }),
        task: () => catalog.saveTaskState(state, 1),
      };
      await line.runUntil(
        last === 'time' ? '2026-11-20T00:01:00.000Z' : '2026-11-20T00:02:40.000Z',
      );
      if (last === 'slot') {
        await line.operate(recurring('w/holder'), { move: 'resume' });
        await line.run(1);
      }
      for (const each of conditions) if (each !== last) await lift[each]();
      await line.runUntil(
        last === 'time' ? '2026-11-20T00:02:59.000Z' : '2026-11-20T00:03:05.000Z',
      );
      expect([last, (await line.find(id)).attempt]).toEqual([last, 0]);
      await lift[last]();
      await line.run(65);
      expect([last, (await line.find(id)).attempt]).toEqual([last, 1]);
      if (last !== conditions.at(-1)) await line.close();
    }
  });
});
