import { describe, expect, it } from 'vitest';
import { aGeneratedWorkflow, type WorkflowInput } from '../../testing/a-workflow.ts';
import { anInstance } from '../../testing/an-instance.ts';
import type { GeneratedWorkflow } from '../generation/plan.ts';
import { Hold } from '../hold/hold.schema.ts';
import { ThrottleRule } from '../pool/pool.schema.ts';
import { compareSimulations } from './compare-simulations.ts';
import { expectedDuration } from './expected-duration.ts';
import { countHorizon } from './plan-horizon.ts';
import { type SimulationInput, simulate } from './simulate.ts';

const work = { kind: 'http', url: 'https://example.org' } as const;
const span = { from: '2026-11-20T00:00:00.000Z', until: '2026-11-21T00:00:00.000Z' };

const simulated = (
  workflows: readonly GeneratedWorkflow[],
  fields: Partial<SimulationInput> = {},
) =>
  simulate({
    ...span,
    project: 'p',
    workflows,
    stateOf: () => undefined,
    limits: { rules: [], groups: [], holds: [] },
    expected: () => ({ seconds: 600, guessed: false }),
    ...fields,
  });

const w = (fields: WorkflowInput = {}) =>
  aGeneratedWorkflow({
    tasks: [
      { name: 'a', ...work },
      { name: 'b', ...work, upstreams: ['a'] },
    ],
    ...fields,
  });
const rule = (fields: object) =>
  ThrottleRule.parse({ name: 'r', scope: {}, maxConcurrency: 1, ...fields });
const limits = (fields: Partial<SimulationInput['limits']>) => ({
  limits: { rules: [], groups: [], holds: [], ...fields },
});

