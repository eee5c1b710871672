import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type Line, type LineOptions, startLine } from '../../tests/line/start-line.ts';

import { catalogTable } from '../stores/catalog-table.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
afterEach(() => line.close());

const admin = () => api.as('root', ['admin']);
const post = { kind: 'http', url: 'https://example.com/x' } as const;
const once = { retries: { count: 0 } } as const;
const flow = { params: { project: 'p', workflow: 'w' } };

/** How attempts of runs end, by what stands in the id of their instance. */
let failing: readonly string[] = [];
const fates: LineOptions['fateOf'] = ({ instanceId }) => ({
  seconds: 10,
  how: failing.some((part) => instanceId.includes(part)) ? 'fails' : 'succeeds',
});

const begin = async (options: LineOptions = {}) => {
  failing = ['~bad~'];
  line = await startLine({ fateOf: fates, ...options });
  api = startApi(line.stores, line.clock);
};
const publish = (tasks: readonly object[], more: object = {}) =>
  admin()('publishWorkflow', {
    ...flow,
    body: { definition: JSON.parse(JSON.stringify({ workflow: 'w', tasks, ...more })) },
  });
const start = async (body: object = {}) => (await admin()('startWorkflow', { ...flow, body })).run;
const view = (run: string) => admin()('getRun', { params: { run } });
const retry = (run: string, body: object = {}, idempotencyKey?: string) =>
  admin()('retryRun', {
    params: { run },
    body: { comment: 'the feed is back', ...body },
    ...(idempotencyKey ? { idempotencyKey } : {}),
  });
const refused = (code: string, more: object = {}) => ({ problem: { code, ...more } });
const tasksOf = async (run: string) =>
  (await admin()('listRunInstances', { params: { run } })).items;

/** Answers of the API by idempotency key; a test may lose them as a crash does. */
const forgetAnswers = () => {
  api = startApi({ ...line.stores, ledger: { ...line.stores.ledger, claimKey } }, line.clock);
};
const claimKey = async () => ({ claim: 'mine' }) as const;

const two = [
  { name: 'bad', ...post, ...once },
  { name: 'next', ...post, ...once, upstreams: ['bad'] },
];
const failed = async () => {
  const run = await start({ bizDate: '2026-11-01', parameters: { who: 'ann' } });
  await line.run(30);
  return run;
};

