import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { reportLog } from '../../functions/intake/report-log.ts';
import { tellLinesOf } from '../../functions/matching/tell-lines.ts';
import { tellWorld } from '../../functions/matching/tell-world.ts';
import type { AlertRule } from '../../shared/domain/alert/alert-rule.schema.ts';
import { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import { aNotification, anAlertRule } from '../../shared/testing/a-rule.ts';
import { datesFrom, openDesk } from './backfill-desk.ts';
import type { Fate } from './executions.ts';
import { recurring, work } from './line-tasks.ts';
import { type Line, type LineOptions, startLine } from './start-line.ts';

let line: Line;
afterEach(async () => {
  const { failures, seen } = line;
  await line.close();
  expect(failures).toEqual([]);
  expect(seen.faults).toEqual([]);
});

/** Tasks `t` and `child` of workflow `w`, due at 00:00, and their run of that day. */
const start = async (
  fateOf: (attempt: number) => Fate,
  rules: {
    notifications?: ReturnType<typeof aNotification>[];
    alerts?: ReturnType<typeof anAlertRule>[];
  },
  more: LineOptions & { task?: Parameters<typeof work>[1] } = {},
) => {
  const { task, ...options } = more;
  line = await startLine({
    at: '2026-11-19T23:50:00.000Z',
    fateOf: ({ instanceId, attempt }) => (instanceId.includes('~t~') ? fateOf(attempt) : ok),
    ...options,
  });
  const { catalog } = line.stores;
  for (const rule of rules.notifications ?? []) await catalog.saveNotificationRules([{ rule }]);
  for (const rule of rules.alerts ?? []) await catalog.saveAlertRules([{ rule }]);
  await line.publish({
    ...{ workflow: 'w', owner: 'olga', tags: ['nightly'], schedule: { every: 'day', at: '00:00' } },
    tasks: [
      work('t', { retries: { count: 1, intervalSeconds: 60 }, ...task }),
      work('child', { upstreams: ['t'] }),
    ],
  });
  await line.generate('2026-11-19');
};

const ok: Fate = { seconds: 5, how: 'succeeds' };
const fails: Fate = { seconds: 5, how: 'fails' };
const id = recurring('w/t');
const until = (time: string) => line.runUntil(`2026-11-20T${time}:00.000Z`);

/** What the ledger says happened, in order: kind, and the rules that are told. */
const occurrences = async (): Promise<readonly Occurrence[]> => {
  const { Items = [] } = await line.opened.direct.send(
    new ScanCommand({ TableName: line.opened.tables.ledger }),
  );
  return Items.filter(({ pk }) => String(pk).startsWith('OCC#'))
    .map((item) => Occurrence.parse(item))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.kind < b.kind ? -1 : 1));
};
const told = async () =>
  (await occurrences()).map(({ kind, rules }) => [kind, rules.map(({ name }) => name).join(' ')]);

