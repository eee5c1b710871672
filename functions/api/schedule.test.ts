import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type Line, type LineOptions, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
afterEach(() => line.close());

const post = { kind: 'http', url: 'https://example.com/x' } as const;
const at = (workflow: string, project = 'p') => ({ params: { project, workflow } });
const admin = () => api.as('root', ['admin']);
const start = async (options?: LineOptions) => {
  line = await startLine({ at: '2026-11-19T22:59:30.000Z', ...options });
  api = startApi(line.stores, line.clock);
};
const publish = (workflow: string, fields: object, project = 'p') =>
  admin()('publishWorkflow', {
    ...at(workflow, project),
    body: {
      definition: JSON.parse(
        JSON.stringify({ workflow, tasks: [{ name: 'a', ...post }], ...fields }),
      ),
    },
  });
const fives = { every: 'minute', interval: 5, from: '00:00', to: '00:15' } as const;
/** Lets generation happen, leaves out the hour in which nothing does, and goes on to `until`. */
const night = async (until: string) => {
  await line.runUntil('2026-11-19T23:00:30.000Z');
  line.jump('2026-11-19T23:59:30.000Z');
  await line.runUntil(`2026-11-20T${until}:00.000Z`);
};
const ticks = (query: object = {}, workflow = 'w') =>
  admin()('listTicks', { ...at(workflow), query });
const clocks = (rows: readonly { readonly dueAt: string }[]) =>
  rows.map(({ dueAt }) => dueAt.slice(0, 16));

