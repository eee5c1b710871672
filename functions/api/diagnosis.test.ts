import { afterEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { decisionOn } from '../../tests/line/diagnose.ts';
import { recurring, work } from '../../tests/line/line-tasks.ts';
import { type Line, type LineOptions, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
const midnight = { every: 'day', at: '00:00' } as const;
const bizDate = '2026-11-19';
const id = (task: string, workflow = 'w') => recurring(`${workflow}/${task}`);
const noRetry = { retries: { count: 0 } } as const;

const start = async (options: LineOptions = {}) => {
  line = await startLine({ at: '2026-11-19T23:59:30.000Z', ...options });
  api = startApi(line.stores, line.clock);
};
const why = (task: string, call = api.as('ollie', ['operator'])) =>
  call('diagnoseInstance', { params: { instance: task.includes('~') ? task : id(task) } });
const statesOf = ({ steps }: Awaited<ReturnType<typeof why>>) =>
  steps.map(({ step, state }) => `${step} ${state}`);
const failing = (...tasks: string[]): LineOptions => ({
  fateOf: ({ instanceId }) => ({
    seconds: 30,
    how: tasks.some((task) => instanceId.includes(`~${task}~`)) ? 'fails' : 'succeeds',
  }),
});
afterEach(() => line.close());

describe('the diagnosis of an instance', () => {
  it('N64 shows five steps in order, each with state and time, and highlights the one that blocks', async () => {
    await start();
    await line.publish({
      ...{ workflow: 'w', schedule: { every: 'day', at: '00:05' } },
      tasks: [work('a'), work('b', { upstreams: ['a'] })],
    });
    await line.generate(bizDate);
    await line.run(10);
    const time = await why('a');
    expect(statesOf(time)).toEqual([
      ...['upstream pass', 'time waiting', 'throttle later', 'resource later', 'execution later'],
    ]);
    expect(time).toMatchObject({ blocking: 'time', clearsAt: '2026-11-20T00:05:00.000Z' });
    expect(time.steps.filter(({ blocking }) => blocking).map(({ step }) => step)).toEqual(['time']);
    expect(time.steps[0]?.since).not.toBeNull();
    expect(time.hints).toEqual(['no-upstream']);
    expect(time.blockers[0]?.actions).toMatchObject([{ operation: 'force-rerun', allowed: true }]);

    await line.runUntil('2026-11-20T00:05:02.000Z');
    expect(statesOf(await why('a'))).toEqual([
      ...['upstream pass', 'time pass', 'throttle pass', 'resource pass', 'execution running'],
    ]);
    const upstream = await why('b');
    expect(upstream.blocking).toBe('upstream');
    expect(upstream.upstream).toMatchObject({
      total: 1,
      items: [{ id: id('a'), status: 'RUNNING', met: false, hidden: false }],
      roots: [{ id: id('a'), state: 'running', level: 1, needsPerson: false }],
    });
    await line.run(120);
    const ended = await why('b');
    expect(statesOf(ended).at(-1)).toBe('execution pass');
    expect(ended).toMatchObject({ blocking: null, execution: { status: 'SUCCESS', attempts: 1 } });
    expect(ended.execution.seconds).toBeGreaterThan(0);
  });

  it('N65 names the root blockers at any depth: failed, paused, held, never generated, running', async () => {
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: instanceId.includes('~long~') ? 600 : 30,
        how: instanceId.includes('~broken~') ? 'fails' : 'succeeds',
      }),
    });
    const names = Array.from({ length: 12 }, (_, n) => `n${n}`);
    await line.publish({
      ...{ workflow: 'w', schedule: midnight },
      tasks: [
        work('broken', noRetry),
        work('stopped'),
        work('kept'),
        work('long'),
        ...names.map((name, n) =>
          work(name, {
            upstreams: n === 0 ? ['broken', 'stopped', 'kept', 'long'] : [`n${n - 1}`],
          }),
        ),
      ],
    });
    await line.generate(bizDate);
    const call = api.as('ollie', ['operator']);
    const task = { params: { project: 'p', workflow: 'w', task: 'stopped' } };
    await call('pauseTask', { ...task, body: { comment: 'broken source' } });
    await call('holdInstance', {
      ...{ params: { instance: id('kept') }, body: { reason: 'late file' } },
    });
    await line.run(75);
    await call('pauseInstance', { params: { instance: id('n5') }, body: {} });
    await line.run(1);

    const { upstream, steps, blocking } = await why('n11');
    expect(blocking).toBe('upstream');
    expect(steps[0]?.state).toBe('blocked');
    expect(upstream.searched).toEqual({ instances: 15, levels: 12, complete: true });
    const found = Object.fromEntries(
      upstream.roots.map(({ task, state, level, actions }) => [
        task,
        [state, level, actions.map(({ operation }) => operation).join()],
      ]),
    );
    expect(found).toEqual({
      broken: ['failed', 12, 'rerun,set-success,force-rerun'],
      stopped: ['kept', 12, 'resume-task'],
      kept: ['kept', 12, 'unhold'],
      long: ['running', 12, ''],
      n5: ['kept', 6, 'resume'],
    });
    expect(upstream.roots.find((root) => root.task === 'broken')?.error).toBeDefined();
  });

  it('N65 finds an ancestor that was never generated, and says which day to generate', async () => {
    await start();
    await line.publish({
      ...{ workflow: 'w', schedule: midnight },
      tasks: [
        work('a', { selfDependent: true } as never),
        work('b', { upstreams: ['a'] }),
        work('c', { upstreams: ['b'] }),
      ],
    });
    await line.generate(bizDate);
    const before = recurring('w/a', { bizDate: '2026-11-18' });
    await line.stores.instances.putEdges([{ child: id('a'), parent: before }]);
    await line.run(60);
    const { upstream, steps } = await why('c');
    expect(steps[0]?.state).toBe('blocked');
    expect(upstream.roots).toMatchObject([
      {
        ...{ id: before, state: 'missing', level: 3, needsPerson: true },
        actions: [
          { operation: 'generate', target: { kind: 'day', bizDate: '2026-11-18' }, allowed: true },
        ],
      },
    ]);
  });

  it('N66 lists the rule, who holds its slots and the place in the queue', async () => {
    await start({ fateOf: () => ({ seconds: 50, how: 'succeeds' }), limitOf: () => 1 });
    const admin = api.as('root', ['admin']);
    await admin('createThrottleRule', {
      body: { name: 'lane', scope: { projects: ['p'] }, maxConcurrency: 1 },
    });
    await line.publish({
      ...{ workflow: 'w', schedule: midnight },
      tasks: [work('a', { priority: 'HIGH' }), work('b'), work('c', { priority: 'LOW' })],
    });
    await line.generate(bizDate);
    await line.run(45);
    const all = await Promise.all(['a', 'b', 'c'].map((task) => why(task)));
    const tasks = ['a', 'b', 'c'].filter((_, n) => all[n]?.status === 'THROTTLED');
    const [holder] = ['a', 'b', 'c'].filter((task) => !tasks.includes(task));
    expect(tasks).toHaveLength(2);
    // The queue goes by priority, so by name here.
    for (const [n, task] of tasks.entries()) {
      const { pools, steps, blockers } = await why(task);
      expect(steps.map(({ state }) => state)).toEqual([
        ...['pass', 'pass', 'waiting', 'pass', 'later'],
      ]);
      expect(pools).toMatchObject([
        {
          ...{ pool: 'throttle:lane', kind: 'throttle', limit: 1, used: 1, position: n + 1 },
          ...{ waiting: { count: 2, more: false }, holders: [{ id: id(holder ?? '') }] },
        },
      ]);
      expect(blockers[0]?.actions.map(({ operation, allowed }) => [operation, allowed])).toEqual([
        ['set-priority', true],
        ['raise-limit', false],
        ['terminate', true],
      ]);
    }
    const [first = ''] = tasks;
    expect((await why(first, admin)).blockers[0]?.actions[1]).toMatchObject({
      ...{ operation: 'raise-limit', allowed: true },
    });
  });

  it('N66 lists the holders of a resource group and since when it waits for it', async () => {
    await start({ fateOf: () => ({ seconds: 50, how: 'succeeds' }), limitOf: () => 1 });
    await line.stores.catalog.saveGroup({ name: 'g', slots: 1 }, undefined);
    await line.publish({
      ...{ workflow: 'w', schedule: midnight },
      tasks: [work('a', { resourceGroup: 'g' }), work('b', { resourceGroup: 'g' })],
    });
    await line.generate(bizDate);
    await line.run(45);
    const waits = (await why('a')).status === 'RUNNING' ? 'b' : 'a';
    const { steps, pools, blockers } = await why(waits);
    expect(steps[3]).toMatchObject({ step: 'resource', state: 'waiting', blocking: true });
    expect(pools).toMatchObject([
      { kind: 'resource', name: 'g', holders: [{ id: id(waits === 'a' ? 'b' : 'a') }] },
    ]);
    expect(pools[0]?.since).toBe(steps[3]?.since);
    expect(blockers[0]?.actions.map(({ operation }) => operation)).toEqual([
      ...['set-priority', 'set-resource-group', 'raise-limit', 'terminate'],
    ]);
  });

  it('N67 is refused for a one-time instance, not for a workflow that was started by hand', async () => {
    await start();
    const call = api.as('ollie', ['operator']);
    await line.publish({ workflow: 'alone', tasks: [work('t')] });
    await line.publish({ workflow: 'chain', tasks: [work('t'), work('u', { upstreams: ['t'] })] });
    const runOf = async (workflow: string) =>
      (await call('startWorkflow', { params: { project: 'p', workflow }, body: {} })).run;
    const [alone, chain] = [await runOf('alone'), await runOf('chain')];
    await line.run(1);
    await expect(why(`${alone}~t~1`)).rejects.toMatchObject({
      ...{ status: 409, code: 'one-time-instance' },
      message: expect.stringContaining('one-time instances are not diagnosed'),
    });
    expect(await call('getInstance', { params: { instance: `${alone}~t~1` } })).toMatchObject({
      oneTime: true,
    });
    expect((await why(`${chain}~u~1`)).blocking).toBe('upstream');
    expect(await call('getInstance', { params: { instance: `${chain}~t~1` } })).toMatchObject({
      oneTime: false,
    });
  });

  it('says what failed in which way, what is left to try, and what can be done about it', async () => {
    await start(failing('a'));
    await line.publish({
      ...{ workflow: 'w', schedule: midnight },
      tasks: [work('a', { retries: { count: 1, intervalSeconds: 60 } })],
    });
    await line.generate(bizDate);
    await line.run(65);
    const retrying = await why('a');
    expect(retrying).toMatchObject({
      ...{ blocking: 'time', execution: { attempts: 1, retriesLeft: 0 } },
      blockers: [{ code: 'retry-wait' }],
    });
    expect(retrying.execution.retryAt).toBeDefined();
    await line.run(200);
    const failed = await why('a');
    expect(failed).toMatchObject({
      ...{ blocking: 'execution', execution: { status: 'FAILED', attempts: 2, retriesLeft: 0 } },
    });
    expect(statesOf(failed).at(-1)).toBe('execution failed');
    expect(failed.execution.errorHint).toBeDefined();
    expect(failed.execution.actions.map(({ operation }) => operation)).toEqual([
      ...['rerun', 'set-success', 'force-rerun'],
    ]);
    const viewer = await why('a', api.as('vera', ['viewer']));
    expect(viewer.execution.actions.every(({ allowed }) => !allowed)).toBe(true);
  });

  it('shows of foreign projects no more than that they are there', async () => {
    await start(failing('a'));
    await line.saveProject({ name: 'q', members: [{ user: 'olga', role: 'operator' }] });
    await line.publish({ workflow: 'w', schedule: midnight, tasks: [work('a', noRetry)] });
    await line.publish(
      {
        ...{ workflow: 'v', schedule: midnight },
        tasks: [work('b', { upstreams: [{ project: 'p', workflow: 'w', task: 'a' } as never] })],
      },
      { project: 'q' } as never,
    );
    await line.generate(bizDate);
    await line.generate(bizDate, { project: 'q' });
    await line.run(120);
    const instance = recurring('v/b', { project: 'q' });
    const { upstream } = await why(instance, api.as('olga'));
    expect(upstream.roots).toMatchObject([{ id: id('a'), state: 'failed', hidden: true }]);
    expect(upstream.roots[0]?.error).toBeUndefined();
    expect(upstream.roots[0]?.actions.every(({ allowed }) => !allowed)).toBe(true);
  });

  it('N64 never disagrees with dispatch while a day runs', async () => {
    await start({
      fateOf: ({ instanceId, attempt }) => ({
        seconds: 20,
        how: instanceId.includes('~c~') && attempt === 1 ? 'fails' : 'succeeds',
      }),
      limitOf: () => 2,
    });
    await line.stores.catalog.saveGroup({ name: 'g', slots: 2 }, undefined);
    const group = { resourceGroup: 'g', ...noRetry };
    await line.publish({
      ...{ workflow: 'w', schedule: midnight },
      tasks: [
        ...['a', 'b', 'c', 'd'].map((name) => work(name, group)),
        work('e', { ...group, upstreams: ['a', 'b'] }),
        work('f', { ...group, upstreams: ['c', 'e'] }),
      ],
    });
    await line.generate(bizDate);
    for (let round = 0; round < 8; round += 1) {
      await line.run(15);
      for (const task of ['a', 'b', 'c', 'd', 'e', 'f']) {
        const [explained, decided] = [await why(task), await decisionOn(line, id(task))];
        expect(explained.decision).toBe(decided.decision);
        const [first] = decided.blockers.filter(({ step }) => step !== 'paused');
        const step = decided.decision === 'wait' ? (first?.step ?? 'execution') : undefined;
        if (step) expect(explained.blocking).toBe(step);
      }
    }
  });
});
