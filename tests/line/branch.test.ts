import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recurring, work } from './line-tasks.ts';
import { type Line, startLine } from './start-line.ts';

let line: Line;
beforeAll(async () => {
  line = await startLine({ at: '2026-11-18T23:50:00.000Z' });
});
afterAll(() => line.close());

describe('a branch, on the line', () => {
  it('skips what it did not choose and all that only hangs on that, also where a task waits for its own past', async () => {
    const when = { left: '${bizdate}', op: '=', right: '20261119' } as const;
    await line.publish({
      workflow: 'w',
      schedule: { every: 'day', at: '00:00' },
      tasks: [
        { name: 'choose', kind: 'branch', cases: [{ when, take: ['left'] }], otherwise: ['right'] },
        work('left', { upstreams: ['choose'] }),
        work('right', { upstreams: ['choose'] }),
        work('belowRight', { upstreams: ['right'], selfDependent: true }),
        work('join', { upstreams: ['left', 'belowRight'] }),
      ],
    });
    await line.generate('2026-11-18');
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-19T00:01:00.000Z');
    line.jump('2026-11-19T23:59:30.000Z');
    await line.runUntil('2026-11-20T00:01:00.000Z');

    const outcomes = async (bizDate: string) =>
      Object.fromEntries(
        await Promise.all(
          ['left', 'right', 'belowRight', 'join'].map(async (task) => [
            task,
            (await line.find(recurring(`w/${task}`, { bizDate }))).outcome,
          ]),
        ),
      );
    const skipped = 'branch-not-taken';
    expect(await outcomes('2026-11-18')).toEqual({
      ...{ left: skipped, right: 'ran', belowRight: 'ran', join: 'ran' },
    });
    expect(await outcomes('2026-11-19')).toEqual({
      ...{ left: 'ran', right: skipped, belowRight: skipped, join: 'ran' },
    });
    expect(line.failures).toEqual([]);
  });
});