describe('notifications, on the line', () => {
  it('W35 tell of a failed run once, after its last automatic retry, and again after a rerun that fails', async () => {
    await start(() => fails, { notifications: [aNotification({})] });
    await until('00:00');
    await line.run(30);
    expect(await told()).toEqual([['run-started', 'n1']]);
    await until('00:10');
    expect(await told()).toEqual([
      ['run-started', 'n1'],
      ['run-failed', 'n1'],
      ['task-failed', ''],
    ]);
    expect((await occurrences())[1]).toMatchObject({
      workflow: 'w',
      task: 't',
      bizDate: '2026-11-19',
      detail: { total: 2, failed: 1 },
    });

    expect((await occurrences())[2]).toMatchObject({
      owner: 'olga',
      instance: id,
      outcome: 'failed',
    });

    await line.operate(id, { move: 'rerun' });
    await until('00:20');
    expect((await told()).filter(([kind]) => kind === 'run-failed')).toHaveLength(2);
    expect((await told()).filter(([kind]) => kind === 'task-failed')).toHaveLength(2);
  });

  it('tell of a recovery and of the success of the run that had failed', async () => {
    await start((attempt) => (attempt < 3 ? fails : ok), {
      notifications: [aNotification({ items: ['succeeded'] })],
    });
    await until('00:10');
    await line.operate(id, { move: 'rerun' });
    await until('00:20');
    expect(await told()).toEqual([
      ['task-failed', ''],
      ['recovered', ''],
      ['run-succeeded', 'n1'],
    ]);
  });

  it('W34 W37 tell nothing when they are deactivated or the workflow is outside of their sphere', async () => {
    await start(() => ok, {
      notifications: [
        aNotification({ id: 'off', name: 'off', enabled: false }),
        aNotification({
          id: 'other',
          name: 'other',
          sphere: { kind: 'workflows', workflows: ['v'] },
        }),
        aNotification({ id: 'tag', name: 'tag', sphere: { kind: 'tags', tags: ['daily'] } }),
        aNotification({
          id: 'nightly',
          name: 'nightly',
          items: ['started'],
          sphere: { kind: 'tags', tags: ['nightly'] },
        }),
      ],
    });
    await until('00:10');
    expect(await told()).toEqual([['run-started', 'nightly']]);
  });

  it('W35 tell of everything once through conflicts, lost replies, doubled batches and a crash', async () => {
    await start(
      (attempt) => (attempt < 3 ? fails : ok),
      {
        notifications: [aNotification({})],
        alerts: [anAlertRule({ condition: { on: 'auto-retried' } })],
      },
      {
        seed: 7,
        at: '2026-11-19T23:58:00.000Z',
        faults: { conflict: 0.05, throttle: 0.02, lostReply: 0.05 },
        shuffle: { shards: 3, largest: 4, doubled: 0.5 },
      },
    );
    line.dieAfter(40);
    await until('00:10');
    await line.operate(id, { move: 'rerun' });
    line.dieAfter(25);
    await until('00:20');
    expect(await told()).toEqual([
      ['run-started', 'n1'],
      ['auto-retried', 'a1'],
      ['run-failed', 'n1'],
      ['task-failed', ''],
      ['recovered', ''],
      ['run-succeeded', 'n1'],
    ]);
    expect(line.opened.proxy?.strikes).not.toEqual([]);
  }, 240_000);

  it('N82 tell of a backfill only where a rule asks for other runs', async () => {
    await start(() => fails, {
      notifications: [
        aNotification({ items: ['failed'] }),
        aNotification({ id: 'asks', name: 'asks', items: ['failed'], otherRuns: true }),
      ],
      alerts: [
        anAlertRule({}),
        anAlertRule({ id: 'all', name: 'all', otherRuns: true }),
        anAlertRule({ id: 'late', name: 'late', condition: { on: 'not-completed', by: '00:01' } }),
        anAlertRule({
          id: 'word',
          name: 'word',
          condition: { on: 'log-keyword', text: 'failed:' },
        }),
        anAlertRule({ id: 'many', name: 'many', condition: { on: 'failed-count', atLeast: 1 } }),
      ],
    });
    const desk = openDesk(line);
    const backfill = await desk.backfill(['p/w/t', 'p/w/child'], {
      dates: datesFrom('2026-11-10'),
    });
    await until('00:00');
    const ofBackfill = (await occurrences()).filter(({ bizDate }) => bizDate === '2026-11-10');
    expect(ofBackfill.map(({ kind, rules }) => [kind, rules.map(({ name }) => name)])).toEqual([
      ['run-failed', ['asks']],
      ['task-failed', ['all']],
    ]);
    expect(desk.statuses(backfill)).toMatchObject({ '10 t': 'FAILED' });

    await until('00:10');
    const ofNight = (await occurrences()).filter(({ bizDate }) => bizDate === '2026-11-19');
    expect(ofNight.flatMap(({ rules }) => rules.map(({ name }) => name)).toSorted()).toEqual([
      'a1',
      'all',
      'asks',
      'late',
      'late',
      'many',
      'n1',
      'word',
    ]);
  });
});

const hourly = {
  schedule: { every: 'hour', from: '00:00', to: '03:00', interval: 1 },
} as const;