describe('a manual retry', () => {
  beforeEach(async () => {
    await begin();
    await publish(two, { parameters: { who: 'bob' } });
  });

  it('W62 is offered after the final failure only, and not while automatic retries remain', async () => {
    await publish([{ name: 'bad', ...post, retries: { count: 2, intervalSeconds: 120 } }]);
    const run = await start();
    const seen: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      await line.run(30);
      const { status, retryable, autoRetries } = await view(run);
      seen.push(`${status} ${retryable} ${autoRetries ?? 0}`);
      if (status !== 'FAILED') {
        expect(retryable).toBe(false);
        await expect(retry(run)).rejects.toMatchObject(refused('not-failed'));
      }
    }
    expect([...new Set(seen)]).toEqual(['RUNNING false 1', 'RUNNING false 2', 'FAILED true 2']);
    await expect(retry(run)).resolves.toMatchObject({ retryOf: run });
  });

  it('W61 leaves one row with status success where an automatic retry succeeds', async () => {
    await publish([{ name: 'bad', ...post, retries: { count: 2, intervalSeconds: 60 } }]);
    const run = await start();
    await line.run(30);
    const failures = () => admin()('listRuns', { query: { project: 'p', status: 'FAILED' } });
    expect((await failures()).items).toEqual([]);
    failing = [];
    await line.run(90);
    const { items } = await admin()('listRuns', { query: { project: 'p' } });
    expect(items).toMatchObject([{ run, status: 'SUCCESS', failed: 0, autoRetries: 1 }]);
    expect((await failures()).items).toEqual([]);
    const { totals } = await admin()('getMonitoring', { query: { project: 'p' } });
    expect(totals).toMatchObject({ runs: 1, succeeded: 1, failed: 0, autoRetried: 1 });
  });

  it('W63 re-sends the original parameters for the original date, linked in both directions', async () => {
    const run = await failed();
    failing = [];
    const again = await retry(run);
    expect(again.retryOf).toBe(run);
    expect(await view(run)).toMatchObject({
      status: 'FAILED',
      retryable: false,
      retry: {
        run: again.run,
        status: 'WAITING',
        by: 'root',
        reason: 'the feed is back',
        count: 1,
      },
    });
    await line.run(60);
    expect(await view(again.run)).toMatchObject({
      ...{ status: 'SUCCESS', retryOf: run, bizDate: '2026-11-01', total: 2 },
      ...{ parameters: { who: 'ann' }, family: 'manual' },
    });
    expect(await view(run)).toMatchObject({
      ...{ status: 'FAILED', retryable: false },
      retry: { run: again.run, status: 'SUCCESS' },
    });
    const { totals } = await admin()('getMonitoring', { query: { project: 'p' } });
    expect(totals).toMatchObject({ runs: 2, succeeded: 1, failed: 1, manualRetries: 1 });
    const { items } = await admin()('listAudit', {
      params: { project: 'p' },
      query: { object: `run:${run}` },
    });
    expect(items).toMatchObject([{ action: 'retry', reason: 'the feed is back' }]);
  });

  it('W63 runs the version that failed although another one is online, or the current one on demand', async () => {
    const run = await failed();
    await publish([{ name: 'bad', ...post, ...once }], { description: 'changed' });
    failing = ['~bad~'];
    const old = await retry(run);
    await line.run(60);
    expect((await tasksOf(old.run)).map(({ task }) => task).toSorted()).toEqual(['bad', 'next']);
    for (const { id } of await tasksOf(old.run)) {
      const instance = await line.find(id);
      expect(instance).toMatchObject({ version: 1, pinned: true });
      if (instance.attempt > 0) expect(instance.codeVersion).toBe(1);
    }
    const current = await retry(run, { version: 'current' });
    await line.run(60);
    const [instance] = await tasksOf(current.run);
    expect(await tasksOf(current.run)).toHaveLength(1);
    expect(await line.find(instance?.id ?? '')).toMatchObject({ version: 2, codeVersion: 2 });
  });

  it('W63 is one at a time: of many that ask at once one gets it, the others its id', async () => {
    const run = await failed();
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => retry(run)));
    const granted = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value.run] : []));
    expect(granted).toHaveLength(1);
    for (const each of asked)
      if (each.status === 'rejected')
        expect(each.reason).toMatchObject(refused('retry-active', { run: granted[0] }));
    await line.run(5);
    await expect(retry(run)).rejects.toMatchObject(refused('retry-active', { run: granted[0] }));
    expect(line.seen.instances().filter(({ scope }) => scope.startsWith('r-'))).toHaveLength(2);

    await line.run(60);
    expect((await view(granted[0] ?? '')).status).toBe('FAILED');
    expect((await view(run)).retryable).toBe(true);
    failing = [];
    const second = await retry(run);
    await line.run(60);
    await expect(retry(run)).rejects.toMatchObject(refused('retry-succeeded', { run: second.run }));
    expect((await view(run)).retry).toMatchObject({ run: second.run, count: 2 });
  });

  it('W63 of a retry is one more retry of the run that failed first', async () => {
    const run = await failed();
    const first = await retry(run);
    await line.run(60);
    const second = await retry(first.run);
    expect(second.retryOf).toBe(run);
    await expect(retry(run)).rejects.toMatchObject(refused('retry-active', { run: second.run }));
    expect((await view(first.run)).retry).toMatchObject({ run: second.run, count: 2 });
    await line.run(60);
    expect(await view(second.run)).toMatchObject({ retryOf: run, parameters: { who: 'ann' } });
    expect((await view(second.run)).retry).toBeUndefined();
  });

  it('W70 shows what it re-sends, and who asked with what, without secrets, which the task gets', async () => {
    const secret = { who: 'ann', api_token: 'hunter2-x' };
    const run = await start({ bizDate: '2026-11-01', parameters: secret });
    await line.run(30);
    failing = [];
    const again = await retry(run);
    await line.run(60);
    for (const each of [run, again.run]) {
      const { parameters } = await view(each);
      expect(parameters).toEqual({ who: 'ann', api_token: '***' });
      const request = await admin()('getRequest', { params: { request: each } });
      expect(JSON.stringify(request)).not.toContain('hunter2');
    }
    const { items } = await admin()('listAudit', { params: { project: 'p' }, query: {} });
    expect(items.some(({ action }) => action === 'start')).toBe(true);
    expect(JSON.stringify(items)).not.toContain('hunter2');
    expect(await line.stores.instances.findRequest(again.run)).toMatchObject({
      parameters: secret,
    });
  });

  it('needs a reason, and the role of an operator', async () => {
    const run = await failed();
    for (const comment of ['', '   '])
      await expect(retry(run, { comment })).rejects.toMatchObject(
        refused('invalid-input', { errors: [{ path: 'body.comment' }] }),
      );
    const viewer = api.as('vera', ['viewer']);
    await expect(
      viewer('retryRun', { params: { run }, body: { comment: 'x' } }),
    ).rejects.toMatchObject(refused('forbidden'));
    await expect(admin()('batchRuns', { body: { op: 'retry', ids: [run] } })).rejects.toMatchObject(
      refused('invalid-input', { errors: [{ path: 'body.comment' }] }),
    );
  });

  it('gives the same answer to the same key, also when the first answer got lost', async () => {
    const run = await failed();
    const first = await retry(run, {}, 'the-key');
    expect(await retry(run, {}, 'the-key')).toEqual(first);
    // As after a crash between the two: the retry is there, its answer was never kept.
    forgetAnswers();
    expect(await retry(run, {}, 'the-key')).toEqual(first);
    await line.run(60);
    expect((await view(run)).retry?.count).toBe(1);
  });

  it('is refused when its parameters are gone, its version is gone, or the workflow is offline', async () => {
    const { tables } = line.opened;
    const remove = (TableName: string, Key: { pk: string; sk: string }) =>
      line.opened.direct.send(new DeleteCommand({ TableName, Key }));
    const [first, second] = [await failed(), await failed()];
    await remove(tables.instances, { pk: `REQ#${first}`, sk: 'REQ' });
    await expect(retry(first)).rejects.toMatchObject(refused('not-retryable'));

    await publish(two, { description: 'newer' });
    const { items } = await admin()('listVersions', { ...flow, query: {} });
    expect(items).toHaveLength(2);
    await remove(tables.catalog, catalogTable.version('p', 'w', 1));
    await expect(retry(second)).rejects.toMatchObject(refused('not-retryable'));
    await expect(retry(second, { version: 'current' })).resolves.toMatchObject({ retryOf: second });

    await line.takeOffline('w');
    await line.run(60);
    await expect(retry(second, { version: 'current' })).rejects.toMatchObject(
      refused('not-online'),
    );
  });

  it('W19 W21 goes for many at once with a result for each, and twice under one key acts once', async () => {
    const runs = [await start(), await start(), await start()];
    await line.run(30);
    failing = [];
    const fine = await start();
    await line.run(60);
    const list = await admin()('listRuns', { query: { project: 'p', retryable: 'true' } });
    expect(list.items.map(({ run }) => run).toSorted()).toEqual(runs.toSorted());

    const body = { op: 'retry', ids: [...runs, fine, 'prod~p~w~m.x~20261101~1'], comment: 'all' };
    const send = () => admin()('batchRuns', { body: body as never, idempotencyKey: 'batch-1' });
    const done = await send();
    expect(done.succeeded.map(({ id }) => id)).toEqual(runs);
    expect(done.skipped.map(({ id }) => id)).toEqual([fine]);
    expect(done.failed).toMatchObject([{ code: 'run-not-found' }]);
    expect(await send()).toEqual(done);
    await line.run(60);
    const left = await admin()('listRuns', { query: { project: 'p', retryable: 'true' } });
    expect(left.items).toEqual([]);
  });
});

