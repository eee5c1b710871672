import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Line, startLine } from '../../tests/line/start-line.ts';
import { findHoles } from './find-holes.ts';

let line: Line;
let reported: number[];
const sentinel = () =>
  findHoles({ ...line.stores, clock: line.clock, report: (holes) => reported.push(holes) })();
const lineOf = (bizDate: string) => line.stores.ledger.findGeneration('prod', 'p', bizDate);
const bizDate = '2026-11-19';

beforeEach(async () => {
  reported = [];
  line = await startLine();
  await line.publish({
    workflow: 'w',
    schedule: { every: 'hour', interval: 6 },
    tasks: [{ name: 'a', kind: 'noop' }],
  });
  await line.publish({ workflow: 'idle', schedule: undefined });
});
afterEach(() => line.close());

/** As if generation had left out a run: neither its instances nor its record exist. */
const lose = async (run: string) => {
  const TableName = line.opened.tables.instances;
  await line.opened.direct.send(
    new DeleteCommand({ TableName, Key: { pk: `RUN#${run}`, sk: 'RUN' } }),
  );
};

describe('the sentinel', () => {
  it('finds a date that was not generated an hour after its cut-off, and reports zero before', async () => {
    line.jump('2026-11-19T23:59:59.000Z');
    expect(await sentinel()).toEqual({ holes: 0, missedTicks: 0 });
    line.jump('2026-11-20T00:00:00.000Z');
    expect(await sentinel()).toEqual({ holes: 1, missedTicks: 0 });
    expect(reported).toEqual([0, 1]);
  });

  it('writes down that every tick of a generated date has its run, and does not look again', async () => {
    await line.runUntil('2026-11-19T23:10:00.000Z');
    line.jump('2026-11-20T00:00:01.000Z');
    expect(await sentinel()).toEqual({ holes: 0, missedTicks: 0 });
    expect((await lineOf(bizDate))?.ticks).toMatchObject({ expected: 4, missed: 0, missing: [] });
    await lose('prod~p~w~r~20261119~2');
    expect(await sentinel()).toEqual({ holes: 0, missedTicks: 0 });
  });

  it('finds a tick that was generated without a run until it is there, by the version of the cut-off', async () => {
    await line.runUntil('2026-11-19T23:10:00.000Z');
    const lost = 'prod~p~w~r~20261119~2';
    await lose(lost);
    // What is published after the cut-off asks for nothing yet.
    await line.publish({ workflow: 'later', tasks: [{ name: 'a', kind: 'noop' }] });
    line.jump('2026-11-20T00:00:01.000Z');
    expect(await sentinel()).toEqual({ holes: 1, missedTicks: 1 });
    expect((await lineOf(bizDate))?.ticks).toMatchObject({
      ...{ expected: 4, missed: 1, missing: [lost] },
      checkedAt: '2026-11-20T00:00:01.000Z',
    });
    expect(reported.at(-1)).toBe(1);

    // The run comes back with the next move of its instance.
    await line.operate(`${lost}~a~2`, { move: 'pause' });
    await line.drain();
    expect(await sentinel()).toEqual({ holes: 0, missedTicks: 0 });
    expect((await lineOf(bizDate))?.ticks).toMatchObject({ missed: 0 });
  });
});