describe('a simulated night', () => {
  it('tells when each instance starts and ends, and what it waited for', () => {
    const { instances, runs } = simulated([w()]);
    expect(instances).toMatchObject([
      {
        task: 'a',
        startAt: '2026-11-20T02:00:00.000Z',
        endAt: '2026-11-20T02:10:00.000Z',
        waits: [],
      },
      {
        task: 'b',
        startAt: '2026-11-20T02:10:00.000Z',
        endAt: '2026-11-20T02:20:00.000Z',
        waits: [{ why: 'upstream', on: instances[0]?.id, seconds: 600 }],
      },
    ]);
    expect(runs).toMatchObject([
      {
        workflow: 'w',
        bizDate: '2026-11-19',
        instances: 2,
        never: 0,
        endAt: '2026-11-20T02:20:00.000Z',
      },
    ]);
  });

  it('waits for the last of several upstreams, and tells that one', () => {
    const tasks = [
      { name: 'a', ...work },
      { name: 'slow', ...work },
      { name: 'c', ...work, upstreams: ['a', 'slow'] },
    ];
    const { instances } = simulated([w({ tasks })], {
      expected: ({ task }) => ({ seconds: task === 'slow' ? 1200 : 600, guessed: false }),
    });
    expect(instances.find(({ task }) => task === 'c')).toMatchObject({
      startAt: '2026-11-20T02:20:00.000Z',
      waits: [{ why: 'upstream', on: expect.stringContaining('~slow~'), seconds: 1200 }],
    });
  });

  it('gives the slots of a pool by priority and says how full it was', () => {
    const tasks = [
      { name: 'a', ...work },
      { name: 'b', ...work, priority: 'LOW' as const },
      { name: 'c', ...work },
    ];
    const { instances, pools } = simulated([w({ tasks })], limits({ rules: [rule({})] }));
    const startOf = Object.fromEntries(
      instances.map(({ task, startAt }) => [task, startAt?.slice(11, 16)]),
    );
    expect(startOf).toEqual({ a: '02:00', c: '02:10', b: '02:20' });
    expect(pools).toEqual([
      {
        pool: 'throttle:r',
        ...{ limit: 1, maxUsed: 1, maxQueue: 2, fullSeconds: 1800, queuedSeconds: 1200 },
        full: [
          { from: '2026-11-20T02:00:00.000Z', until: '2026-11-20T02:30:00.000Z', maxQueue: 2 },
        ],
      },
    ]);
    expect(instances.find(({ task }) => task === 'b')?.waits).toEqual([
      { why: 'pool', on: 'throttle:r', seconds: 1200 },
    ]);
  });

  it('opens a closed pool when its window ends', () => {
    const windows = [{ days: ['FRI'], from: '01:00', to: '04:30', maxConcurrency: 0 }];
    const { instances } = simulated([w()], limits({ rules: [rule({ windows })] }));
    expect(instances.map(({ startAt }) => startAt?.slice(11, 16))).toEqual(['04:30', '04:40']);
  });

  it('lets a hold with an end pass and names what nobody ends', () => {
    const hold = (until?: string) =>
      Hold.parse({
        ...{ id: 'h', purpose: 'maintenance', reason: 'move', by: 'ann', since: span.from },
        target: { kind: 'task', project: 'p', workflow: 'w', task: 'a' },
        until,
      });
    const passing = simulated([w()], limits({ holds: [hold('2026-11-20T03:00:00.000Z')] }));
    expect(passing.instances[0]).toMatchObject({
      startAt: '2026-11-20T03:00:00.000Z',
      waits: [{ why: 'held', on: 'h', seconds: 3600 }],
    });
    const staying = simulated([w()], limits({ holds: [hold()] }));
    expect(staying.never).toMatchObject([
      { code: 'task-held', on: 'h', root: true },
      { code: 'parent-waiting', root: false },
    ]);
    expect(staying.runs).toMatchObject([{ never: 2 }]);
  });

  it('names who waits for what is not generated, for a pause, and for a person', () => {
    const tasks = [
      { name: 'lost', ...work, upstreams: [{ workflow: 'gone', task: 'x' }] },
      { name: 'asleep', ...work },
      { name: 'asked', kind: 'approval' as const },
    ];
    const { never } = simulated([w({ tasks })], {
      stateOf: (project, workflow, task) =>
        task === 'asleep'
          ? { env: 'prod', project, workflow, task, paused: { since: span.from, by: 'ann' } }
          : undefined,
    });
    expect(Object.fromEntries(never.map(({ id, code }) => [id.split('~')[6], code]))).toEqual({
      lost: 'parent-missing',
      asleep: 'task-paused',
      asked: 'approval-pending',
    });
  });

  it('counts who waits for an upstream that falls due behind the horizon apart', () => {
    const late = aGeneratedWorkflow({ workflow: 'late', schedule: { every: 'day', at: '06:00' } });
    const early = w({
      tasks: [{ name: 'a', ...work, upstreams: [{ workflow: 'late', task: 't' }] }],
    });
    const short = { until: '2026-11-20T04:00:00.000Z' };
    expect(simulated([early, late], short)).toMatchObject({ never: [], beyond: 1 });
    expect(simulated([early, late])).toMatchObject({ never: [], beyond: 0 });
  });

  it('takes every way of a branch, waits where a task waits, and runs nothing that is empty', () => {
    const tasks = [
      {
        name: 'a',
        kind: 'branch' as const,
        cases: [{ when: { left: 'x', op: '=' as const, right: 'y' }, take: ['b'] }],
        otherwise: ['c'],
      },
      { name: 'b', ...work, upstreams: ['a'] },
      { name: 'c', kind: 'wait' as const, seconds: 90, upstreams: ['a'] },
      { name: 'd', ...work, dryRun: true },
    ];
    const { instances } = simulated([w({ tasks })]);
    expect(
      instances.map(({ task, endAt, outcome }) => [task, endAt?.slice(11, 19), outcome]),
    ).toEqual([
      ['a', '02:00:00', 'ran'],
      ['b', '02:10:00', 'ran'],
      ['c', '02:01:30', 'ran'],
      ['d', '02:00:00', 'dry-run'],
    ]);
  });

  it('runs one run after the other where the workflow says so, or lets it expire', () => {
    const often = { schedule: { every: 'hour', interval: 6, from: '00:00', to: '06:00' } } as const;
    const slow = { expected: () => ({ seconds: 7 * 3600, guessed: false }) };
    const one = { tasks: [{ name: 'a', ...work }] };
    const ends = (concurrency: 'wait' | 'skip' | 'parallel') =>
      simulated([w({ ...often, ...one, concurrency })], slow).instances.map(
        ({ endAt, outcome }) => [endAt?.slice(11, 16), outcome],
      );
    expect(ends('parallel')).toEqual([
      ['07:00', 'ran'],
      ['13:00', 'ran'],
    ]);
    expect(ends('wait')).toEqual([
      ['07:00', 'ran'],
      ['14:00', 'ran'],
    ]);
    expect(ends('skip')).toEqual([
      ['07:00', 'ran'],
      ['06:00', 'expired'],
    ]);
  });

  it('starts no run before its upstreams because the run before it is over', () => {
    const late = aGeneratedWorkflow({
      ...{ workflow: 'late', schedule: { every: 'day', at: '09:00' } },
      tasks: [{ name: 't', ...work }],
    });
    const often = w({
      schedule: { every: 'hour', interval: 6, from: '00:00', to: '06:00' },
      concurrency: 'wait',
      tasks: [
        { name: 'first', ...work },
        {
          name: 'last',
          ...work,
          schedule: { every: 'day', at: '06:00' },
          upstreams: [{ workflow: 'late', task: 't' }],
        },
      ],
    });
    const { instances } = simulated([often, late]);
    expect(instances.find(({ task }) => task === 'last')?.startAt).toBe('2026-11-20T09:10:00.000Z');
  });

  it('goes on from what stands: what has succeeded, runs, or failed', () => {
    const workflow = w({
      tasks: [
        { name: 'done', ...work },
        { name: 'out', ...work },
        { name: 'broken', ...work },
        { name: 'after', ...work, upstreams: ['done', 'out'] },
        { name: 'stuck', ...work, upstreams: ['broken'] },
      ],
    });
    const at = { submittedAt: '2026-11-20T02:00:00.000Z', startedAt: '2026-11-20T02:00:00.000Z' };
    const here = (task: string, fields: object) =>
      anInstance({ task, kind: 'http', ...at, ...fields });
    const standing = [
      here('done', { status: 'SUCCESS', outcome: 'ran', endedAt: '2026-11-20T02:01:00.000Z' }),
      here('out', { status: 'RUNNING', attempt: 1 }),
      here('broken', { status: 'FAILED', outcome: 'failed', endedAt: '2026-11-20T02:01:00.000Z' }),
    ];
    const { instances, never } = simulated([workflow], {
      from: '2026-11-20T02:05:00.000Z',
      standing: new Map(standing.map((each) => [each.id, each])),
    });
    expect(instances.map(({ task, endAt }) => [task, endAt?.slice(11, 16)])).toEqual([
      ['broken', '02:01'],
      ['out', '02:10'],
    ]);
    expect(never).toMatchObject([{ code: 'failed' }]);
  });

  it('has herds: five minutes with many due attempts', () => {
    const tasks = Array.from({ length: 8 }, (_, n) => ({ name: `t${n}`, ...work }));
    const { herd, peaks } = simulated([
      w({ tasks }),
      aGeneratedWorkflow({
        workflow: 'x',
        schedule: { every: 'hour', interval: 1 },
        tasks: [{ name: 't', ...work }],
      }),
    ]);
    expect(herd).toHaveLength(24);
    expect(herd[2]).toEqual({ at: '2026-11-20T02:00:00.000Z', due: 9, started: 9 });
    expect(peaks).toEqual([
      {
        at: '2026-11-20T02:00:00.000Z',
        due: 9,
        quieter: { at: '2026-11-20T02:05:00.000Z', due: 0 },
      },
    ]);
  });

  it('marks what a change of clocks does to the fires', () => {
    const berlin = { zone: 'Europe/Berlin' };
    const marks = (
      from: string,
      schedule: WorkflowInput['schedule'],
      dst: 'shift' | 'skip' = 'shift',
    ) =>
      simulated([aGeneratedWorkflow({ schedule }, { ...berlin, dst })], {
        from: `${from}T00:00:00.000Z`,
        until: `${from}T12:00:00.000Z`,
      });
    const night = { every: 'day', at: '02:30' } as const;
    const spring = marks('2026-03-29', night);
    const at = '2026-03-29T01:00:00.000Z';
    expect(spring.dst).toEqual([
      { kind: 'shifted', at, local: '2026-03-29T02:30', workflow: 'w', zone: 'Europe/Berlin' },
    ]);
    expect(spring.instances).toHaveLength(1);
    const skipped = marks('2026-03-29', night, 'skip');
    expect(skipped.dst).toMatchObject([{ kind: 'skipped', local: '2026-03-29T02:30' }]);
    expect(skipped.instances).toHaveLength(0);
    expect(marks('2026-10-25', night).dst).toMatchObject([{ kind: 'once' }]);
    expect(marks('2026-10-25', { every: 'hour', interval: 1 }).dst).toMatchObject([
      { kind: 'doubled', local: '2026-10-25T02:00' },
    ]);
    expect(marks('2026-11-20', night).dst).toEqual([]);
  });

  it('tells only the project that was asked about, with what it waits for of others behind it', () => {
    const above = aGeneratedWorkflow(
      {
        workflow: 'source',
        schedule: { every: 'day', at: '05:00' },
        tasks: [{ name: 's', ...work }],
      },
      { project: 'q' },
    );
    const below = w({
      tasks: [{ name: 'a', ...work, upstreams: [{ project: 'q', workflow: 'source', task: 's' }] }],
    });
    const { instances, runs } = simulated([below, above]);
    expect(instances.map(({ id, startAt }) => [id.split('~')[1], startAt])).toEqual([
      ['p', '2026-11-20T05:10:00.000Z'],
    ]);
    expect(runs).toHaveLength(1);
  });

  it('is counted before it is planned', () => {
    const hourly = w({ workflow: 'hourly', schedule: { every: 'hour', interval: 1 } });
    expect(countHorizon({ ...span, workflows: [hourly, w()] })).toBe(50);
    expect(simulated([hourly, w()]).instances).toHaveLength(50);
  });
});

