import { afterEach, describe, expect, it } from 'vitest';
import { meterUnits } from '../faults/consumed-units.ts';
import { recurring, statuses, work } from './line-tasks.ts';
import { recountDay } from './recount-day.ts';
import { type Line, startLine } from './start-line.ts';

let line: Line;
afterEach(async () => {
  const { failures, seen } = line;
  const day = { env: 'prod', project: 'p', bizDate: '2026-11-19' } as const;
  const { differences } = await recountDay(line.stores)(day);
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
  expect(differences).toEqual([]);
});
const start = async () => {
  line = await startLine({ at: '2026-11-19T23:59:00.000Z' });
};
const midnight = { every: 'day', at: '00:00' } as const;

describe('many', () => {
  it('parents, 1,100 of them, let their one child start exactly once, when the last has succeeded', async () => {
    await start();
    const parents = Array.from({ length: 1100 }, (_, n) => `p${n}`);
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [...parents.map((name) => work(name)), work('child', { upstreams: parents })],
    });
    await line.generate('2026-11-19');
    const meter = meterUnits(line.client());
    await line.runUntil('2026-11-20T00:00:30.000Z');
    const { requests, write, read } = meter.take();
    const child = await line.find(recurring('w/child'));

    expect(
      Object.values(statuses(line, 'w')).filter((status) => status === 'SUCCESS'),
    ).toHaveLength(1101);
    expect(child.moves.map(({ move }) => move)).toEqual(['generate', 'admit', 'claim', 'succeed']);
    expect(child.startedAt).toBe('2026-11-20T00:00:05.000Z');
    console.info('1,100 parents into one child:', requests, { write, read });
    const total = Object.values(requests).reduce((sum, n) => sum + n, 0);
    expect(total / 1101).toBeLessThan(32);
  }, 300_000);

  it('generations of tasks, 30 deep, run one after the other without a wait between', async () => {
    await start();
    const names = Array.from({ length: 30 }, (_, n) => `t${n}`);
    const tasks = names.map((name, n) => work(name, { upstreams: names.slice(n - 1, n) }));
    await line.publish({ workflow: 'w', schedule: midnight, tasks });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:03:00.000Z');
    expect(await line.find(recurring('w/t29'))).toMatchObject({
      status: 'SUCCESS',
      endedAt: '2026-11-20T00:02:30.000Z',
    });
  });

  it('N26 cycles of five minutes hold several daily children through one barrier until the last has succeeded', async () => {
    await start();
    const often = { every: 'minute', interval: 5, from: '00:00', to: '04:55' } as const;
    const children = ['c1', 'c2', 'c3'];
    await line.publish({
      workflow: 'w',
      schedule: midnight,
      tasks: [
        work('often', { schedule: often }),
        ...children.map((name) => work(name, { upstreams: ['often'] })),
      ],
    });
    await line.generate('2026-11-19');
    const barriers = line.seen.instances().filter(({ family }) => family === 'barrier');
    expect(barriers.map(({ id }) => line.seen.parentsOf(id).length)).toEqual([60]);
    for (const name of children)
      expect(line.seen.parentsOf(recurring(`w/${name}`))).toEqual([barriers[0]?.id]);

    line.jump('2026-11-20T04:54:30.000Z');
    await line.runUntil('2026-11-20T04:55:04.000Z');
    expect(statuses(line, 'w')).toMatchObject({ c1: 'NOT_RUN', c2: 'NOT_RUN', c3: 'NOT_RUN' });
    await line.run(10);
    for (const name of children)
      expect(await line.find(recurring(`w/${name}`))).toMatchObject({
        status: 'SUCCESS',
        startedAt: '2026-11-20T04:55:05.000Z',
      });
  });
});
