import { afterEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  daily,
  datesFrom,
  failsOn,
  filled,
  inProject,
  noRetry,
  openDesk,
} from './backfill-desk.ts';
import { recurring, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
let desk: Desk;
/** A barrier that is let go past a failed date passes while a parent has not succeeded: that was asked for. */
let letsGo = false;
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-20T10:00:30.000Z', ...options });
  desk = openDesk(line);
  letsGo = false;
};
afterEach(async () => {
  const { failures, seen, machines } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults.filter((fault) => !(letsGo && fault.includes('~x.bf-')))).toEqual([]);
  expect(seen.slotsInUse()).toBe(0);
  expect(machines.mostAtOnce()).toBeLessThanOrEqual(1);
});

describe('the dates of a backfill, on the line', () => {
  it('N48 creates exactly the selected tasks on exactly the dates, and runs them', async () => {
    await start();
    await desk.chain();
    const id = await desk.backfill(['p/w/a'], {
      selection: { levels: 1 },
      dates: {
        ranges: [
          { from: '2026-11-01', to: '2026-11-02' },
          { from: '2026-11-02', to: '2026-11-02' },
          { from: '2026-10-30', to: '2026-10-30' },
        ],
      },
    });
    await line.run(120);
    expect(desk.statuses(id)).toEqual({
      '01 a': 'SUCCESS',
      '01 b': 'SUCCESS',
      '02 a': 'SUCCESS',
      '02 b': 'SUCCESS',
      '30 a': 'SUCCESS',
      '30 b': 'SUCCESS',
    });
    const shown = await desk.view(id);
    expect(shown).toMatchObject({ state: 'submitted', status: 'SUCCESS', instances: 6 });
    expect(shown.creation).toMatchObject({ status: 'DONE' });
    expect(shown.days.map(({ bizDate, status }) => [bizDate, status])).toEqual([
      ['2026-10-30', 'SUCCESS'],
      ['2026-11-01', 'SUCCESS'],
      ['2026-11-02', 'SUCCESS'],
    ]);
  });

  it('N48 shows before what it creates afterwards: the same dates, tasks and instances', async () => {
    await start();
    await line.publish({
      workflow: 'w',
      schedule: daily,
      tasks: [
        work('a'),
        work('weekly', { upstreams: ['a'], schedule: { every: 'week', on: ['MON'], at: '03:00' } }),
        work('hourly', {
          upstreams: ['a'],
          schedule: { every: 'hour', interval: 6, from: '00:00', to: '23:59' },
        }),
      ],
    });
    const body = {
      selection: { roots: ['p/w/a'], levels: 'all' as const },
      dates: datesFrom('2026-11-01', '2026-11-03'),
      groups: 2,
    };
    const preview = await desk.call('previewBackfill', { ...inProject, body });
    expect(preview).toMatchObject({
      instances: 18,
      running: 16,
      days: [
        { bizDate: '2026-11-01', group: 0, instances: 6, running: 6 },
        { bizDate: '2026-11-02', group: 0, instances: 6, running: 5 },
        { bizDate: '2026-11-03', group: 1, instances: 6, running: 5 },
      ],
    });
    expect(preview.tasks).toContainEqual({
      task: 'p/w/weekly',
      how: 'run',
      instances: 3,
      running: 1,
    });
    const { id } = await desk.call('createBackfill', { ...inProject, body });
    await line.run(120);
    expect(desk.instancesOf(id)).toHaveLength(preview.instances);
    expect(desk.instancesOf(id).filter(({ outcome }) => outcome === 'ran')).toHaveLength(16);
    expect(desk.instancesOf(id).filter(({ outcome }) => outcome === 'off-day')).toHaveLength(2);
  });

  it('N49 runs the dates of a group one after the other and groups side by side', async () => {
    await start({ fateOf: () => ({ seconds: 30, how: 'succeeds' }) });
    await desk.chain();
    const id = await desk.backfill(['p/w/a'], { selection: { levels: 1 }, groups: 2 });
    await line.run(10);
    expect(desk.statuses(id)).toMatchObject({
      '01 a': 'RUNNING',
      '02 a': 'NOT_RUN',
      '03 a': 'RUNNING',
    });
    await line.run(60);
    expect(desk.statuses(id)).toMatchObject({
      '01 b': 'SUCCESS',
      '02 a': 'RUNNING',
      '02 b': 'NOT_RUN',
      '03 b': 'SUCCESS',
    });
    expect((await desk.view(id)).status).toBe('RUNNING');
    await line.run(60);
    expect(new Set(Object.values(desk.statuses(id)))).toEqual(new Set(['SUCCESS']));
  });

  it('N50 takes 1 to 12 groups', async () => {
    await start();
    await desk.chain();
    for (const groups of [0, 13])
      await expect(desk.backfill(['p/w/a'], { groups })).rejects.toMatchObject({
        code: 'invalid-input',
      });
    const id = await desk.backfill(['p/w/a'], {
      groups: 12,
      dates: datesFrom('2026-11-01', '2026-11-12'),
    });
    await line.run(10);
    expect(desk.instancesOf(id)).toHaveLength(12);
    expect(line.seen.instances().filter(({ family }) => family === 'barrier')).toEqual([]);
  });

  it('N51 runs the newest date first in descending order', async () => {
    await start({ fateOf: () => ({ seconds: 10, how: 'succeeds' }) });
    await desk.chain({ selfDependent: true });
    const body = {
      selection: { roots: ['p/w/a'] },
      dates: datesFrom('2026-11-01', '2026-11-03'),
      order: 'desc' as const,
    };
    const preview = await desk.call('previewBackfill', { ...inProject, body });
    expect(preview.days.map(({ bizDate }) => bizDate)).toEqual([
      '2026-11-03',
      '2026-11-02',
      '2026-11-01',
    ]);
    expect(preview.warnings).toEqual(['self-dependence-ignored']);
    const id = await desk.backfill(['p/w/a'], { order: 'desc' });
    await line.run(90);
    const byStart = desk
      .instancesOf(id)
      .toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1));
    expect(byStart.map(({ bizDate }) => bizDate)).toEqual([
      '2026-11-03',
      '2026-11-02',
      '2026-11-01',
    ]);
  });

  it('N52 a failed date stops the later dates of its group only, until it is repaired', async () => {
    let broken = true;
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: 5,
        how: broken && instanceId.includes('~20261101~') ? 'fails' : 'succeeds',
      }),
    });
    await desk.chain(noRetry);
    const id = await desk.backfill(['p/w/a'], {
      groups: 2,
      dates: datesFrom('2026-11-01', '2026-11-04'),
    });
    await line.run(180);
    expect(desk.statuses(id)).toEqual({
      '01 a': 'FAILED',
      '02 a': 'NOT_RUN',
      '03 a': 'SUCCESS',
      '04 a': 'SUCCESS',
    });
    const shown = await desk.view(id);
    expect(shown.status).toBe('FAILED');
    expect(shown.days.map(({ status }) => status)).toEqual([
      'FAILED',
      'CREATED',
      'SUCCESS',
      'SUCCESS',
    ]);

    broken = false;
    const place = { params: { project: 'p', backfill: id } };
    expect(await desk.call('rerunBackfill', { ...place, body: {} })).toMatchObject({
      moved: 1,
      more: false,
    });
    await line.run(60);
    expect(new Set(Object.values(desk.statuses(id)))).toEqual(new Set(['SUCCESS']));
    expect((await desk.view(id)).status).toBe('SUCCESS');
  });

  it('N52 continues past a failed date where that was asked for, once nothing of it can go on', async () => {
    await start(failsOn('a', '2026-11-01'));
    letsGo = true;
    await line.publish({
      workflow: 'w',
      schedule: daily,
      tasks: [
        work('a', noRetry),
        work('slow'),
        work('b', { upstreams: ['a', 'slow'] }),
        work('c', { upstreams: ['b'] }),
      ],
    });
    const id = await desk.backfill(['p/w'], {
      dates: datesFrom('2026-11-01', '2026-11-02'),
      continueOnFailure: true,
    });
    await line.run(180);
    expect(desk.statuses(id)).toEqual({
      '01 a': 'FAILED',
      '01 slow': 'SUCCESS',
      '01 b': 'NOT_RUN',
      '01 c': 'NOT_RUN',
      '02 a': 'SUCCESS',
      '02 slow': 'SUCCESS',
      '02 b': 'SUCCESS',
      '02 c': 'SUCCESS',
    });
    const [slow] = desk
      .instancesOf(id)
      .filter(({ task, bizDate }) => task === 'slow' && bizDate.endsWith('01'));
    for (const { startedAt } of desk
      .instancesOf(id)
      .filter(({ bizDate }) => bizDate.endsWith('02')))
      expect((startedAt ?? '') >= (slow?.endedAt ?? '~')).toBe(true);
    expect((await desk.view(id)).days.map(({ status }) => status)).toEqual(['FAILED', 'SUCCESS']);
  });

  it('waits for the recurring run of the day before where a task depends on itself', async () => {
    await start(failsOn('a', '2026-11-15'));
    await desk.chain({ selfDependent: true, ...noRetry });
    await line.generate('2026-11-15');
    await line.run(30);
    const id = await desk.backfill(['p/w/a'], { dates: datesFrom('2026-11-16', '2026-11-17') });
    const free = await desk.backfill(['p/w/a'], {
      dates: datesFrom('2026-11-05', '2026-11-06'),
      groups: 2,
    });
    await line.run(120);
    expect(desk.statuses(id)).toEqual({ '16 a': 'NOT_RUN', '17 a': 'NOT_RUN' });
    expect(await line.stores.instances.openEdges(filled('w/a', id, '2026-11-16'))).toEqual([
      recurring('w/a', { bizDate: '2026-11-15' }),
    ]);
    expect(desk.statuses(free)).toEqual({ '05 a': 'SUCCESS', '06 a': 'SUCCESS' });
  });

  it('is made once for one key, survives deaths on the way, and is generated once', async () => {
    await start();
    // A process may die in the middle of an attempt, too: what is lost is run again.
    const patient = { retries: { count: 5, intervalSeconds: 1, onLost: true } };
    await desk.chain(patient, patient);
    const body = {
      selection: { roots: ['p/w'] },
      dates: datesFrom('2026-11-01', '2026-11-05'),
      groups: 2,
    };
    const [one, two] = [
      await desk.call('createBackfill', { ...inProject, body, idempotencyKey: 'again' }),
      await desk.call('createBackfill', { ...inProject, body, idempotencyKey: 'again' }),
    ];
    expect(two.id).toBe(one.id);
    for (const requests of [5, 9, 14, 20, 27, 35]) {
      line.dieAfter(requests);
      await line.run(1);
    }
    line.restart();
    await line.run(400);
    expect(line.deaths()).toBeGreaterThan(2);
    expect(await desk.view(one.id)).toMatchObject({ status: 'SUCCESS', instances: 15 });
    expect(desk.instancesOf(one.id)).toHaveLength(15);
    for (const { id } of desk.instancesOf(one.id)) expect(line.seen.successesOf(id)).toBe(1);
  });

  it('is looked at again where a wake was lost, and gets to its end', async () => {
    await start({ lostWakes: 1 });
    await desk.chain();
    const id = await desk.backfill(['p/w'], { dates: datesFrom('2026-11-01', '2026-11-02') });
    await line.run(1_200);
    expect(new Set(Object.values(desk.statuses(id)))).toEqual(new Set(['SUCCESS']));
  });
});