describe('alert rules about time, on the line', () => {
  const rule = (condition: AlertRule['condition'], more: Parameters<typeof anAlertRule>[0] = {}) =>
    anAlertRule({ condition, ...more });

  it('N77 tell of a time-out once, and the instance goes on', async () => {
    await start(
      () => ({ seconds: 800, how: 'succeeds' }),
      { alerts: [rule({ on: 'timeout', minutes: 5 })] },
      { task: { timeoutSeconds: 840 } },
    );
    await until('00:04');
    expect(await told()).toEqual([]);
    await until('00:06');
    expect(await told()).toEqual([['task-timeout', 'a1']]);
    const running = await line.find(id);
    expect([running.status, running.stopping]).toEqual(['RUNNING', undefined]);
    await until('00:40');
    expect(await told()).toEqual([['task-timeout', 'a1']]);
    expect((await line.find(id)).status).toBe('SUCCESS');
  });

  it('N76 tell at the time, of each cycle at its own', async () => {
    await start(
      () => ({ seconds: 800, how: 'succeeds' }),
      {
        alerts: [
          rule(
            { on: 'not-completed', byCycle: { 1: '00:10', 2: '01:05', 3: '01:15' } },
            {
              id: 'cycles',
              name: 'cycles',
              scope: { level: 'task', tasks: [{ workflow: 'w', task: 't' }] },
            },
          ),
        ],
      },
      { task: { ...hourly, timeoutSeconds: 840 } },
    );
    await until('00:09');
    expect(await told()).toEqual([]);
    await until('01:20');
    expect(
      (await occurrences()).map(({ instance, at }) => [
        instance?.split('~').at(-1),
        at.slice(11, 16),
      ]),
    ).toEqual([
      ['1', '00:10'],
      ['2', '01:05'],
    ]);
  });

  it('N76 tell late, once, after an outage of the watch, of what was not done at the time', async () => {
    await start(
      () => ({ seconds: 800, how: 'succeeds' }),
      {
        alerts: [
          rule({ on: 'not-completed', by: '00:10' }),
          rule({ on: 'not-started', by: '00:05' }, { id: 'a2', name: 'a2' }),
        ],
      },
      { task: { timeoutSeconds: 840 } },
    );
    const { watchedUpTo } = line.stores.ledger;
    await until('00:04');
    expect(await watchedUpTo()).toBe('2026-11-20T00:04:00.000Z');
    line.jump('2026-11-20T02:00:30.000Z');
    await until('02:05');
    const late = (await occurrences()).filter(({ kind }) => kind.startsWith('task-not'));
    expect(late.map(({ kind, task, at }) => [kind, task, at.slice(11, 16)])).toEqual([
      ['task-not-started', 'child', '00:05'],
      ['task-not-completed', 'child', '00:10'],
      ['task-not-completed', 't', '00:10'],
    ]);
  });

  it('tell once that the failures of a date reach a number', async () => {
    await start(() => fails, {
      alerts: [
        rule({ on: 'failed-count', atLeast: 1 }),
        rule({ on: 'failed-share', percent: 51 }, { id: 'a2', name: 'a2' }),
      ],
    });
    await until('00:10');
    expect(await told()).toEqual([
      ['task-failed', ''],
      ['failed-count', 'a1'],
    ]);
  });

  it('N76 tell nothing twice when two watches work at once', async () => {
    await start(
      () => ({ seconds: 800, how: 'succeeds' }),
      { alerts: [rule({ on: 'not-started', by: '00:02' })] },
      { task: { timeoutSeconds: 840 } },
    );
    const host = { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
    await until('00:01');
    line.jump('2026-11-20T00:02:30.000Z');
    const { watch } = line.stages();
    await Promise.all([watch({}, host), watch({}, host), watch({}, host)]);
    await until('00:04');
    expect((await told()).filter(([kind]) => kind === 'task-not-started')).toHaveLength(1);
  });
});

describe('alert rules about lines of the log, on the line', () => {
  it('tell once for each attempt, and not of a failure that is retried', async () => {
    const rule = (text: string, id: string) =>
      anAlertRule({ id, name: id, condition: { on: 'log-keyword', text } });
    await start(() => fails, {
      alerts: [rule('FAILED:', 'error'), rule('; Retry 1 of', 'warn'), rule('nothing', 'none')],
    });
    await until('00:10');
    expect(
      (await occurrences()).map(({ kind, attempt, rules }) => [kind, attempt, rules[0]?.name]),
    ).toEqual([
      ['log-keyword', 1, 'warn'],
      ['log-keyword', 2, 'error'],
      ['task-failed', 2, undefined],
    ]);
  });

  it('tell at the end of an attempt that is not retried of the failures that came while it ran', async () => {
    const lineOf = (text: string) => ({ at: line.clock(), level: 'ERROR' as const, text });
    const say = async (text: string) => {
      const { attempt } = await line.find(id);
      const report = reportLog({
        ...{ ...line.stores, clock: line.clock },
        tellLines: tellLinesOf(
          tellWorld({ ...line.stores, clock: line.clock }),
          line.stores.ledger,
        ),
      });
      const said = { batch: text, lines: [lineOf(text)], sentAt: line.clock() };
      expect((await report({ instance: id, attempt, ...said })).ok).toBe(true);
    };
    await start(
      (attempt) => ({ seconds: 50, how: attempt === 1 ? 'fails' : 'succeeds' }),
      {
        alerts: [
          anAlertRule({
            id: 'bad',
            name: 'bad',
            condition: { on: 'log-keyword', text: 'bad row' },
          }),
        ],
      },
      { task: { retries: { count: 3, intervalSeconds: 60 } } },
    );
    const keywords = async () =>
      (await occurrences())
        .filter(({ kind }) => kind === 'log-keyword')
        .map(({ attempt, detail }) => [attempt, detail.line]);

    await until('00:00');
    await line.run(20);
    await say('bad row 1');
    await until('00:02');
    await line.run(10);
    expect((await line.find(id)).attempt).toBe(2);
    await say('bad row 2');
    expect(await keywords()).toEqual([]);
    await until('00:05');
    expect((await line.find(id)).status).toBe('SUCCESS');
    expect(await keywords()).toEqual([[2, 'bad row 2']]);
  });
});