describe('the ticks of a schedule', () => {
  beforeEach(() => start());

  it('W64 are those of today unless a range is given, with trigger time, end and status', async () => {
    await publish('w', { schedule: fives });
    await night('00:07');
    const today = await ticks();
    expect(today).toMatchObject({ from: '2026-11-20', to: '2026-11-20', scheduled: true });
    expect(today.items.map(({ dueAt, status }) => [dueAt.slice(11, 16), status])).toEqual([
      ['00:15', 'WAITING'],
      ['00:10', 'WAITING'],
      ['00:05', 'SUCCESS'],
      ['00:00', 'SUCCESS'],
    ]);
    expect(today.items[3]).toMatchObject({
      ...{ run: 'prod~p~w~r~20261119~1', trigger: 'recurring', planned: true, late: false },
      ...{ bizDate: '2026-11-19', local: '2026-11-20T00:00', total: 1, ended: 1, failed: 0 },
      startedAt: expect.stringContaining('2026-11-20T00:00'),
      endedAt: expect.stringContaining('2026-11-20T00:00'),
    });
    const tomorrow = await ticks({ from: '2026-11-21', to: '2026-11-21' });
    expect(tomorrow.items.map(({ status }) => status)).toEqual(Array(4).fill('PLANNED'));
  });

  it('W64 W53 reach back seven days and no further', async () => {
    await publish('w', { schedule: fives });
    await night('00:01');
    expect((await ticks({ from: '2026-11-13' })).items).toHaveLength(4);
    for (const query of [
      { from: '2026-11-12' },
      { from: '2026-11-20', to: '2026-11-19' },
      { to: '2026-11-22' },
    ])
      await expect(ticks(query)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('W64 say that there is no schedule', async () => {
    await publish('w', {});
    await publish('timed', { schedule: fives });
    await night('00:01');
    expect(await ticks()).toMatchObject({ scheduled: false, items: [] });
    expect(await ticks({}, 'timed')).toMatchObject({ scheduled: true });
    await expect(ticks({}, 'nowhere')).rejects.toMatchObject({ code: 'workflow-not-found' });
  });

  it('are those of the version that was online at each cut-off', async () => {
    await publish('w', { schedule: fives });
    await night('00:01');
    await publish('w', { schedule: { every: 'day', at: '05:00' } });
    const { items } = await ticks({ to: '2026-11-21' });
    expect(clocks(items)).toEqual([
      '2026-11-21T05:00',
      '2026-11-20T00:15',
      '2026-11-20T00:10',
      '2026-11-20T00:05',
      '2026-11-20T00:00',
    ]);
    await admin()('setTiming', { ...at('w'), body: { on: false } });
    expect((await ticks({ to: '2026-11-21' })).items).toHaveLength(4);
  });

  it('come with the runs that nobody planned, each once, whatever the size of a page', async () => {
    await publish('w', { schedule: { ...fives, to: '01:55' } });
    await night('00:01');
    for (let n = 0; n < 5; n += 1) {
      await admin()('startWorkflow', { ...at('w'), body: {} });
      await line.run(100);
    }
    const whole = (await ticks({ limit: 200 })).items;
    expect(whole).toHaveLength(24 + 5);
    expect(whole.filter(({ trigger }) => trigger === 'manual')).toHaveLength(5);
    expect(clocks(whole)).toEqual(clocks(whole).toSorted().reverse());

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ticks({ limit: 3, cursor });
      seen.push(...page.items.map(({ run }) => run));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(whole.map(({ run }) => run));
    const only = async (query: object) => (await ticks({ limit: 200, ...query })).items.length;
    expect(await only({ trigger: 'manual' })).toBe(5);
    expect(await only({ trigger: 'manual', status: 'WAITING' })).toBe(0);
    expect(await only({ status: 'WAITING' })).toBe(22);
  });

  it('are missed when their day was generated without them, or never', async () => {
    await publish('w', { schedule: fives });
    line.jump('2026-11-20T00:12:00.000Z');
    expect((await ticks()).items.map(({ status }) => status)).toEqual([
      'PLANNED',
      'PLANNED',
      'MISSED',
      'MISSED',
    ]);
  });
});

describe('ticks that run nothing', () => {
  it('W65 shows a tick that overlap skipped as a skipped row with its reason, and one that waits as late', async () => {
    await start({ fateOf: () => ({ seconds: 700, how: 'succeeds' }) });
    for (const concurrency of ['skip', 'wait'])
      await publish(concurrency, {
        ...{ schedule: fives, concurrency },
        tasks: [{ name: 'a', ...post, timeoutSeconds: 800 }],
      });
    await night('00:11');
    const rows = async (workflow: string) =>
      (await ticks({}, workflow)).items
        .map(({ dueAt, status, reason }) => [dueAt.slice(11, 16), status, reason])
        .toReversed();
    expect((await rows('skip')).slice(0, 3)).toEqual([
      ['00:00', 'RUNNING', undefined],
      ['00:05', 'SKIPPED', 'overlap'],
      ['00:10', 'SKIPPED', 'overlap'],
    ]);
    expect((await rows('wait')).slice(0, 3)).toEqual([
      ['00:00', 'RUNNING', undefined],
      ['00:05', 'LATE', undefined],
      ['00:10', 'WAITING', undefined],
    ]);
  });

  it('names an off day and a missed run that was caught up without running', async () => {
    await start();
    await publish('weekly', { schedule: { every: 'week', on: ['MON'], at: '01:00' } });
    await publish('fresh', { schedule: fives, catchUp: { run: 'none' } });
    line.jump('2026-11-20T02:14:00.000Z');
    await line.runUntil('2026-11-20T02:16:00.000Z');
    expect((await ticks({}, 'weekly')).items).toMatchObject([
      { status: 'SKIPPED', reason: 'off-day' },
    ]);
    expect((await ticks({}, 'fresh')).items.at(-1)).toMatchObject({
      ...{ status: 'SKIPPED', reason: 'expired' },
    });
  });
});

describe('the timeline of all schedules', () => {
  beforeEach(() => start());

  it('holds what is online and timed, with the density of tasks, page by page', async () => {
    const tasks = Array.from({ length: 25 }, (_, n) => ({ name: `t${n}`, ...post }));
    await publish('herd', { schedule: { every: 'day', at: '02:00' }, tasks });
    await publish('w', { schedule: fives });
    await publish('off', { schedule: fives });
    await publish('by-hand', {});
    await admin()('setTiming', { ...at('off'), body: { on: false } });
    await publish('weekly', { schedule: { every: 'week', on: ['MON'], at: '01:00' } });

    const query = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' };
    const all = await admin()('getSchedule', { query });
    expect(all.items.map(({ workflow, total }) => [workflow, total])).toEqual([
      ['herd', 1],
      ['w', 4],
    ]);
    expect(all.items[0]?.fires).toEqual([
      {
        ...{ at: '2026-11-20T02:00:00.000Z', bizDate: '2026-11-19', cycle: 1 },
        ...{ tasks: 25, shifted: false },
      },
    ]);
    expect(all.density.find(({ at: when }) => when.includes('T02:00'))).toMatchObject({
      tasks: 25,
    });
    expect(all.density.reduce((sum, { fires }) => sum + fires, 0)).toBe(5);

    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin()('getSchedule', { query: { ...query, limit: 1, cursor } });
      paged.push(...page.items.map(({ workflow }) => workflow));
      cursor = page.cursor;
    } while (cursor);
    expect(paged).toEqual(['herd', 'w']);
    const one = await admin()('getSchedule', { query: { ...query, project: 'p', workflow: 'w' } });
    expect(one.items.map(({ workflow }) => workflow)).toEqual(['w']);
  });

  it('marks what a change of clocks does, as the project chose', async () => {
    await line.saveProject({ name: 'berlin', zone: 'Europe/Berlin', dst: 'skip' });
    await publish('gap', { schedule: { every: 'day', at: '02:30' } }, 'berlin');
    await publish('hours', { schedule: { every: 'hour', interval: 1 } }, 'berlin');
    const look = async (from: string, to: string) =>
      (await admin()('getSchedule', { query: { from, to } })).items.map(({ total, marks }) => [
        total,
        marks.map(({ kind }) => kind),
      ]);
    expect(await look('2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z')).toEqual([
      [0, ['skipped']],
      [23, ['skipped']],
    ]);
    expect(await look('2027-10-30T22:00:00.000Z', '2027-10-31T23:00:00.000Z')).toEqual([
      [1, ['once']],
      [25, ['doubled']],
    ]);
  });

  it('is bounded: seven days, and only projects in which one has a role', async () => {
    await publish('w', { schedule: fives });
    const span = (to: string) =>
      admin()('getSchedule', { query: { from: '2026-11-20T00:00:00.000Z', to } });
    expect((await span('2026-11-27T00:00:00.000Z')).items[0]?.total).toBe(28);
    await expect(span('2026-11-27T00:00:01.000Z')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(span('2026-11-20T00:00:00.000Z')).rejects.toMatchObject({ code: 'invalid-input' });
    expect((await api.as('stranger')('getSchedule', {})).items).toEqual([]);
    await expect(
      api.as('stranger')('getSchedule', { query: { project: 'p' } }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the schedule ledger', () => {
  const ledger = (query: object = {}) => admin()('getLedger', { params: { project: 'p' }, query });
  const day = (bizDate: string, query: object = {}) =>
    admin()('getLedgerDay', { params: { project: 'p', bizDate }, query });

  it('says of each date whether expected = created = finished, and of each workflow what its ticks became', async () => {
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: 5,
        how: instanceId.includes('bad') ? 'fails' : 'succeeds',
      }),
    });
    await publish('w', { schedule: fives });
    await publish('bad', {
      schedule: { every: 'day', at: '00:02' },
      tasks: [{ name: 'a', ...post, retries: { count: 0 } }],
    });
    await publish('weekly', { schedule: { every: 'week', on: ['MON'], at: '00:03' } });
    await publish('by-hand', {});
    await night('00:12');

    expect((await ledger()).items).toMatchObject([
      { bizDate: '2026-11-20', runDate: '2026-11-21', state: 'PLANNED', created: 0 },
      {
        ...{ bizDate: '2026-11-19', state: 'OPEN', created: 6, finished: 5, failed: 1 },
        line: { expected: 6, created: 6 },
        outcomes: { ran: 3, 'off-day': 1, failed: 1 },
      },
    ]);
    const { items } = await day('2026-11-19');
    expect(items).toMatchObject([
      { workflow: 'bad', expected: 1, created: 1, finished: 1, statuses: { FAILED: 1 } },
      { workflow: 'w', expected: 4, created: 4, finished: 3, statuses: { SUCCESS: 3, WAITING: 1 } },
      { workflow: 'weekly', statuses: { SKIPPED: 1 }, reasons: { 'off-day': 1 } },
    ]);

    await line.runUntil('2026-11-20T00:16:00.000Z');
    expect((await ledger()).items[1]).toMatchObject({ state: 'DONE', created: 6, finished: 6 });
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await day('2026-11-19', { limit: 1, cursor });
      pages.push(...page.items.map(({ workflow }) => workflow));
      cursor = page.cursor;
    } while (cursor);
    expect(pages).toEqual(['bad', 'w', 'weekly']);
  });

  it('shows a hole, with the missed ticks, until somebody has the date generated', async () => {
    await start();
    await publish('w', { schedule: fives });
    line.jump('2026-11-20T00:12:00.000Z');
    expect((await ledger()).items[1]).toMatchObject({ bizDate: '2026-11-19', state: 'MISSING' });
    expect((await day('2026-11-19')).items).toMatchObject([
      {
        ...{ expected: 4, created: 0, statuses: { MISSED: 2, PLANNED: 2 } },
        missing: ['prod~p~w~r~20261119~1', 'prod~p~w~r~20261119~2'],
      },
    ]);
    expect(await admin()('getHealth', {})).toMatchObject({
      status: 'degraded',
      checks: expect.arrayContaining([
        expect.objectContaining({
          name: 'schedule-ledger',
          status: 'error',
          detail: expect.stringContaining('p 2026-11-19'),
        }),
      ]),
    });
    await line.runUntil('2026-11-20T00:16:00.000Z');
    expect((await day('2026-11-19')).items).toMatchObject([{ expected: 4, created: 4 }]);
    const { checks } = await admin()('getHealth', {});
    expect(checks.find(({ name }) => name === 'schedule-ledger')).toMatchObject({ status: 'ok' });
  });
});

describe('the workflows around a workflow', () => {
  beforeEach(async () => {
    await start();
    await line.saveProject({ name: 'q' });
    const on = (...upstreams: object[]) => ({ tasks: [{ name: 'a', ...post, upstreams }] });
    const daily = { schedule: { every: 'day', at: '00:02' }, owner: 'ann' };
    await publish('far', daily);
    await publish('near', { ...daily, ...on({ workflow: 'far', task: 'a' }) });
    await publish('w', {
      ...daily,
      tasks: [
        { name: 'a', ...post, upstreams: [{ workflow: 'near', task: 'a' }] },
        { name: 'b', ...post, upstreams: [{ workflow: 'near', task: 'a', period: 'last' }] },
        { name: 'c', ...post, upstreams: [{ workflow: 'near', task: 'a' }, 'a'] },
      ],
    });
    await publish('child', { schedule: fives, ...on({ workflow: 'w', task: 'a' }) });
    await publish('abroad', { ...daily, ...on({ project: 'p', workflow: 'w', task: 'a' }) }, 'q');
    await publish('beyond', { ...daily, ...on({ workflow: 'abroad', task: 'a' }) }, 'q');
  });
  const graph = (query: object = {}, call = admin()) =>
    call('getWorkflowGraph', { ...at('w'), query });
  const levels = ({ nodes }: { nodes: readonly { id: string; level: number }[] }) =>
    Object.fromEntries(nodes.map(({ id, level }) => [id, level]));

  it('W23 are those that it waits for and those that wait for it, one level unless more are asked for', async () => {
    expect(levels(await graph())).toEqual({ 'p/w': 0, 'p/near': -1, 'p/child': 1, 'q/abroad': 1 });
    const wide = await graph({ up: 6, down: 6 });
    expect(levels(wide)).toMatchObject({ 'p/far': -2, 'q/beyond': 2 });
    expect(levels(await graph({ up: 0, down: 0 }))).toEqual({ 'p/w': 0 });
    await expect(graph({ up: 7 })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(wide.edges.filter(({ to }) => to === 'p/w')).toEqual([
      { from: 'p/near', to: 'p/w', kind: 'same-cycle', tasks: 2 },
      { from: 'p/near', to: 'p/w', kind: 'cross-cycle', tasks: 1 },
    ]);
  });

  it('W23 show last status, next fire, owner and cycle', async () => {
    await night('00:04');
    const { nodes } = await graph();
    expect(nodes.find(({ id }) => id === 'p/near')).toMatchObject({
      ...{ owner: 'ann', cycle: 'day', online: true, timing: true },
      nextFireAt: '2026-11-21T00:02:00.000Z',
      lastRun: { run: 'prod~p~near~r~20261119~1', status: 'SUCCESS', bizDate: '2026-11-19' },
    });
    expect(nodes.find(({ id }) => id === 'p/child')).toMatchObject({ cycle: 'minute' });
  });

  it('W23 are named and no more where the caller has no role', async () => {
    const project = await line.stores.catalog.findProject('p');
    const members = [{ user: 'vera', role: 'viewer' }] as const;
    if (project)
      await line.stores.catalog.saveProject({ ...project, members: [...members] }, project.rev);
    const seen = await graph({ down: 6 }, api.as('vera'));
    expect(levels(seen)).not.toHaveProperty('q/beyond');
    const abroad = seen.nodes.find(({ id }) => id === 'q/abroad');
    expect(abroad).toMatchObject({ hidden: true });
    expect(abroad).not.toHaveProperty('owner');
  });
});

describe('the grid of a workflow', () => {
  it('holds each task in each of the last runs, a part at a time', async () => {
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: 5,
        how: instanceId.includes('~2~b~') ? 'fails' : 'succeeds',
      }),
    });
    await publish('w', {
      schedule: { ...fives, interval: 15, to: '00:30' },
      tasks: [
        { name: 'a', ...post },
        { name: 'b', ...post, upstreams: ['a'], retries: { count: 0 } },
        {
          name: 'own',
          ...post,
          schedule: { every: 'minute', interval: 5, from: '00:00', to: '00:10' },
        },
      ],
    });
    await night('00:31');
    const call = admin();
    const grid = await call('getWorkflowGrid', { ...at('w'), query: { runs: 3 } });
    expect(grid.runs.map(({ cycle, status }) => [cycle, status])).toEqual([
      [1, 'SUCCESS'],
      [2, 'FAILED'],
      [3, 'SUCCESS'],
    ]);
    const cells = Object.fromEntries(
      grid.tasks.map(({ task, cells: row }) => [
        task,
        row.map((cell) => cell && `${cell.status} ${cell.count}`),
      ]),
    );
    expect(cells).toEqual({
      a: ['SUCCESS 1', 'SUCCESS 1', 'SUCCESS 1'],
      b: ['SUCCESS 1', 'FAILED 1', 'SUCCESS 1'],
      own: ['SUCCESS 3', null, null],
    });
    const part = await call('getWorkflowGrid', { ...at('w'), query: { from: 1, limit: 1 } });
    expect(part.total).toBe(3);
    expect(part.tasks).toHaveLength(1);
    expect(part.runs).toHaveLength(3);
  });

  it('knows how long the tasks of a run take as a rule', async () => {
    await start();
    await publish('w', { schedule: fives });
    await night('00:07');
    const durations = (run: string) => admin()('getRunDurations', { params: { run } });
    const { items } = await durations('prod~p~w~r~20261119~1');
    expect(items).toMatchObject([{ task: 'a' }]);
    expect(items[0]?.meanSeconds).toBeGreaterThan(0);
    await expect(durations('prod~p~w~r~20200101~1')).rejects.toMatchObject({
      code: 'run-not-found',
    });
  });
});

