import { afterEach, describe, expect, it } from 'vitest';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { recurring, statuses, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
const start = async (options?: LineOptions) => {
  line = await startLine(options);
};
afterEach(async () => {
  const { failures, seen } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
});

const daily = (at = '02:00') => ({ every: 'day', at }) as const;
const count = () => line.seen.instances().filter(({ family }) => family !== 'barrier').length;

describe('the nightly generation', () => {
  it('N1 N13 makes at 23:00 of the zone the next day of every timed prod task, with the day before as business date', async () => {
    await start({ at: '2026-11-19T14:50:00.000Z' });
    await line.saveProject({ name: 'cn', zone: 'Asia/Shanghai' });
    await line.publish({ workflow: 'w', schedule: daily(), tasks: [work('a'), work('b')] });
    await line.publish({ workflow: 'w', schedule: daily(), tasks: [work('a')] }, { project: 'cn' });
    await line.publish({ workflow: 'off', schedule: daily() }, { timing: 'OFF' });
    await line.publish({ workflow: 'byHand', schedule: undefined });

    await line.runUntil('2026-11-19T14:59:59.000Z');
    expect(count()).toBe(0);
    await line.runUntil('2026-11-19T15:00:05.000Z');
    expect(line.seen.instances()).toMatchObject([
      { project: 'cn', bizDate: '2026-11-19', dueAt: '2026-11-19T18:00:00.000Z' },
    ]);
    line.jump('2026-11-19T22:58:30.000Z');
    await line.runUntil('2026-11-19T22:59:59.000Z');
    expect(count()).toBe(1);
    await line.runUntil('2026-11-19T23:00:05.000Z');
    expect(line.seen.instances().filter(({ project }) => project === 'p')).toMatchObject([
      { workflow: 'w', bizDate: '2026-11-19', dueAt: '2026-11-20T02:00:00.000Z', cycle: 1 },
      { workflow: 'w', bizDate: '2026-11-19', dueAt: '2026-11-20T02:00:00.000Z', cycle: 1 },
    ]);
    expect(await line.stores.ledger.findGeneration('prod', 'p', '2026-11-19')).toMatchObject({
      expected: 2,
      created: 2,
    });
  });

  it('N2 N10 uses what was online at 23:00, however late it runs; what came after waits a day', async () => {
    await start({ at: '2026-11-19T22:58:00.000Z' });
    await line.publish({ workflow: 'edited', schedule: daily(), tasks: [work('a')] });
    line.jump('2026-11-19T22:59:00.000Z');
    await line.publish({ workflow: 'early', schedule: daily(), tasks: [work('a')] });
    await line.stores.catalog.putDraft('p', 'early', { workflow: 'early', tasks: [] });
    line.jump('2026-11-19T23:01:00.000Z');
    await line.publish({ workflow: 'late', schedule: daily(), tasks: [work('a')] });
    await line.publish({ workflow: 'edited', schedule: daily('03:00'), tasks: [work('b')] });

    line.jump('2026-11-20T01:10:00.000Z');
    await line.runUntil('2026-11-20T01:15:05.000Z');
    const made = () =>
      line.seen
        .instances()
        .map(({ workflow, task, bizDate, version }) =>
          [workflow, task, bizDate.slice(8), version].join(' '),
        );
    expect(made().toSorted()).toEqual(['early a 19 1', 'edited a 19 1']);

    line.jump('2026-11-20T22:59:00.000Z');
    await line.runUntil('2026-11-20T23:00:05.000Z');
    expect(
      made()
        .filter((text) => text.includes(' 20 '))
        .toSorted(),
    ).toEqual(['early a 20 1', 'edited b 20 2', 'late a 20 1']);
  });

  it('N3 creates nothing twice: again, twice at once, and after a crash at any point', async () => {
    await start();
    const hourly = { every: 'hour', from: '00:00', to: '05:00' } as const;
    await line.publish({
      workflow: 'w',
      schedule: daily('06:00'),
      tasks: [
        work('h', { schedule: hourly, selfDependent: true }),
        work('g', { schedule: hourly, upstreams: ['h'] }),
        work('d', { upstreams: ['h', 'g'] }),
      ],
    });
    line.dieAfter(8);
    await line.generate('2026-11-19', { id: 'first' });
    for (const requests of [11, 15, 19, 22, 26, 30, 34]) {
      line.dieAfter(requests);
      await line.run(1);
    }
    line.restart();
    await line.run(2);
    expect(line.deaths()).toBeGreaterThan(4);
    expect(await line.stores.instances.findRequest('first')).toMatchObject({
      status: 'DONE',
      result: { instances: 13, existing: 0 },
    });
    const parents = () => line.seen.instances().map(({ id }) => line.seen.parentsOf(id).length);
    const edges = parents().reduce((sum, n) => sum + n, 0);
    expect(edges).toBe(5 + 6 + 7);

    const stages = line.stages();
    const input = {
      ...{ env: 'prod', project: 'p', bizDate: '2026-11-19' },
      cutoffAt: line.clock(),
    } as const;
    const host = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1 };
    const twice = await Promise.all(
      ['x', 'y'].map(async (generationId) => {
        const plan = await stages.plan({ ...input, generationId }, host);
        return Promise.all(plan.chunks.map((chunk) => stages.chunk(chunk, host)));
      }),
    );
    expect(twice.flat()).toEqual([
      { instances: 0, edges: 0, existing: 13 },
      { instances: 0, edges: 0, existing: 13 },
    ]);
    const fresh = { ...input, bizDate: '2026-11-20' } as const;
    const race = await Promise.all(
      ['x2', 'y2', 'z2'].map(async (generationId) => {
        const plan = await stages.plan({ ...fresh, generationId }, host);
        const [done] = await Promise.all(plan.chunks.map((chunk) => stages.chunk(chunk, host)));
        return done?.instances ?? 0;
      }),
    );
    expect(race.reduce((sum, n) => sum + n, 0)).toBe(13);
    await line.drain();
    expect(count()).toBe(26);
    for (const { moves } of line.seen.instances())
      expect(moves.filter(({ move }) => move === 'generate')).toHaveLength(1);
  });

  it('N3 counts what it has created as its own, though a chunk runs twice at once and answers are lost', async () => {
    await start({ seed: 5, faults: { lostReply: 0.3, throttle: 0, staleRead: 0 } });
    await line.publish({
      workflow: 'w',
      schedule: daily('06:00'),
      tasks: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, n) =>
        work(name, { upstreams: n > 3 ? ['a', 'b'] : [] }),
      ),
    });
    const host = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1 };
    for (const bizDate of ['2026-11-21', '2026-11-22', '2026-11-23']) {
      const day = { env: 'prod', project: 'p', bizDate, cutoffAt: line.clock() } as const;
      const { plan, chunk, seal } = line.stages();
      const planned = await plan({ ...day, generationId: `own-${bizDate}` }, host);
      const [only] = planned.chunks;
      if (!only) throw new Error('nothing planned');
      const twice = await Promise.all([chunk(only, host), chunk(only, host), line.drain()]);
      const busy = recurring('w/h', { bizDate });
      for (let n = 0; n < 11; n += 1)
        for (const move of ['pause', 'resume'] as const) await line.operate(busy, { move });
      expect((await line.find(busy)).moves[0]?.seq).toBeGreaterThan(1);
      const again = await chunk(only, host);
      for (const done of [twice[0], twice[1], again])
        expect(done).toEqual({ instances: 8, edges: 8, existing: 0 });
      expect(await seal(planned, host)).toMatchObject({ instances: 8, edges: 8, existing: 0 });

      const other = await plan({ ...day, generationId: `other-${bizDate}` }, host);
      const found = await Promise.all(other.chunks.map((each) => chunk(each, host)));
      expect(found).toMatchObject([{ instances: 0, existing: 8 }]);
    }
    expect(line.opened.proxy?.injected.lostReply).toBeGreaterThan(5);
  });

  it('N3 W24 runs to the end although it was generated again while it ran', async () => {
    await start({ at: '2026-11-19T23:55:00.000Z' });
    await line.publish({
      workflow: 'w',
      schedule: daily('00:00'),
      tasks: [work('a'), work('b', { upstreams: ['a'] }), work('c', { upstreams: ['b'] })],
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:07.000Z');
    await line.generate('2026-11-19', { id: 'again' });
    await line.run(30);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' });
    expect(line.seen.instances().map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  });

  it('W24 makes up after an outage for every day that was missed, oldest first, and runs it', async () => {
    await start({ at: '2026-11-16T20:00:00.000Z' });
    await line.publish({
      workflow: 'w',
      schedule: daily('04:00'),
      tasks: [work('a', { selfDependent: true })],
    });
    line.jump('2026-11-20T09:20:00.000Z');
    await line.runUntil('2026-11-20T10:16:00.000Z');

    const days = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];
    const made = line.seen.instances().toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
    expect(made.map(({ bizDate, status }) => [bizDate, status])).toEqual(
      days.map((day) => [day, 'SUCCESS']),
    );
    const starts = made.map(({ startedAt = '' }) => startedAt);
    expect(starts).toEqual(starts.toSorted());
    for (const day of days.slice(1))
      expect(line.seen.parentsOf(recurring('w/a', { bizDate: day }))).toHaveLength(1);
    const lines = await line.stores.ledger.lastGenerations('prod', 'p', 10);
    expect(lines.map(({ bizDate }) => bizDate)).toEqual(days.toReversed());
  });

  it('N6 N31 gives a task an instance on its off day that succeeds without running and blocks nobody', async () => {
    await start({ at: '2026-11-19T23:50:00.000Z' });
    await line.publish({
      workflow: 'w',
      schedule: daily('00:00'),
      tasks: [
        work('weekly', { schedule: { every: 'week', on: ['MON'] } }),
        work('monthly', { schedule: { every: 'month', on: ['last'] } }),
        work('yearly', { schedule: { every: 'year', on: ['01-01'] } }),
        work('below', { upstreams: ['weekly', 'monthly', 'yearly'] }),
      ],
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:01:00.000Z');
    expect(
      line.seen
        .instances()
        .filter(({ outcome }) => outcome === 'off-day')
        .map(({ task, attempt, status }) => [task, attempt, status]),
    ).toEqual(
      expect.arrayContaining(['weekly', 'monthly', 'yearly'].map((t) => [t, 0, 'SUCCESS'])),
    );
    expect(await line.find(recurring('w/below'))).toMatchObject({ status: 'SUCCESS', attempt: 1 });
    expect(line.machines.started()).toBe(1);
  });

  it('N8 makes instances of a paused task, which do not run; dependants stay NOT_RUN; resumed it runs', async () => {
    await start({ at: '2026-11-19T23:50:00.000Z' });
    await line.publish({
      workflow: 'w',
      schedule: daily('00:00'),
      tasks: [work('a'), work('b', { upstreams: ['a'] })],
    });
    const state = { env: 'prod', project: 'p', workflow: 'w', task: 'a' } as const;
    const paused = { since: line.clock(), by: 'ann' };
    await line.stores.catalog.saveTaskState({ ...state, paused }, undefined);
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:05:00.000Z');
    expect(await line.find(recurring('w/a'))).toMatchObject({ attempt: 0, parked: true });
    expect(statuses(line, 'w')).toMatchObject({ b: 'NOT_RUN' });
    expect(line.machines.started()).toBe(0);

    await line.stores.catalog.saveTaskState(state, 1);
    await line.run(75);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
  });

  it('N9 leaves existing instances in their resource group; one that has not started can be changed alone', async () => {
    await start({ at: '2026-11-19T23:50:00.000Z' });
    const publish = (resourceGroup: string) =>
      line.publish({
        workflow: 'w',
        schedule: daily('00:00'),
        tasks: [work('a', { resourceGroup }), work('b', { resourceGroup })],
      });
    await publish('old');
    await line.generate('2026-11-19');
    await publish('new');
    await line.generate('2026-11-20');
    await line.operate(recurring('w/b'), {
      move: 'set-resource-group',
      set: { resourceGroup: 'other' },
    });

    const groups = await Promise.all(
      ['19', '20'].flatMap((day) =>
        ['a', 'b'].map(
          async (task) =>
            (await line.find(recurring(`w/${task}`, { bizDate: `2026-11-${day}` }))).resourceGroup,
        ),
      ),
    );
    expect(groups).toEqual(['old', 'other', 'new', 'new']);
    await line.runUntil('2026-11-20T00:00:30.000Z');
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
    await expect(
      line.operate(recurring('w/b'), { move: 'set-resource-group', set: { resourceGroup: 'x' } }),
    ).rejects.toThrow(/not allowed from SUCCESS/);
  });

  it('N11 never starts dev instances by the clock; the one that is resumed runs', async () => {
    await start({ at: '2026-11-19T22:50:00.000Z' });
    await line.saveProject({ name: 'two', mode: 'dev-prod' });
    await line.publish(
      {
        workflow: 'w',
        schedule: daily('00:00'),
        tasks: [work('a'), work('b'), work('c', { upstreams: ['a'] })],
      },
      { project: 'two', env: 'dev' },
    );
    await line.runUntil('2026-11-19T23:00:05.000Z');
    expect(count()).toBe(3);
    line.jump('2026-11-19T23:59:00.000Z');
    await line.runUntil('2026-11-20T00:05:00.000Z');
    expect(line.machines.started()).toBe(0);

    const id = (path: string) => recurring(path, { env: 'dev', project: 'two' });
    await line.operate(id('w/a'), { move: 'resume' });
    await line.run(120);
    expect(await line.find(id('w/a'))).toMatchObject({ status: 'SUCCESS', attempt: 1 });
    expect(await line.find(id('w/b'))).toMatchObject({ attempt: 0, paused: true });
    expect(await line.find(id('w/c'))).toMatchObject({ attempt: 0, paused: true });
  });

  it('N12 leaves the instances of a task that was undeployed; started later they fail with "definition not found"', async () => {
    await start({ at: '2026-11-19T23:50:00.000Z' });
    const publish = (...names: string[]) =>
      line.publish({
        workflow: 'w',
        schedule: daily('00:00'),
        tasks: names.map((name) => work(name)),
      });
    await publish('gone', 'undeployed', 'kept');
    await line.generate('2026-11-19');
    await publish('undeployed', 'kept');
    const undeployed = { since: line.clock(), by: 'ann' };
    await line.stores.catalog.saveTaskState(
      { env: 'prod', project: 'p', workflow: 'w', task: 'undeployed', undeployed },
      undefined,
    );
    await line.drain();
    expect(count()).toBe(3);
    await line.runUntil('2026-11-20T00:00:30.000Z');
    for (const path of ['w/gone', 'w/undeployed'])
      expect(await line.find(recurring(path))).toMatchObject({
        status: 'FAILED',
        outcome: 'definition-missing',
        error: expect.stringContaining('definition not found'),
      });
    expect(statuses(line, 'w')).toMatchObject({ kept: 'SUCCESS' });
  });

  it('W15 lets a run go on whose workflow goes offline, although nothing new is generated', async () => {
    await start({ at: '2026-11-19T23:59:00.000Z' });
    await line.publish({
      workflow: 'w',
      schedule: daily('00:00'),
      tasks: [work('a'), work('b', { upstreams: ['a'] })],
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:00:02.000Z');
    await line.takeOffline('w');
    await line.run(30);
    expect(statuses(line, 'w')).toEqual({ a: 'SUCCESS', b: 'SUCCESS' });
    expect(await line.generate('2026-11-20')).toMatchObject({ instances: 0 });
  });
});

describe('dependencies, end to end', () => {
  const hours = { every: 'hour', from: '00:00', to: '03:00' } as const;
  const startsOf = (workflow: string, task: string, bizDate = '2026-11-19') =>
    line.seen
      .instances()
      .filter(
        (each) => each.workflow === workflow && each.task === task && each.bizDate === bizDate,
      )
      .toSorted((a, b) => a.index - b.index)
      .map(({ startedAt }) => startedAt?.slice(11, 19));
  const toTheEnd = async () => {
    for (let hour = 1; hour < 5; hour += 1) {
      await line.runUntil(`2026-11-20T0${hour}:00:40.000Z`);
      line.jump(`2026-11-20T0${hour}:59:30.000Z`);
    }
    await line.run(60);
  };

  it('N26 N27 N28 N29 holds a daily task for ALL hours of its upstream, FIRST, LAST and NEAR for theirs, an hourly one for its day, a self-dependent one for its previous cycle', async () => {
    await start({ at: '2026-11-19T23:50:00.000Z' });
    await line.publish({
      workflow: 'w',
      schedule: daily('00:30'),
      tasks: [
        work('h', { schedule: hours }),
        work('all', { upstreams: ['h'], schedule: daily('00:00') }),
        work('first', { upstreams: [{ task: 'h', strategy: 'FIRST' }], schedule: daily('00:00') }),
        work('last', { upstreams: [{ task: 'h', strategy: 'LAST' }], schedule: daily('00:00') }),
        work('near', { upstreams: [{ task: 'h', strategy: 'NEAR' }], schedule: daily('01:30') }),
        work('day', { schedule: daily('02:00') }),
        work('onDay', { schedule: hours, upstreams: ['day'] }),
        work('self', { schedule: hours, selfDependent: true }),
      ],
    });
    await line.generate('2026-11-19');
    await line.operate(recurring('w/self'), { move: 'pause' });
    await line.runUntil('2026-11-20T00:00:40.000Z');
    line.jump('2026-11-20T00:59:30.000Z');
    await line.runUntil('2026-11-20T01:01:40.000Z');
    expect(startsOf('w', 'self')).toEqual([undefined, undefined, undefined, undefined]);
    await line.operate(recurring('w/self'), { move: 'resume' });
    await line.runUntil('2026-11-20T01:03:00.000Z');
    await toTheEnd();

    expect(startsOf('w', 'h')).toEqual(['00:00:00', '01:00:00', '02:00:00', '03:00:00']);
    expect(startsOf('w', 'all')).toEqual(['03:00:05']);
    expect(startsOf('w', 'first')).toEqual(['00:00:05']);
    expect(startsOf('w', 'last')).toEqual(['03:00:05']);
    expect(startsOf('w', 'near')[0] ?? '').toMatch(/^01:[345]/);
    expect(startsOf('w', 'onDay')).toEqual(['02:00:05', '02:00:05', '02:00:05', '03:00:00']);
    expect(startsOf('w', 'self')).toEqual(['01:01:40', '01:01:45', '02:00:00', '03:00:00']);
  });

  it('N29 N30 links LAST_PERIOD, LAST_N_PERIOD and LAST_24_HOUR to earlier instances, which must have succeeded', async () => {
    await start({ at: '2026-11-17T23:50:00.000Z' });
    const tasks = [
      work('up', { schedule: daily('00:00') }),
      work('hourly', { schedule: hours }),
      work('last', { upstreams: [{ task: 'up', period: 'last' }] }),
      work('last2', { upstreams: [{ task: 'up', period: { last: 2 } }] }),
      work('window', {
        upstreams: [{ task: 'hourly', period: 'last24h' }],
        schedule: daily('01:30'),
      }),
      work('self', { selfDependent: true }),
    ];
    await line.publish({ workflow: 'w', schedule: daily('00:00'), tasks });
    for (const day of [17, 18, 19]) await line.generate(`2026-11-${day}`);
    const parents = (path: string) =>
      line.seen
        .parentsOf(recurring(path))
        .map((id) =>
          id
            .split('~')
            .slice(4)
            .filter((_, n) => n !== 1)
            .join(' '),
        )
        .toSorted();

    expect(parents('w/last')).toEqual(['20261118 up 1']);
    expect(parents('w/last2')).toEqual(['20261117 up 1', '20261118 up 1']);
    expect(parents('w/self')).toEqual(['20261118 self 1']);
    expect(parents('w/window')).toEqual([
      '20261118 hourly 3',
      '20261118 hourly 4',
      '20261119 hourly 1',
      '20261119 hourly 2',
    ]);

    await line.operate(recurring('w/up', { bizDate: '2026-11-18' }), { move: 'pause' });
    await line.operate(recurring('w/self', { bizDate: '2026-11-18' }), { move: 'pause' });
    line.jump('2026-11-19T23:59:30.000Z');
    await line.runUntil('2026-11-20T00:02:00.000Z');
    expect(statuses(line, 'w')).toMatchObject({
      up: 'SUCCESS',
      last: 'NOT_RUN',
      last2: 'NOT_RUN',
      self: 'NOT_RUN',
    });
    expect(statuses(line, 'w', plusDays('2026-11-19', -2))).toMatchObject({
      up: 'SUCCESS',
      self: 'SUCCESS',
    });
    for (const task of ['up', 'self'])
      await line.operate(recurring(`w/${task}`, { bizDate: '2026-11-18' }), { move: 'resume' });
    await line.run(30);
    expect(statuses(line, 'w')).toMatchObject({
      last: 'SUCCESS',
      last2: 'SUCCESS',
      self: 'SUCCESS',
    });
  });
});
