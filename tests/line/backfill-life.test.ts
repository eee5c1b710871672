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
import { diagnose } from './diagnose.ts';
import { recurring, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
let desk: Desk;
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-20T10:00:30.000Z', ...options });
  desk = openDesk(line);
};
afterEach(async () => {
  const { failures, seen, machines } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
  expect(seen.slotsInUse()).toBe(0);
  expect(machines.mostAtOnce()).toBeLessThanOrEqual(1);
});

describe('the life of a backfill, on the line', () => {
  it('N53 fills parameters in for the backfilled date, and lets the asker override them', async () => {
    await start();
    await line.publish({
      workflow: 'w',
      schedule: daily,
      parameters: { region: 'eu' },
      tasks: [
        work('a', {
          url: 'https://work.example/${region}/${day}/${next}/${own}',
          parameters: { day: '${yyyymmdd}', next: '$[yyyymmdd]', own: 'x' },
        }),
        work('b', { url: 'https://work.example/${region}/${own}', parameters: { own: 'x' } }),
      ],
    });
    const id = await desk.backfill(['p/w/a', 'p/w/b'], {
      dates: datesFrom('2026-11-05'),
      parameters: { region: 'us' },
      taskParameters: { 'p/w/b': { own: 'y' } },
    });
    await line.run(60);
    const texts = await Promise.all(
      desk.instancesOf(id).map(async (each) => {
        const log = await desk.call('getInstanceLog', { params: { instance: each.id } });
        return log.items.find(({ text }) => text.includes('region='))?.text ?? '';
      }),
    );
    expect(texts.toSorted()).toEqual([
      'region=us, day=20261105, next=20261106, own=x',
      'region=us, own=y',
    ]);
  });

  it('W70 shows its secret parameters to whoever edits it while it is pending, and to nobody afterwards', async () => {
    await start();
    await desk.chain();
    const parameters = { region: 'us', api_token: 'hunter2' };
    const { id } = await desk.call('createBackfill', {
      ...inProject,
      body: {
        ...{ parameters, dates: datesFrom('2026-11-01'), selection: { roots: ['p/w/a'] } },
        when: { kind: 'at', at: '2026-11-20T10:05:00.000Z' },
      },
    });
    expect((await desk.view(id)).spec.parameters).toEqual(parameters);
    await line.runUntil('2026-11-20T10:06:00.000Z');
    expect((await desk.view(id)).spec.parameters).toEqual({ region: 'us', api_token: '***' });
    expect(await line.stores.instances.findBackfill(id)).toMatchObject({ parameters });
  });

  it('N58 is pending until its time, and submitted then; paused it stays', async () => {
    await start();
    await desk.chain();
    const body = (time: string) => ({
      selection: { roots: ['p/w/a'] },
      dates: datesFrom('2026-11-01'),
      when: { kind: 'at' as const, at: time },
    });
    const soon = await desk.call('createBackfill', {
      ...inProject,
      body: body('2026-11-20T10:10:20.000Z'),
    });
    const paused = await desk.call('createBackfill', {
      ...inProject,
      body: body('2026-11-20T10:11:00.000Z'),
    });
    const place = { params: { project: 'p', backfill: paused.id } };
    await desk.call('pauseBackfill', { ...place, body: {} });
    expect(soon).toMatchObject({ state: 'pending', nextAt: '2026-11-20T10:10:20.000Z' });
    await line.runUntil('2026-11-20T10:10:10.000Z');
    expect((await desk.view(soon.id)).state).toBe('pending');
    await line.runUntil('2026-11-20T10:15:00.000Z');
    expect(await desk.view(soon.id)).toMatchObject({ state: 'submitted', status: 'SUCCESS' });
    expect(await desk.view(paused.id)).toMatchObject({ state: 'pending', paused: true });
    const listed = await desk.call('listBackfills', { query: { state: 'pending' } });
    expect(listed.items.map(({ id }) => id)).toEqual([paused.id]);

    await desk.call('resumeBackfill', { ...place, body: {} });
    await line.run(120);
    expect(await desk.view(paused.id)).toMatchObject({ state: 'submitted', status: 'SUCCESS' });
    await expect(desk.call('pauseBackfill', { ...place, body: {} })).rejects.toMatchObject({
      code: 'not-pending',
    });
  });

  it('N58 submits a periodic one at 23:00 of the day before, and starts it when it is due', async () => {
    await start();
    await desk.chain();
    const { id } = await desk.call('createBackfill', {
      ...inProject,
      body: {
        selection: { roots: ['p/w/a'] },
        dates: { last: 2 },
        when: { kind: 'periodic', schedule: { every: 'day', at: '05:00' } },
      },
    });
    expect((await desk.view(id)).nextAt).toBe('2026-11-20T23:00:00.000Z');
    line.jump('2026-11-20T22:58:30.000Z');
    await line.runUntil('2026-11-20T23:05:00.000Z');
    const made = (await desk.call('listBackfills', { query: { state: 'submitted' } })).items;
    expect(made).toMatchObject([
      { of: id, startAt: '2026-11-21T05:00:00.000Z', dates: ['2026-11-19', '2026-11-20'] },
    ]);
    expect(await desk.view(id)).toMatchObject({
      state: 'pending',
      nextAt: '2026-11-21T23:00:00.000Z',
    });
    line.jump('2026-11-21T04:58:30.000Z');
    await line.runUntil('2026-11-21T04:59:50.000Z');
    const own = made[0]?.id ?? '';
    expect(desk.instancesOf(own).every(({ attempt }) => attempt === 0)).toBe(true);
    await line.runUntil('2026-11-21T05:02:00.000Z');
    expect((await desk.view(own)).status).toBe('SUCCESS');
  });

  it('runs a manual one as often as somebody asks, and deletes what is pending', async () => {
    await start();
    await desk.chain();
    const { id, rev } = await desk.call('createBackfill', {
      ...inProject,
      body: { selection: { roots: ['p/w/a'] }, dates: { last: 1 }, when: { kind: 'manual' } },
    });
    const place = { params: { project: 'p', backfill: id } };
    const first = await desk.call('runBackfill', { ...place, body: {} });
    const second = await desk.call('runBackfill', { ...place, body: {} });
    await line.run(60);
    for (const each of [first, second])
      expect(await desk.view(each.id)).toMatchObject({ of: id, status: 'SUCCESS', instances: 1 });
    expect(await desk.view(id)).toMatchObject({ state: 'pending' });
    await expect(desk.call('deleteBackfill', { ...place, ifMatch: rev + 5 })).rejects.toMatchObject(
      {
        code: 'stale-rev',
      },
    );
    await desk.call('deleteBackfill', { ...place, ifMatch: rev });
    await expect(desk.view(id)).rejects.toMatchObject({ code: 'backfill-not-found' });
  });

  it('N59 adds up to a flow status by the four rules', async () => {
    await start(failsOn('b', '2026-11-02'));
    await line.publish({
      workflow: 'w',
      schedule: daily,
      tasks: [work('a'), work('b', { upstreams: ['a'], ...noRetry })],
    });
    const id = await desk.backfill(['p/w'], {
      when: { kind: 'now' },
      runWindow: { from: '10:05', to: '23:00' },
    });
    expect((await desk.view(id)).status).toBe('RUNNING');
    await line.runUntil('2026-11-20T10:07:00.000Z');
    expect(await desk.view(id)).toMatchObject({ status: 'FAILED' });
    const place = { params: { project: 'p', backfill: id } };
    const cells = await desk.call('getBackfillMatrix', { ...place, query: { dates: 2, limit: 1 } });
    expect(cells).toMatchObject({
      totalDates: 3,
      totalTasks: 2,
      dates: [{ bizDate: '2026-11-01' }, { bizDate: '2026-11-02' }],
      items: [{ task: 'p/w/a', cells: [{ status: 'SUCCESS' }, { status: 'SUCCESS' }] }],
    });
    const rest = await desk.call('getBackfillMatrix', {
      ...place,
      query: { dates: 2, from: 1, cursor: cells.cursor },
    });
    expect(rest.items).toMatchObject([
      { task: 'p/w/b', cells: [{ status: 'FAILED' }, { status: 'NOT_RUN' }] },
    ]);
  });

  it('lets the recurring run of the same date go first, and says so', async () => {
    await start({ fateOf: () => ({ seconds: 300, how: 'succeeds' }) });
    await desk.chain({ timeoutSeconds: 800 });
    await line.generate('2026-11-19');
    await line.run(30);
    expect((await line.find(recurring('w/a'))).status).toBe('RUNNING');
    const id = await desk.backfill(['p/w/a'], { dates: datesFrom('2026-11-19') });
    await line.run(60);
    const own = filled('w/a', id, '2026-11-19');
    expect(await diagnose(line, own)).toMatchObject({
      status: 'WAIT_TIME',
      blockers: [{ code: 'recurring-first', instance: recurring('w/a') }],
    });
    const preview = await desk.call('previewBackfill', {
      ...inProject,
      body: { selection: { roots: ['p/w/a'] }, dates: datesFrom('2026-11-19') },
    });
    expect(preview.conflicts).toEqual([{ id: recurring('w/a'), status: 'RUNNING' }]);
    await line.run(800);
    expect((await line.find(own)).status).toBe('SUCCESS');
    expect((await line.find(own)).startedAt ?? '').toSatisfy(
      (started: string) => started >= '2026-11-20T10:05:30.000Z',
    );
  });

  it('waits outside its run window, and starts when it opens', async () => {
    await start();
    await desk.chain();
    const id = await desk.backfill(['p/w/a'], {
      dates: datesFrom('2026-11-01'),
      runWindow: { from: '10:10', to: '11:00' },
    });
    await line.runUntil('2026-11-20T10:09:00.000Z');
    const own = filled('w/a', id, '2026-11-01');
    expect(await diagnose(line, own)).toMatchObject({
      blockers: [{ code: 'run-window', clearsAt: '2026-11-20T10:10:00.000Z' }],
    });
    await line.runUntil('2026-11-20T10:12:00.000Z');
    expect((await line.find(own)).status).toBe('SUCCESS');
  });

  it('queues behind what is no backfill', async () => {
    await start({ fateOf: () => ({ seconds: 20, how: 'succeeds' }), limitOf: () => 1 });
    await line.stores.catalog.saveGroup({ name: 'g', slots: 1 }, undefined);
    const soon = { every: 'day', at: '10:02' } as const;
    await line.publish({
      workflow: 'w',
      schedule: soon,
      tasks: ['a', 'b'].map((name) => work(name, { resourceGroup: 'g', priority: 'LOWEST' })),
    });
    const id = await desk.backfill(['p/w'], {
      dates: datesFrom('2026-11-01', '2026-11-04'),
      groups: 4,
    });
    await line.generate('2026-11-19');
    await line.run(300);
    const order = line.seen
      .instances()
      .filter(({ family }) => family !== 'barrier')
      .toSorted((x, y) => ((x.startedAt ?? '') < (y.startedAt ?? '') ? -1 : 1));
    expect(order).toHaveLength(10);
    expect(desk.instancesOf(id).every(({ yields }) => yields)).toBe(true);
    const due = order.filter(({ startedAt }) => (startedAt ?? '') > '2026-11-20T10:02:00.000Z');
    expect(due.slice(0, 2).map(({ family }) => family)).toEqual(['recurring', 'recurring']);
  });

  it('terminates what is on its way and pauses what waits', async () => {
    await start({ fateOf: () => ({ seconds: 200, how: 'succeeds' }) });
    await desk.chain({ timeoutSeconds: 800 });
    const id = await desk.backfill(['p/w'], { groups: 2 });
    await line.run(20);
    const place = { params: { project: 'p', backfill: id } };
    const done = await desk.call('terminateBackfill', { ...place, body: { comment: 'wrong day' } });
    expect(done).toMatchObject({ moved: 2, paused: 7, failed: [], more: false });
    await line.run(900);
    const shown = await desk.view(id);
    expect(shown.status).toBe('FAILED');
    expect(shown.days.map(({ status }) => status)).toEqual(['KILLED', 'CREATED', 'KILLED']);
  });
});
