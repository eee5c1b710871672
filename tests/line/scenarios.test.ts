import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import type { TaskInput } from '../../shared/testing/a-task.ts';
import { startApi } from '../api/start-api.ts';
import { work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

/**
 * The operation scenarios that another scheduler's integration tests assert, rebuilt from the names of their fixtures.
 * Where our model says something else the scenario has a `differs`.
 */
const file = join(import.meta.dirname, '..', 'data', 'dags', 'dolphinscheduler-scenarios.json');
const { scenarios } = JSON.parse(readFileSync(file, 'utf8')) as {
  scenarios: { test: string; assertedInOrder: string[] }[];
};

let line: Line;
let api: ReturnType<typeof startApi>;
const admin = () => api.as('root', ['admin']);
const once = { retries: { count: 0 } };
/** Their fake tasks; the name says what becomes of them. */
const task = (name: string, more: Partial<TaskInput> = {}) => work(name, { ...once, ...more });
const fates: LineOptions = {
  fateOf: ({ instanceId }) => ({
    seconds: 30,
    how: /fail/.test(parseInstanceId(instanceId)?.task ?? '') ? 'fails' : 'succeeds',
  }),
};

const one = [task('ok')];
const oneFailed = [task('fails')];
const chains = ['a', 'b', 'c'].flatMap((chain) => [
  task(`${chain}1`),
  task(`${chain}2`, { upstreams: [`${chain}1`] }),
  task(`${chain}3`, { upstreams: [`${chain}2`] }),
]);
/** The inner workflow stands in the outer one; the node that stood for it is a gate behind it. */
const inner = (tasks: readonly TaskInput[]): TaskInput[] => [
  ...tasks,
  { name: 'inner', kind: 'noop', upstreams: tasks.slice(-1).map(({ name }) => name) } as TaskInput,
];

const begin = async (
  tasks: readonly object[],
  { options = fates, fields = {} }: { options?: LineOptions; fields?: object } = {},
) => {
  line = await startLine({ at: '2026-11-19T23:50:00.000Z', ...options });
  api = startApi(line.stores, line.clock);
  const definition = JSON.parse(JSON.stringify({ workflow: 'w', tasks, ...fields }));
  await admin()('publishWorkflow', {
    params: { project: 'p', workflow: 'w' },
    body: { definition },
  });
};
const start = async (body: object = {}) =>
  (await admin()('startWorkflow', { params: { project: 'p', workflow: 'w' }, body })).run;

/** The words of the scenarios for what stands in our run. */
const standing = async (run: string): Promise<Standing> => {
  const { items } = await admin()('listRunInstances', { params: { run } });
  const words = items.map(({ status, outcome, paused }) =>
    outcome === 'terminated'
      ? 'KILL'
      : paused
        ? 'PAUSE'
        : status === 'FAILED'
          ? 'FAILURE'
          : status === 'RUNNING'
            ? 'RUNNING_EXECUTION'
            : status,
  );
  const { status } = await admin()('getRun', { params: { run } });
  return { run: status, tasks: words.toSorted() };
};

type Standing = { readonly run: string; readonly tasks: readonly string[] };
type Scenario = {
  readonly play: () => Promise<Standing>;
  readonly ends: Standing;
  /** How our model differs from what was asserted there, and why. */
  readonly differs?: string;
};

const startAndEnd =
  (tasks: readonly object[], more: Parameters<typeof begin>[1] & { start?: object } = {}) =>
  async () => {
    await begin(tasks, more);
    const run = await start(more.start);
    await line.run(400);
    return standing(run);
  };

const operated = (tasks: readonly object[], operation: 'pauseRun' | 'stopRun') => async () => {
  await begin(tasks);
  const run = await start();
  await line.run(5);
  expect((await standing(run)).run).toBe('RUNNING');
  await admin()(operation, { params: { run }, body: {} });
  await line.run(400);
  return standing(run);
};

const repeated =
  (tasks: readonly object[], options: LineOptions, body: object = {}) =>
  async () => {
    await begin(tasks, { options });
    const run = await start(body);
    await line.run(60);
    const again = await admin()('rerunRun', { params: { run }, body: {} });
    await line.run(60);
    const [before, after] = [await standing(run), await standing(again.run)];
    return { run: after.run, tasks: [...before.tasks, ...after.tasks] };
  };

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const allThere =
  'every instance of a run exists from its start: those below count, too, and do not run';
const flattened =
  'a workflow inside a workflow is a chain of tasks in it: there is one run, and the node of the inner workflow is a gate';

const known: Readonly<Record<string, Scenario>> = {
  testSerialBackfillWorkflow_with_oneSuccessTask: {
    play: async () => {
      await begin(one, { fields: { schedule: { every: 'day', at: '00:00' } } });
      const { id } = await admin()('createBackfill', {
        params: { project: 'p' },
        body: {
          dates: { ranges: [{ from: '2026-11-01', to: '2026-11-04' }] },
          selection: { roots: ['p/w/ok'] },
        },
      });
      await line.run(600);
      const filled = line.seen
        .instances()
        .filter(({ family, scope }) => family === 'backfill' && scope === id)
        .toSorted((a, b) => (a.bizDate < b.bizDate ? -1 : 1));
      const starts = filled.map(({ startedAt }) => startedAt ?? '');
      expect(starts).toEqual(starts.toSorted());
      expect(new Set(starts).size).toBe(4);
      return { run: 'SUCCESS', tasks: filled.map(({ status }) => status) };
    },
    ends: { run: 'SUCCESS', tasks: times(4, 'SUCCESS') },
    differs: 'only the number of instances is asserted there: one for each of four dates',
  },
  testPauseWorkflow_with_oneSuccessTask: {
    play: async () => {
      await begin(one);
      const run = await start();
      await line.run(5);
      await expect(admin()('pauseRun', { params: { run }, body: {} })).rejects.toMatchObject({
        problem: { code: 'nothing-changed' },
      });
      await line.run(60);
      return standing(run);
    },
    ends: { run: 'SUCCESS', tasks: ['SUCCESS'] },
    differs: 'a pause that finds nothing to pause says so',
  },
  testPauseWorkflow_with_oneFailedTask: {
    play: async () => {
      await begin(oneFailed);
      const run = await start();
      await line.run(5);
      await expect(admin()('pauseRun', { params: { run }, body: {} })).rejects.toThrow();
      await line.run(60);
      return standing(run);
    },
    ends: { run: 'FAILED', tasks: ['FAILURE'] },
    differs: 'a pause that finds nothing to pause says so',
  },
  testPauseWorkflow_with_threeParallelSuccessTask: {
    play: operated(chains, 'pauseRun'),
    ends: { run: 'RUNNING', tasks: [...times(6, 'PAUSE'), ...times(3, 'SUCCESS')] },
    differs: `${allThere}; a run has no status for paused: that is a flag of its instances`,
  },
  testPauseWorkflow_with_subWorkflowTask_success: {
    play: operated(inner([task('first'), task('second', { upstreams: ['first'] })]), 'pauseRun'),
    ends: { run: 'RUNNING', tasks: ['PAUSE', 'PAUSE', 'SUCCESS'] },
    differs: flattened,
  },
  testRepeatRunningWorkflow_with_oneSuccessTask: {
    play: repeated(one, fates),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS', 'SUCCESS'] },
    differs: 'the repetition is a run of its own that names the one it repeats',
  },
  testRepeatRunningWorkflow_with_oneFailedTask: {
    play: async () => {
      let fails = true;
      const options: LineOptions = {
        fateOf: () => ({ seconds: 5, how: fails ? 'fails' : 'succeeds' }),
      };
      await begin(one, { options });
      const run = await start();
      await line.run(60);
      fails = false;
      const again = await admin()('rerunRun', { params: { run }, body: {} });
      await line.run(60);
      const [before, after] = [await standing(run), await standing(again.run)];
      return { run: after.run, tasks: [...before.tasks, ...after.tasks] };
    },
    ends: { run: 'SUCCESS', tasks: ['FAILURE', 'SUCCESS'] },
    differs: 'the repetition is a run of its own that names the one it repeats',
  },
  testRepeatRunningWorkflow_with_taskOnly: {
    play: repeated([task('ok'), task('below', { upstreams: ['ok'] })], fates, { tasks: ['ok'] }),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS', 'SUCCESS'] },
    differs: 'the repetition is a run of its own, of the tasks that the first one had',
  },
  testStopWorkflow_with_oneSuccessTask: {
    play: operated(one, 'stopRun'),
    ends: { run: 'CANCELLED', tasks: ['KILL'] },
  },
  testStopWorkflow_with_oneFailedTask: {
    play: operated(oneFailed, 'stopRun'),
    ends: { run: 'CANCELLED', tasks: ['KILL'] },
  },
  testStopWorkflow_with_threeParallelSuccessTask: {
    play: operated(chains, 'stopRun'),
    ends: { run: 'CANCELLED', tasks: [...times(3, 'KILL'), ...times(6, 'PAUSE')] },
    differs: `${allThere}: they are paused`,
  },
  testStopWorkflow_with_subWorkflowTask_success: {
    play: operated(inner([task('first')]), 'stopRun'),
    ends: { run: 'CANCELLED', tasks: ['KILL', 'PAUSE'] },
    differs: flattened,
  },
  testSchedulingWorkflow_with_oneSuccessTask: {
    play: async () => {
      await begin(one, { fields: { schedule: { every: 'day', at: '00:00' } } });
      await line.generate('2026-11-19');
      await line.runUntil('2026-11-20T00:05:00.000Z');
      return standing('prod~p~w~r~20261119~1');
    },
    ends: { run: 'SUCCESS', tasks: ['SUCCESS'] },
  },
  testStartWorkflow_with_oneSuccessTask: {
    play: startAndEnd(one),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS'] },
  },
  testStartWorkflow_with_oneSuccessTaskDryRun: {
    play: startAndEnd(oneFailed, { start: { dryRun: true } }),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS'] },
  },
  testStartWorkflow_with_subWorkflowTask_success: {
    play: startAndEnd(inner(one)),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS', 'SUCCESS'] },
    differs: flattened,
  },
  testStartWorkflow_with_subWorkflowTask_dryRunSuccess: {
    play: startAndEnd(inner(oneFailed), { start: { dryRun: true } }),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS', 'SUCCESS'] },
    differs: flattened,
  },
  testStartWorkflow_with_subWorkflowTask_failed: {
    play: startAndEnd(inner(oneFailed)),
    ends: { run: 'FAILED', tasks: ['FAILURE', 'NOT_RUN'] },
    differs: `${flattened}: it does not fail itself, it is not reached`,
  },
  testStartWorkflow_usingWorkflowParam: {
    play: startAndEnd(byParameter(), { fields: { parameters: { way: 'left' } } }),
    ends: { run: 'FAILED', tasks: ['FAILURE', 'SUCCESS', 'SUCCESS', 'SUCCESS'] },
    differs:
      'what the script compared is a branch here: a gate, and a task that it does not choose',
  },
  testStartWorkflow_usingCommandParam: {
    play: async () => {
      await begin(byParameter(), { fields: { parameters: { way: 'left' } } });
      const run = await start({ parameters: { way: 'right' } });
      await line.run(100);
      return standing(run);
    },
    ends: { run: 'SUCCESS', tasks: times(4, 'SUCCESS') },
    differs: 'what the script compared is a branch here; the parameter of the start turns it',
  },
  testStartWorkflow_with_oneFailedTask: {
    play: startAndEnd(oneFailed),
    ends: { run: 'FAILED', tasks: ['FAILURE'] },
  },
  testStartWorkflow_with_oneFailedTaskWithRetry: {
    play: async () => {
      await begin([work('fails', { retries: { count: 1, intervalSeconds: 60 } })]);
      const run = await start();
      await line.run(400);
      const attempts = await line.stores.instances.attempts(`${run}~fails~1`);
      expect(attempts.map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
      return standing(run);
    },
    ends: { run: 'FAILED', tasks: ['FAILURE'] },
    differs: 'the retry is a second attempt of the same instance, not a second instance',
  },
  testStartWorkflow_with_twoSerialSuccessTask: {
    play: startAndEnd([task('first'), task('second', { upstreams: ['first'] })]),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS', 'SUCCESS'] },
  },
  testStartWorkflow_with_twoSerialFailedTask: {
    play: startAndEnd([task('fails'), task('second', { upstreams: ['fails'] })]),
    ends: { run: 'FAILED', tasks: ['FAILURE', 'NOT_RUN'] },
    differs: allThere,
  },
  testStartWorkflow_with_twoParallelSuccessTask: {
    play: startAndEnd([task('left'), task('right')]),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS', 'SUCCESS'] },
  },
  testStartWorkflow_with_twoParallelFailedTask: {
    play: startAndEnd([task('failsLeft'), task('failsRight')]),
    ends: { run: 'FAILED', tasks: ['FAILURE', 'FAILURE'] },
  },
  testStartWorkflow_with_threeParallelSuccessTask: {
    play: startAndEnd(chains),
    ends: { run: 'SUCCESS', tasks: times(9, 'SUCCESS') },
  },
  testStartWorkflowFromStartNodes_with_threeParallelSuccessTask: {
    play: startAndEnd(chains, { start: { tasks: ['a2', 'a3'] } }),
    ends: { run: 'SUCCESS', tasks: ['SUCCESS', 'SUCCESS'] },
    differs: 'the tasks of a partial start are named, not found from where it starts',
  },
};

/** A branch on a parameter: one way ends well, the other badly. */
function byParameter(): readonly object[] {
  const when = { left: '${way}', op: '=', right: 'left' };
  return [
    task('before'),
    {
      name: 'way',
      kind: 'branch',
      upstreams: ['before'],
      cases: [{ when, take: ['fails'] }],
      otherwise: ['ok'],
    },
    task('fails', { upstreams: ['way'] }),
    task('ok', { upstreams: ['way'] }),
  ];
}

/** What the original asserts at its end, in the words used here. */
const assertedEnd = (assertedInOrder: readonly string[]): Standing => {
  const last = assertedInOrder.findLastIndex((word) => word.startsWith('workflow='));
  const runWords = { SUCCESS: 'SUCCESS', FAILURE: 'FAILED', STOP: 'CANCELLED', PAUSE: 'RUNNING' };
  const said = assertedInOrder[last]?.slice('workflow='.length) as keyof typeof runWords;
  const tasks = assertedInOrder.slice(last).filter((word) => word.startsWith('task='));
  return {
    run: runWords[said],
    tasks: tasks.map((word) => word.slice('task='.length)).toSorted(),
  };
};

describe("the catalogue of another scheduler's scenarios", () => {
  it('is rebuilt as a whole', () => {
    expect(Object.keys(known).toSorted()).toEqual(scenarios.map(({ test }) => test).toSorted());
  });

  it.each(scenarios)('ends as asserted there or says how we differ: $test', (scenario) => {
    const ours = known[scenario.test];
    const isSame =
      JSON.stringify(assertedEnd(scenario.assertedInOrder)) === JSON.stringify(ours?.ends);
    expect(isSame || (ours?.differs ?? '').length > 0).toBe(true);
  });
});

describe("another scheduler's scenarios", () => {
  afterEach(async () => {
    const { failures, seen } = line;
    await line.close();
    expect(failures).toEqual([]);
    expect(seen.faults).toEqual([]);
    expect(seen.slotsInUse()).toBe(0);
  });

  it.each(Object.entries(known))('%s', async (_, { play, ends }) => {
    expect(await play()).toEqual(ends);
  });
});