describe('the list of runs', () => {
  beforeEach(async () => {
    await start({
      fateOf: ({ instanceId }) => ({
        seconds: 5,
        how: instanceId.includes('~2~a~') ? 'fails' : 'succeeds',
      }),
    });
    await publish('w', {
      schedule: fives,
      tasks: [{ name: 'a', ...post, retries: { count: 0 } }],
    });
    await publish('other', { schedule: fives });
    await night('00:12');
    await admin()('startWorkflow', { ...at('w'), body: {} });
    await line.run(60);
  });
  const listed = async (query: object) =>
    (await admin()('listRuns', { query: { limit: 200, ...query } })).items.map(
      ({ workflow, cycle, family }) => `${workflow} ${family === 'manual' ? 'm' : cycle}`,
    );

  it('W9 has status, progress, start and end of each, progress being ended of total', async () => {
    const { items } = await admin()('listRuns', { query: { project: 'p', workflow: 'w' } });
    const failed = items.find(({ cycle }) => cycle === 2);
    expect(failed).toMatchObject({
      ...{ status: 'FAILED', ended: 1, total: 1, failed: 1 },
      startedAt: expect.stringContaining('T00:05'),
      endedAt: expect.stringContaining('T00:05'),
    });
    expect(items.find(({ cycle }) => cycle === 4)).toMatchObject({
      ...{ status: 'WAITING', ended: 0, total: 1, startedAt: null, endedAt: null },
    });
  });

  it('W10 combines status, time, trigger, failure and text with AND', async () => {
    const until = '2026-11-20T00:13:00.000Z';
    expect(await listed({ status: 'FAILED' })).toEqual(['w 2', 'other 2']);
    expect(await listed({ status: 'FAILED', text: 'OTH' })).toEqual(['other 2']);
    expect(await listed({ failed: 'true', from: '2026-11-20T00:07:00.000Z' })).toEqual([]);
    expect(await listed({ failed: 'true', project: 'p', workflow: 'w' })).toEqual(['w 2']);
    expect(await listed({ failed: 'false', status: 'FAILED' })).toEqual([]);
    expect(await listed({ trigger: 'manual' })).toEqual(['w m']);
    expect(await listed({ trigger: 'manual', status: 'WAITING' })).toEqual([]);
    expect(await listed({ text: 'other', until, from: '2026-11-20T00:05:00.000Z' })).toEqual([
      'other 3',
      'other 2',
    ]);
    expect(await listed({ bizDate: '2026-11-19', until, status: 'SUCCESS', text: '~w~' })).toEqual([
      'w m',
      'w 3',
      'w 1',
    ]);
  });
});