describe('a draft against what is online', () => {
  const before = simulated([w()]);
  const slower = w({
    tasks: [
      { name: 'a', ...work },
      { name: 'b', ...work, upstreams: ['a'] },
      { name: 'c', ...work, upstreams: ['b'] },
    ],
  });

  it('is worse when a workflow finishes later than the threshold allows', () => {
    const after = simulated([slower]);
    expect(compareSimulations(before, after, 300)).toMatchObject({
      late: ['w'],
      worse: true,
      addedCount: 1,
      removedCount: 0,
      workflows: [{ workflow: 'w', laterSeconds: 600, change: 'moved' }],
    });
    expect(compareSimulations(before, after, 600)).toMatchObject({ late: [], worse: false });
    expect(compareSimulations(after, before, 0)).toMatchObject({
      worse: false,
      removedCount: 1,
      workflows: [{ laterSeconds: -600 }],
    });
  });

  it('is worse when it makes somebody queue for a pool, or never start', () => {
    const twice = w({
      tasks: [
        { name: 'a', ...work },
        { name: 'b', ...work },
      ],
    });
    const throttled = limits({ rules: [rule({})] });
    expect(
      compareSimulations(simulated([w()], throttled), simulated([twice], throttled), 0),
    ).toMatchObject({
      saturated: ['throttle:r'],
      worse: true,
    });
    const lost = w({
      tasks: [{ name: 'a', ...work, upstreams: [{ workflow: 'gone', task: 'x' }] }],
    });
    expect(compareSimulations(before, simulated([lost]), 0)).toMatchObject({
      late: ['w'],
      never: [{ code: 'parent-missing', root: true }],
      workflows: [{ change: 'lost' }],
      worse: true,
    });
  });
});

describe('an expected duration', () => {
  it('is the mean of the history, else a guess that is marked', () => {
    expect(expectedDuration('http', { count: 4, sumSeconds: 10 })).toEqual({
      seconds: 2.5,
      guessed: false,
    });
    expect(expectedDuration('sql', undefined)).toEqual({ seconds: 30, guessed: true });
    expect(expectedDuration('noop', undefined)).toEqual({ seconds: 0, guessed: false });
  });
});
