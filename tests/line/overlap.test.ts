import { afterEach, describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import { recurring, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-19T23:58:00.000Z', ...options });
};
afterEach(async () => {
  const { failures, seen } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
});

/** Every five minutes; the first run takes twelve, the others one. */
const slowFirst: LineOptions = {
  fateOf: ({ instanceId }) => ({
    seconds: instanceId.includes('~1~a~') ? 720 : 30,
    how: 'succeeds',
  }),
};
const publish = (more: object = {}) =>
  line.publish({
    workflow: 'w',
    schedule: { every: 'minute', interval: 5, from: '00:00', to: '00:20' },
    tasks: [work('a', { timeoutSeconds: 900 }), work('b', { upstreams: ['a'] })],
    ...more,
  });
const a = (cycle: number) => recurring(`w/a/${cycle}`, { cycle });
const b = (cycle: number) => recurring(`w/b/${cycle}`, { cycle });
const outcomes = async (id: (cycle: number) => string) =>
  Promise.all([1, 2, 3, 4, 5].map(async (cycle) => (await line.find(id(cycle))).outcome));
const startOf = async (id: string) => (await line.find(id)).startedAt ?? 'never';
const endOf = async (id: string) => (await line.find(id)).endedAt ?? 'never';

describe('runs that overlap, on the line', () => {
  it('W65 run beside each other when the workflow says nothing', async () => {
    await start(slowFirst);
    await publish();
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:30:00.000Z');
    expect(await startOf(a(2))).toBe('2026-11-20T00:05:00.000Z');
    expect(await outcomes(b)).toEqual(['ran', 'ran', 'ran', 'ran', 'ran']);
  });

  it('W65 skip a run whose predecessor has not ended, as a whole and visibly', async () => {
    await start(slowFirst);
    await publish({ concurrency: 'skip' });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:30:00.000Z');
    expect(await outcomes(a)).toEqual(['ran', 'expired', 'expired', 'ran', 'ran']);
    expect(await outcomes(b)).toEqual(['ran', 'expired', 'expired', 'ran', 'ran']);
    expect((await line.find(a(2))).attempt).toBe(0);
  });

  it('W65 wait for the run before, one after the other, and say so', async () => {
    await start(slowFirst);
    await publish({ concurrency: 'wait' });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:07:00.000Z');
    expect(await diagnose(line, a(2))).toMatchObject({
      status: 'WAIT_TIME',
      blockers: [{ code: 'previous-run', instance: a(1) }],
    });
    await line.runUntil('2026-11-20T00:40:00.000Z');
    for (const cycle of [2, 3, 4, 5])
      expect((await startOf(a(cycle))) >= (await endOf(b(cycle - 1)))).toBe(true);
    expect(await outcomes(b)).toEqual(['ran', 'ran', 'ran', 'ran', 'ran']);
  });

  it('W65 let only the newest of those that waited run', async () => {
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: instanceId.includes('~1~a~') ? 800 : 30,
        how: 'succeeds',
      }),
    });
    await publish({ concurrency: 'newest-only' });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:30:00.000Z');
    expect(await outcomes(a)).toEqual(['ran', 'expired', 'ran', 'ran', 'ran']);
    expect(await outcomes(b)).toEqual(['ran', 'expired', 'ran', 'ran', 'ran']);
    expect((await startOf(a(3))) >= (await endOf(b(1)))).toBe(true);
  });

  it('W65 skip and wait before a wait task at their head begins to wait', async () => {
    for (const concurrency of ['skip', 'wait'] as const) {
      await start();
      const tasks = [{ name: 'a', kind: 'wait', seconds: 400 }, work('b', { upstreams: ['a'] })];
      await publish({ concurrency, tasks });
      await line.generate('2026-11-19');
      await line.runUntil('2026-11-20T00:06:00.000Z');
      const second = await line.find(a(2));
      if (concurrency === 'skip') expect(second).toMatchObject({ outcome: 'expired' });
      else expect([second.status, second.waitUntil]).toEqual(['WAIT_TIME', undefined]);
      await line.runUntil('2026-11-20T00:12:00.000Z');
      if (concurrency === 'wait') {
        expect((await line.find(a(2))).waitUntil).toBeDefined();
        await line.close();
      }
    }
    await start();
  });

  it('W65 do not wait for ever for a run that failed', async () => {
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: 30,
        how: instanceId.includes('~1~a~') ? 'fails' : 'succeeds',
      }),
    });
    await publish({
      concurrency: 'wait',
      tasks: [work('a', { retries: { count: 0 } }), work('b', { upstreams: ['a'] })],
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:30:00.000Z');
    expect(await outcomes(a)).toEqual(['failed', 'ran', 'ran', 'ran', 'ran']);
  });

  it('let an operator force what expired', async () => {
    await start(slowFirst);
    await publish({ concurrency: 'skip' });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:06:00.000Z');
    await line.operate(a(2), { move: 'force-rerun' });
    await line.run(60);
    expect(await line.find(a(2))).toMatchObject({ status: 'SUCCESS', outcome: 'ran', attempt: 1 });
  });
});

describe('runs missed by an outage, on the line', () => {
  /** Nobody was at work from before the generation until a while after the fires. */
  const outage = async (more: object) => {
    await start({ at: '2026-11-19T22:30:00.000Z' });
    await publish(more);
    line.jump('2026-11-20T00:12:00.000Z');
    await line.runUntil('2026-11-20T00:45:00.000Z');
  };

  it('W24 are created after it and run, the oldest first', async () => {
    await outage({ concurrency: 'wait' });
    expect(await outcomes(a)).toEqual(['ran', 'ran', 'ran', 'ran', 'ran']);
    const starts = await Promise.all([1, 2, 3, 4, 5].map((cycle) => startOf(a(cycle))));
    expect(starts).toEqual(starts.toSorted());
  });

  it('W24 are all created, but only the newest runs where that is configured', async () => {
    await outage({ catchUp: { run: 'newest' } });
    expect(await outcomes(a)).toEqual(['expired', 'expired', 'ran', 'ran', 'ran']);
    expect(await outcomes(b)).toEqual(['expired', 'expired', 'ran', 'ran', 'ran']);
  });

  it('W24 run none, or the newest few, where that is configured', async () => {
    await outage({ catchUp: { run: 'none' } });
    expect(await outcomes(a)).toEqual(['expired', 'expired', 'expired', 'ran', 'ran']);
    await line.close();
    await outage({ catchUp: { run: 'all', atMost: 2 } });
    expect(await outcomes(a)).toEqual(['expired', 'ran', 'ran', 'ran', 'ran']);
  });
});