describe('a manual retry of a recurring run', () => {
  it('W63 W12 repeats its instance of the same business date with the due time it was about', async () => {
    await begin({ at: '2026-11-19T23:58:00.000Z' });
    await publish([{ name: 'bad', ...post, ...once }], {
      schedule: { every: 'day', at: '00:01' },
    });
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:03:00.000Z');
    const run = 'prod~p~w~r~20261119~1';
    expect(await view(run)).toMatchObject({ status: 'FAILED', retryable: true });
    failing = [];
    const again = await retry(run);
    await line.run(60);
    const [instance] = await tasksOf(again.run);
    expect(await line.find(instance?.id ?? '')).toMatchObject({
      ...{ status: 'SUCCESS', bizDate: '2026-11-19', family: 'manual', version: 1 },
      plannedAt: '2026-11-20T00:01:00.000Z',
    });
    expect(await view(run)).toMatchObject({ status: 'FAILED', retry: { status: 'SUCCESS' } });
  });

  it('is refused where a task has several cycles of its own in the run', async () => {
    await begin({ at: '2026-11-19T23:58:00.000Z' });
    await publish(
      [
        {
          name: 'bad',
          ...post,
          ...once,
          schedule: { every: 'minute', interval: 5, from: '00:00', to: '00:05' },
        },
      ],
      { schedule: { every: 'day', at: '00:00' } },
    );
    await line.generate('2026-11-19');
    await line.runUntil('2026-11-20T00:07:00.000Z');
    await expect(retry('prod~p~w~r~20261119~1')).rejects.toMatchObject(refused('not-retryable'));
  });
});

describe('a manual retry on a bad day', () => {
  it('W63 is made once whatever is delivered twice, lost or in conflict', async () => {
    await begin({
      shuffle: { shards: 3, largest: 10, doubled: 0.5 },
      faults: { conflict: 0.05, throttle: 0.02, lostReply: 0.05 },
    });
    await publish(two);
    const run = await failed();
    await line.run(90);
    failing = [];
    const again = await retry(run);
    line.dieAfter(6);
    await line.run(90);
    expect(await view(again.run)).toMatchObject({ status: 'SUCCESS', total: 2, retryOf: run });
    expect(line.seen.instances().filter(({ scope }) => scope.startsWith('r-'))).toHaveLength(2);
    expect((await view(run)).retry).toMatchObject({ status: 'SUCCESS', count: 1 });
  });
});
