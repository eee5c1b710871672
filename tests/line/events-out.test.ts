import { afterEach, describe, expect, it } from 'vitest';
import { eventsOut } from '../../shared/contracts/events/event-out.ts';
import { datesFrom, failsOn, noRetry, openDesk } from './backfill-desk.ts';
import { work } from './line-tasks.ts';
import { type Line, startLine } from './start-line.ts';

let line: Line;
afterEach(async () => {
  const { failures, events } = line;
  await line.close();
  expect(failures).toEqual([]);
  for (const { type, detail } of events)
    expect(eventsOut[type].safeParse(detail).error).toBe(undefined);
});

/** Each fact once: a repetition has the same id. */
const facts = (type: string) => [
  ...new Map(
    line.events.filter((event) => event.type === type).map(({ detail }) => [detail.id, detail]),
  ).values(),
];

describe('what is announced', () => {
  it('says once that a backfill started, and once that the last dates of all its groups ended', async () => {
    line = await startLine({
      at: '2026-11-20T10:00:30.000Z',
      shuffle: { shards: 2, largest: 20, doubled: 0.5 },
    });
    const desk = openDesk(line);
    await desk.chain();
    const id = await desk.backfill(['p/w/a', 'p/w/b'], { groups: 2 });
    await line.run(3);
    expect(facts('Backfill Started')).toMatchObject([{ backfill: id, instances: 6 }]);
    expect(facts('Backfill Ended')).toEqual([]);
    await line.run(120);
    expect(facts('Backfill Ended')).toMatchObject([
      { backfill: id, status: 'SUCCESS', runs: 3, failedRuns: 0, instances: 6, failed: 0 },
    ]);

    // A date before the last of its group is run again: that is no other end of the backfill.
    const first = desk
      .instancesOf(id)
      .find(({ bizDate, task }) => bizDate.endsWith('-01') && task === 'a');
    await desk.call('rerunInstance', { params: { instance: first?.id ?? '' }, body: {} });
    await line.run(60);
    expect(desk.statuses(id)['01 a']).toBe('SUCCESS');
    expect(facts('Backfill Ended')).toHaveLength(1);
  });

  it('says that a backfill ended with what failed in it', async () => {
    line = await startLine({ at: '2026-11-20T10:00:30.000Z', ...failsOn('a', '2026-11-02') });
    const desk = openDesk(line);
    await desk.chain(noRetry);
    await desk.backfill(['p/w/a'], { dates: datesFrom('2026-11-01', '2026-11-02') });
    await line.run(60);
    expect(facts('Backfill Ended')).toMatchObject([
      { status: 'FAILED', runs: 2, failedRuns: 1, failed: 1 },
    ]);
  });

  it('says once that a run started, and that a dataset was written, which is noted with it', async () => {
    line = await startLine({
      fateOf: () => ({ seconds: 5, how: 'succeeds', wrote: { dataset: 'orders', rows: 12 } }),
    });
    await line.publish({
      workflow: 'hand',
      schedule: undefined,
      tasks: [work('x'), work('y', { upstreams: ['x'] })],
    });
    const call = openDesk(line).call;
    const { run } = await call('startWorkflow', {
      params: { project: 'p', workflow: 'hand' },
      body: {},
    });
    await line.run(30);
    expect(facts('Workflow Run Started')).toMatchObject([{ runId: run, family: 'manual' }]);
    expect(facts('Dataset Updated')).toMatchObject([
      { dataset: 'orders', rows: 12, by: 'p/hand/x' },
      { dataset: 'orders', rows: 12, by: 'p/hand/y' },
    ]);
    expect(facts('Instance Moved')).toEqual([]);
    const known = await line.stores.views.datasetUpdatesOf('p', ['orders']);
    expect(known.get('orders')).toMatchObject({ by: 'p/hand/y', rows: 12 });

    // A rerun that fails has written nothing.
    const instance = `${run}~y~1`;
    await call('rerunInstance', { params: { instance }, body: {} });
    expect(await line.stores.instances.find(instance)).not.toHaveProperty(
      'wrote',
      expect.anything(),
    );
  });
});
