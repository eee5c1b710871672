import { afterEach, describe, expect, it } from 'vitest';
import type { TaskInput } from '../../shared/testing/a-task.ts';
import type { Fate } from './executions.ts';
import { recurring, statuses, work } from './line-tasks.ts';
import { recountDay } from './recount-day.ts';
import { type Line, startLine } from './start-line.ts';

let line: Line;
/** One task `t` and its child, due at 00:00, in a resource group of one slot; `fates` by attempt. */
const start = async (fates: readonly Fate[], more: Partial<TaskInput> = {}) => {
  line = await startLine({
    at: '2026-11-19T23:50:00.000Z',
    limitOf: () => 1,
    fateOf: ({ instanceId, attempt }) =>
      instanceId.includes('~child~')
        ? { seconds: 5, how: 'succeeds' }
        : (fates[attempt - 1] ?? { seconds: 5, how: 'succeeds' }),
  });
  await line.stores.catalog.saveGroup({ name: 'g', slots: 1 }, undefined);
  await line.publish({
    workflow: 'w',
    schedule: { every: 'day', at: '00:00' },
    tasks: [
      work('t', { resourceGroup: 'g', retries: { count: 0 }, timeoutSeconds: 30, ...more }),
      work('child', { upstreams: ['t'], resourceGroup: 'g' }),
    ],
  });
  await line.generate('2026-11-19');
};
afterEach(async () => {
  const counted = await recountDay(line.stores)({
    env: 'prod',
    project: 'p',
    bizDate: '2026-11-19',
  });
  const { failures, seen, machines } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
  expect(machines.mostAtOnce()).toBeLessThanOrEqual(1);
  expect(counted).toEqual({ instances: 2, differences: [] });
  expect(seen.slotsInUse()).toBe(0);
});

const id = recurring('w/t');
const until = (time: string) => line.runUntil(`2026-11-20T00:${time}.000Z`);
const startsOf = async () =>
  (await line.stores.instances.attempts(id)).map(({ startedAt, outcome }) => [
    startedAt?.slice(14, 19),
    outcome,
  ]);

describe('an attempt, on the line', () => {
  it('N22 that runs over its time-out is stopped and FAILED; what is below stays NOT_RUN', async () => {
    await start([{ seconds: 100, how: 'succeeds' }]);
    await until('05:00');
    expect(await line.find(id)).toMatchObject({
      ...{ status: 'FAILED', outcome: 'timed-out', endedAt: '2026-11-20T00:00:30.000Z' },
    });
    expect(statuses(line, 'w')).toEqual({ t: 'FAILED', child: 'NOT_RUN' });
  });

  it('N22 that runs over its time-out and whose machine does not notice is stopped by the watch', async () => {
    await start([{ seconds: 9_999, how: 'hangs' }], { timeoutSeconds: 600 });
    await until('10:40');
    expect(statuses(line, 'w')).toMatchObject({ t: 'RUNNING' });
    await until('12:10');
    expect(await line.find(id)).toMatchObject({
      status: 'FAILED',
      outcome: 'timed-out',
      attempt: 1,
    });
    expect((await line.find(id)).moves.map(({ move }) => move)).toContain('time-out');
  });

  it('N23 that fails is retried as often as it may, as far apart as it says, before FAILED is final', async () => {
    const fails = { seconds: 5, how: 'fails' } as const;
    await start([fails, fails], { retries: { count: 2, intervalSeconds: 60 } });
    await until('00:20');
    expect(await line.find(id)).toMatchObject({ status: 'WAIT_TIME', slots: [], autoRetries: 1 });
    await until('03:00');
    expect(statuses(line, 'w')).toEqual({ t: 'SUCCESS', child: 'SUCCESS' });
    expect(await startsOf()).toEqual([
      ['00:00', 'failed'],
      ['01:05', 'failed'],
      ['02:10', 'ran'],
    ]);
  });

  it('N23 that fails more often than it may is FAILED in the end', async () => {
    const fails = { seconds: 5, how: 'fails' } as const;
    await start([fails, fails, fails], { retries: { count: 1, intervalSeconds: 400 } });
    await until('10:00');
    expect(await startsOf()).toEqual([
      ['00:00', 'failed'],
      ['06:45', 'failed'],
    ]);
    expect(statuses(line, 'w')).toEqual({ t: 'FAILED', child: 'NOT_RUN' });
  });

  it.each([true, false])(
    'N24 that timed out is retried only where that is switched on: %s',
    async (onTimeout) => {
      await start([{ seconds: 100, how: 'succeeds' }], {
        retries: { count: 1, intervalSeconds: 10, onTimeout },
      });
      await until('03:00');
      expect(await line.find(id)).toMatchObject(
        onTimeout
          ? { status: 'SUCCESS', attempt: 2, startedAt: '2026-11-20T00:00:40.000Z' }
          : { status: 'FAILED', outcome: 'timed-out', attempt: 1 },
      );
    },
  );

  it.each(['express', 'standard'] as const)(
    'that nobody claims is started again after a minute, without a second attempt: %s',
    async (machine) => {
      await start([{ seconds: 5, how: 'unclaimed' }], {
        timeoutSeconds: machine === 'express' ? 30 : 600,
      });
      await until('00:59');
      expect(await line.find(id)).toMatchObject({ status: 'SUBMITTED' });
      await until('16:30');
      expect(await line.find(id)).toMatchObject({ status: 'FAILED', outcome: 'lost', attempt: 1 });
      expect(line.machines.started()).toBe(machine === 'express' ? 15 : 1);
    },
  );

  it('whose execution is started twice runs once', async () => {
    await start([{ seconds: 5, how: 'succeeds', twice: true }]);
    await until('01:00');
    expect(await line.find(id)).toMatchObject({ status: 'SUCCESS', attempt: 1 });
  });

  it.each([true, false])(
    'whose execution vanishes holds its slot until it cannot be alive, and is retried only where that is harmless: %s',
    async (onLost) => {
      await start([{ seconds: 5, how: 'vanishes' }], {
        retries: { count: 1, intervalSeconds: 1, onLost },
      });
      await until('01:14');
      expect(await line.find(id)).toMatchObject({
        status: 'RUNNING',
        slots: [{ pool: 'group:g' }],
      });
      await until('03:10');
      expect(await line.find(id)).toMatchObject(
        onLost
          ? { status: 'SUCCESS', attempt: 2 }
          : { status: 'FAILED', outcome: 'lost', attempt: 1 },
      );
    },
  );

  it.each(['express', 'standard'] as const)(
    'that is terminated keeps its slot until it is dead, is FAILED and never retried: %s',
    async (machine) => {
      await start([{ seconds: 20, how: 'succeeds' }], {
        retries: { count: 3, intervalSeconds: 1 },
        timeoutSeconds: machine === 'express' ? 30 : 600,
      });
      await until('00:05');
      await line.operate(id, { move: 'terminate', set: { stopping: 'terminate' } });
      await until('00:06');
      expect(await line.find(id)).toMatchObject(
        machine === 'express'
          ? { status: 'RUNNING', stopping: 'terminate', slots: [{}] }
          : { status: 'FAILED' },
      );
      await until('02:00');
      expect(await line.find(id)).toMatchObject({
        status: 'FAILED',
        outcome: 'terminated',
        attempt: 1,
      });
      expect(statuses(line, 'w')).toMatchObject({ child: 'NOT_RUN' });
    },
  );
});
