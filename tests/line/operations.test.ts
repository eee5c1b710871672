import { afterEach, describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import { recurring, statuses, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-19T23:59:30.000Z', ...options });
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
const id = (task: string) => recurring(`w/${task}`);
const chain = async (more: object = {}) => {
  await line.publish({
    workflow: 'w',
    schedule: midnight,
    tasks: [work('a', more), work('b', { upstreams: ['a'] }), work('c', { upstreams: ['b'] })],
  });
  await line.generate('2026-11-19');
};
const failing: LineOptions = {
  fateOf: ({ instanceId, attempt }) => ({
    seconds: 5,
    how: instanceId.includes('~a~') && attempt === 1 ? 'fails' : 'succeeds',
  }),
};
const noRetry = { retries: { count: 0 } };

describe('operations on an instance, on the line', () => {
  it('N34 reruns what has ended, and what stands below and has not begun goes on', async () => {
    await start(failing);
    await chain(noRetry);
    await expect(line.operate(id('a'), { move: 'rerun' })).rejects.toThrow('not allowed from');
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({ a: 'FAILED', b: 'NOT_RUN', c: 'NOT_RUN' });
    await line.operate(id('a'), { move: 'rerun' });
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
    expect(await line.stores.instances.attempts(id('a'))).toHaveLength(2);
  });

  it('N36 sets a failed instance to success by hand, and what stands below goes on', async () => {
    await start(failing);
    await chain(noRetry);
    await expect(line.operate(id('a'), { move: 'set-success' })).rejects.toThrow('from FAILED');
    await line.run(60);
    await line.operate(id('a'), { move: 'set-success', reason: 'loaded by hand' });
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
    expect(await line.find(id('a'))).toMatchObject({ outcome: 'set-by-hand', attempt: 1 });
    await expect(line.operate(id('a'), { move: 'set-success' })).rejects.toThrow('from FAILED');
  });

  it('takes a success set by hand back while nothing below has begun', async () => {
    await start(failing);
    await chain(noRetry);
    await line.operate(id('b'), { move: 'pause' });
    await line.run(60);
    await line.operate(id('a'), { move: 'set-success' });
    await line.drain();
    await line.operate(id('a'), { move: 'undo' });
    await line.drain();
    expect(await line.find(id('a'))).toMatchObject({ status: 'FAILED', outcome: 'failed' });
    expect(await line.stores.instances.openEdges(id('b'))).toEqual([id('a')]);
    await line.operate(id('b'), { move: 'resume' });
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({ a: 'FAILED', b: 'NOT_RUN', c: 'NOT_RUN' });
  });

  it('N35 forces what waits for its upstream to run, before its due time, too', async () => {
    await start({ fateOf: () => ({ seconds: 30, how: 'succeeds' }) });
    await chain();
    await line.operate(id('b'), { move: 'force-rerun' });
    await line.run(5);
    expect(statuses(line, 'w')).toEqual({ a: 'WAIT_TIME', b: 'RUNNING', c: 'NOT_RUN' });
    await line.run(120);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
    expect(line.seen.successesOf(id('b'))).toBe(1);
  });

  it.each([
    ['express', 60],
    ['standard', 600],
  ])(
    'N35 stops a running attempt first and runs again with the same slots: %s',
    async (_, seconds) => {
      await start({
        fateOf: ({ attempt }) => ({ seconds: attempt === 1 ? 40 : 5, how: 'succeeds' }),
        limitOf: () => 1,
      });
      await line.stores.catalog.saveGroup({ name: 'g', slots: 1 }, undefined);
      await chain({ timeoutSeconds: seconds, resourceGroup: 'g' });
      await line.run(40);
      expect((await line.find(id('a'))).status).toBe('RUNNING');
      await line.operate(id('a'), { move: 'force-rerun', reason: 'wrong input' });
      await line.drain();
      await line.run(300);
      expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
      const attempts = await line.stores.instances.attempts(id('a'));
      expect(attempts.map(({ outcome }) => outcome)).toEqual(['terminated', 'ran']);
      expect((await line.find(id('a'))).attempt).toBe(2);
      expect(line.seen.successesOf(id('a'))).toBe(1);
    },
  );

  it('N37 terminates what waits or runs, ends it as FAILED without a retry, and leaves what is below', async () => {
    await start({ fateOf: () => ({ seconds: 30, how: 'succeeds' }) });
    await chain({ retries: { count: 3, intervalSeconds: 1 } });
    await expect(line.operate(id('b'), { move: 'terminate' })).rejects.toThrow('not allowed');
    await line.run(40);
    await line.operate(id('a'), { move: 'terminate', set: { stopping: 'terminate' } });
    await line.run(300);
    expect(statuses(line, 'w')).toEqual({ a: 'FAILED', b: 'NOT_RUN', c: 'NOT_RUN' });
    expect(await line.find(id('a'))).toMatchObject({ outcome: 'terminated', attempt: 1 });
  });

  it('N40 removes an upstream of this instance only, for good', async () => {
    await start(failing);
    await chain(noRetry);
    await line.generate('2026-11-20');
    await line.run(60);
    const cut = await line.stores.instances.cutOf(id('b'), [id('a')]);
    await line.operate(id('b'), { move: 'remove-upstream', reason: 'a' }, { cut });
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({ a: 'FAILED', b: 'SUCCESS', c: 'SUCCESS' });
    expect(await line.stores.instances.parentsOf(id('b'))).toEqual([]);
    const tomorrow = (task: string) => recurring(`w/${task}`, { bizDate: '2026-11-20' });
    expect(await line.stores.instances.parentsOf(tomorrow('b'))).toEqual([tomorrow('a')]);

    // The parent succeeds and is run again: the edge that was removed does not come back.
    await line.operate(id('a'), { move: 'rerun' });
    await line.run(60);
    await line.operate(id('a'), { move: 'rerun' });
    await line.drain();
    expect(await line.stores.instances.openEdges(id('b'))).toEqual([]);
    await line.run(60);
  });

  it('asks a person where the task is an approval, without an execution', async () => {
    await start();
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [
        work('a'),
        { name: 'yes', kind: 'approval', upstreams: ['a'], question: 'Publish?' },
        { name: 'no', kind: 'approval', upstreams: ['a'] },
        work('c', { upstreams: ['yes'] }),
        work('d', { upstreams: ['no'] }),
      ],
    });
    await line.generate('2026-11-19');
    await expect(line.operate(id('yes'), { move: 'approve' })).rejects.toThrow();
    await line.run(60);
    expect(await diagnose(line, id('yes'))).toMatchObject({
      status: 'WAIT_TIME',
      blockers: [{ code: 'approval-pending', clearsAt: null }],
    });
    await line.operate(id('yes'), { move: 'approve' });
    await line.operate(id('no'), { move: 'reject', set: { error: 'rejected by ann' } });
    await line.run(60);
    expect(statuses(line, 'w')).toEqual({
      a: 'SUCCESS',
      yes: 'SUCCESS',
      no: 'FAILED',
      c: 'SUCCESS',
      d: 'NOT_RUN',
    });
    expect((await line.find(id('yes'))).attempt).toBe(0);
  });

  it('holds an instance until a time, with the reason, and starts it within a minute after', async () => {
    await start();
    await chain();
    const until = '2026-11-20T00:10:00.000Z';
    const held = { since: line.clock(), by: 'ann', reason: 'late file', until };
    await line.operate(id('a'), { move: 'hold', set: { held } });
    await line.run(120);
    expect(await diagnose(line, id('a'))).toMatchObject({
      blockers: [{ code: 'instance-held', clearsAt: until }],
    });
    await line.runUntil('2026-11-20T00:09:59.000Z');
    expect((await line.find(id('a'))).attempt).toBe(0);
    await line.runUntil('2026-11-20T00:12:00.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
  });

  it('undoes a pause and a priority while nothing has followed, and refuses afterwards', async () => {
    await start();
    await chain();
    await line.operate(id('a'), { move: 'set-priority', set: { priority: 'HIGH' } });
    await line.operate(id('a'), { move: 'undo' });
    expect((await line.find(id('a'))).priority).toBe('MIDDLE');
    await line.operate(id('a'), { move: 'pause' });
    await line.operate(id('a'), { move: 'undo' });
    expect((await line.find(id('a'))).paused).toBeUndefined();
    await expect(line.operate(id('a'), { move: 'undo' })).rejects.toThrow('nothing is left');
    await line.operate(id('b'), { move: 'set-priority', set: { priority: 'HIGH' } });
    await line.run(60);
    await expect(line.operate(id('b'), { move: 'undo' })).rejects.toThrow();
  });
});
