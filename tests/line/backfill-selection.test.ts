import { afterEach, describe, expect, it } from 'vitest';
import { generationOf } from '../../shared/domain/run/generation-of.ts';
import {
  type Desk,
  daily,
  datesFrom,
  failsOn,
  inProject,
  noRetry,
  openDesk,
} from './backfill-desk.ts';
import { work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
let desk: Desk;
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-20T10:00:30.000Z', ...options });
  desk = openDesk(line);
};
afterEach(async () => {
  const { failures, seen, machines } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
  expect(seen.slotsInUse()).toBe(0);
  expect(machines.mostAtOnce()).toBeLessThanOrEqual(1);
});

const foreign = (task: string) => ({ upstreams: [{ project: 'p', workflow: 'w', task }] });
const host = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };

describe('what a backfill selects, on the line', () => {
  it('N54 N55 refuses more than 2,000 tasks in a list; massive mode takes them, filtered, and tells how far it is', async () => {
    await start();
    const many = Array.from({ length: 2_001 }, (_, n) => ({
      name: `t${n}`,
      kind: 'noop' as const,
      upstreams: ['a'],
    }));
    await line.publish({ workflow: 'w', schedule: daily, tasks: [work('a'), ...many] });
    await expect(desk.backfill(['p/w/a'], { selection: { levels: 'all' } })).rejects.toMatchObject({
      code: 'too-many-tasks',
      problem: { detail: expect.stringContaining('massive mode') },
    });
    const made = await desk.call('createBackfill', {
      ...inProject,
      body: {
        dates: datesFrom('2026-11-01'),
        selection: {
          roots: ['p/w/a'],
          mode: 'massive',
          filters: [{ key: 'NODE_NAME', op: 'exclude', values: ['t0'] }],
        },
      },
    });
    expect(made).toMatchObject({
      status: 'NOT_RUN',
      creation: { status: 'REQUESTED', percent: 0 },
    });
    const request = await line.stores.instances.findRequest(made.request ?? '');
    if (!request) throw new Error('nothing was asked for');
    const { id } = made;
    const plan = await line.stages().plan(generationOf(request), host);
    expect(plan.chunks).toHaveLength(2);
    await line.stages().chunk(plan.chunks[1] ?? { generationId: '', n: 0 }, host);
    expect(await desk.view(id)).toMatchObject({
      instances: 2_001,
      creation: { status: 'REQUESTED', percent: 50 },
    });
  }, 30_000);

  it('N55 massive mode honours each filter, including and excluding', async () => {
    await start();
    await line.saveProject({ name: 'q' });
    await line.publish({
      workflow: 'w',
      schedule: daily,
      tasks: [
        work('a'),
        { name: 'b', kind: 'sql', sql: 'SELECT 1', writes: 'sales', upstreams: ['a'] },
        work('c', { upstreams: ['b'], outputs: ['rows'] }),
        work('d', { upstreams: ['a'] }),
      ],
    });
    const other = { workflow: 'x', schedule: daily, tasks: [work('e', foreign('c'))] };
    await line.publish(other, { project: 'q' });
    const chosen = async (...filters: readonly [string, 'include' | 'exclude', ...string[]][]) => {
      const { tasks } = await desk.call('previewBackfill', {
        ...inProject,
        body: {
          dates: datesFrom('2026-11-01'),
          selection: {
            roots: ['p/w/a'],
            mode: 'massive',
            filters: filters.map(([key, op, ...values]) => ({ key: key as 'PROJECT', op, values })),
          },
        },
      });
      return tasks.filter(({ how }) => how === 'run').map(({ task }) => task.split('/')[2]);
    };
    expect(await chosen()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await chosen(['PROJECT', 'exclude', 'q'])).toEqual(['a', 'b', 'c', 'd']);
    expect(await chosen(['PROJECT', 'include', 'q'])).toEqual(['a', 'e']);
    expect(await chosen(['NODE_NAME', 'include', 'd'])).toEqual(['a', 'd']);
    expect(await chosen(['NODE_ID', 'exclude', 'p/w/d', 'q/x/e'])).toEqual(['a', 'b', 'c']);
    expect(await chosen(['NODE_OUTPUT_NAME', 'include', 'sales', 'rows'])).toEqual(['a', 'b', 'c']);
    expect(await chosen(['TARGETS', 'include', 'p/w/c'])).toEqual(['a', 'b', 'c']);
    expect(await chosen(['SOURCES', 'exclude', 'p/w/c'])).toEqual(['a', 'b', 'd']);
    expect(await chosen(['SOURCES', 'include', 'p/w/b'], ['PROJECT', 'include', 'p'])).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('N56 makes the cycles of hour tasks that fall due within the window', async () => {
    await start();
    await line.publish({
      workflow: 'w',
      schedule: { every: 'hour', interval: 1 },
      tasks: [work('h', { selfDependent: true }), work('d', { upstreams: ['h'], schedule: daily })],
    });
    const id = await desk.backfill(['p/w/h', 'p/w/d'], {
      dates: datesFrom('2026-11-01'),
      window: { from: '06:00', to: '08:59' },
    });
    await line.run(120);
    expect(desk.statuses(id)).toEqual({
      '01 d': 'SUCCESS',
      '01 h/7': 'SUCCESS',
      '01 h/8': 'SUCCESS',
      '01 h/9': 'SUCCESS',
    });
  });

  it('N57 keeps the chain: what stands between selected tasks is dry-run, what stands beside them is not made', async () => {
    await start();
    await line.publish({
      workflow: 'w',
      schedule: daily,
      tasks: [
        work('a'),
        work('between', { upstreams: ['a'] }),
        work('beside', { upstreams: ['a'] }),
        work('c', { upstreams: ['between', 'beside'] }),
        work('below', { upstreams: ['c'] }),
      ],
    });
    await line.publish({
      workflow: 'v',
      schedule: daily,
      tasks: [work('x', { upstreams: [{ workflow: 'w', task: 'c' }] })],
    });
    const id = await desk.backfill(['p/w/a'], {
      dates: datesFrom('2026-11-01'),
      selection: { tasks: ['p/w/c', 'p/v/x'] },
    });
    await line.run(120);
    expect(
      Object.fromEntries(desk.instancesOf(id).map(({ task, outcome }) => [task, outcome])),
    ).toEqual({ a: 'ran', between: 'dry-run', beside: 'dry-run', c: 'ran', x: 'ran' });
    const started = (task: string) =>
      desk.instancesOf(id).find((each) => each.task === task)?.startedAt ?? '';
    expect(started('a') < started('c') && started('c') < started('x')).toBe(true);

    const below = await desk.backfill(['p/w/c'], {
      dates: datesFrom('2026-11-02'),
      selection: { levels: 1, includeRoot: false },
    });
    await line.run(120);
    expect(
      Object.fromEntries(desk.instancesOf(below).map(({ task, outcome }) => [task, outcome])),
    ).toEqual({ c: 'dry-run', below: 'ran', x: 'ran' });
  });

  it('fills only what is missing, or what failed, and keeps the order of what is left', async () => {
    await start(failsOn('b', '2026-11-16'));
    await desk.chain(noRetry);
    await line.publish({
      workflow: 'w',
      schedule: daily,
      tasks: [
        work('a'),
        work('b', { upstreams: ['a'], ...noRetry }),
        work('c', { upstreams: ['b'] }),
      ],
    });
    for (const date of ['2026-11-15', '2026-11-16']) await line.generate(date);
    await line.run(60);
    const asked = (existing: 'missing' | 'failed') => ({
      selection: { roots: ['p/w'] },
      dates: datesFrom('2026-11-15', '2026-11-17'),
      existing,
    });
    const failed = await desk.call('previewBackfill', { ...inProject, body: asked('failed') });
    expect(failed).toMatchObject({ instances: 1, days: [{ bizDate: '2026-11-16' }] });
    const { id } = await desk.call('createBackfill', { ...inProject, body: asked('missing') });
    await line.run(60);
    expect(Object.keys(desk.statuses(id))).toEqual(['16 b', '16 c', '17 a', '17 b', '17 c']);
    expect((await desk.view(id)).status).toBe('FAILED');
  });

  it('works on paused tasks and offline workflows; keeps them waiting where that was asked for', async () => {
    await start();
    await desk.chain();
    const task = { params: { project: 'p', workflow: 'w', task: 'b' } };
    await desk.call('pauseTask', { ...task, body: {} });
    await line.takeOffline('w');
    const id = await desk.backfill(['p/w'], { dates: datesFrom('2026-11-01') });
    const kept = await desk.backfill(['p/w'], {
      dates: datesFrom('2026-11-02'),
      pausedTasks: 'keep',
    });
    const below = await desk.backfill(['p/w/a'], {
      dates: datesFrom('2026-11-03'),
      selection: { levels: 'all' },
    });
    await line.run(180);
    expect(desk.statuses(id)).toEqual({ '01 a': 'SUCCESS', '01 b': 'SUCCESS', '01 c': 'SUCCESS' });
    expect(desk.statuses(kept)).toEqual({
      '02 a': 'SUCCESS',
      '02 b': 'NOT_RUN',
      '02 c': 'NOT_RUN',
    });
    expect(desk.statuses(below)).toEqual({ '03 a': 'SUCCESS' });
  });
});
