import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from '../../tests/api/start-api.ts';
import { type Line, type LineOptions, startLine } from '../../tests/line/start-line.ts';

let line: Line;
let api: ReturnType<typeof startApi>;
afterEach(() => line.close());

const post = { kind: 'http', url: 'https://example.com/x', retries: { count: 0 } } as const;
const admin = () => api.as('root', ['admin']);
const diamond = [
  { name: 'a', ...post },
  { name: 'bad', ...post, upstreams: ['a'] },
  { name: 'good', ...post, upstreams: ['a'] },
  { name: 'end', ...post, upstreams: ['bad', 'good'] },
];
const begin = async (options: LineOptions) => {
  line = await startLine(options);
  api = startApi(line.stores, line.clock);
  const definition = { workflow: 'w', tasks: diamond };
  await admin()('publishWorkflow', {
    params: { project: 'p', workflow: 'w' },
    body: { definition: JSON.parse(JSON.stringify(definition)) },
  });
};
const start = async (body: object = {}) =>
  (await admin()('startWorkflow', { params: { project: 'p', workflow: 'w' }, body })).run;
const view = (run: string) => admin()('getRun', { params: { run } });
const standing = async (run: string) =>
  Object.fromEntries(
    (await admin()('listRunInstances', { params: { run } })).items.map((row) => [
      row.task,
      `${row.status} ${row.attempts}${row.paused ? ' paused' : ''}`,
    ]),
  );
/** The first attempt of `bad` fails. */
const badOnce: LineOptions = {
  fateOf: ({ instanceId, attempt }) => ({
    seconds: 20,
    how: instanceId.includes('~bad~') && attempt === 1 ? 'fails' : 'succeeds',
  }),
};

describe('operations on a run', () => {
  beforeEach(() => begin(badOnce));

  it('W12 rerun-failed runs again only what failed and what it blocked', async () => {
    const run = await start();
    await line.run(60);
    expect(await standing(run)).toEqual({
      a: 'SUCCESS 1',
      bad: 'FAILED 1',
      good: 'SUCCESS 1',
      end: 'NOT_RUN 0',
    });
    expect((await view(run)).status).toBe('FAILED');
    const done = await admin()('rerunFailed', { params: { run }, body: { comment: 'again' } });
    expect(done.changed).toEqual([`${run}~bad~1`]);
    await line.run(60);
    expect(await standing(run)).toEqual({
      a: 'SUCCESS 1',
      bad: 'SUCCESS 2',
      good: 'SUCCESS 1',
      end: 'SUCCESS 1',
    });
    await expect(admin()('rerunFailed', { params: { run }, body: {} })).rejects.toMatchObject({
      problem: { code: 'nothing-changed' },
    });
  });

  it('W12 rerun runs all of it again as a new run that says which one it repeats', async () => {
    const run = await start({ bizDate: '2026-11-01', parameters: { who: 'ann' } });
    await line.run(60);
    const again = await admin()('rerunRun', { params: { run }, body: {} });
    expect(again).toMatchObject({ retryOf: run });
    expect(again.run).not.toBe(run);
    await line.run(120);
    expect(await view(again.run)).toMatchObject({
      retryOf: run,
      bizDate: '2026-11-01',
      parameters: { who: 'ann' },
      total: 4,
    });
    expect(await standing(run)).toMatchObject({ a: 'SUCCESS 1', bad: 'FAILED 1' });
  });

  it('sets what failed to success, and what it blocked goes on', async () => {
    const run = await start();
    await line.run(60);
    await admin()('setRunSuccess', { params: { run }, body: { comment: 'loaded by hand' } });
    await line.run(60);
    expect(await view(run)).toMatchObject({ status: 'SUCCESS', failed: 0 });
  });

  it('stops a run: what runs is ended, what has not begun is paused; rerun-failed takes both up again', async () => {
    const run = await start();
    await line.run(5);
    await admin()('stopRun', { params: { run }, body: {} });
    await line.run(120);
    expect(await standing(run)).toEqual({
      a: 'FAILED 1',
      bad: 'NOT_RUN 0 paused',
      good: 'NOT_RUN 0 paused',
      end: 'NOT_RUN 0 paused',
    });
    expect((await view(run)).status).toBe('CANCELLED');
    await admin()('rerunFailed', { params: { run }, body: {} });
    await line.run(60);
    expect(await standing(run)).toMatchObject({ a: 'SUCCESS 2', good: 'SUCCESS 1' });
  });

  it('pauses a run: what runs goes on, nothing more starts until it is resumed', async () => {
    const run = await start();
    await line.run(5);
    await admin()('pauseRun', { params: { run }, body: {} });
    await line.run(60);
    expect(await standing(run)).toMatchObject({ a: 'SUCCESS 1', good: 'NOT_RUN 0 paused' });
    await admin()('resumeRun', { params: { run }, body: {} });
    await line.run(60);
    expect(await standing(run)).toMatchObject({ good: 'SUCCESS 1' });
  });

  it('starts a dry run in which nothing executes', async () => {
    const run = await start({ dryRun: true });
    await line.run(30);
    expect(await standing(run)).toEqual({
      a: 'SUCCESS 0',
      bad: 'SUCCESS 0',
      good: 'SUCCESS 0',
      end: 'SUCCESS 0',
    });
  });

  it('W19 W21 answers per run, and the same key starts nothing twice', async () => {
    const [one, two] = [await start(), await start()];
    await line.run(60);
    const key = 'the-same-key';
    const body = { op: 'rerun', ids: [one, 'prod~p~w~m.nobody~20261101~1', two] } as const;
    const first = await admin()('batchRuns', {
      body: { ...body, ids: [...body.ids] },
      idempotencyKey: key,
    });
    const again = await admin()('batchRuns', {
      body: { ...body, ids: [...body.ids] },
      idempotencyKey: key,
    });
    expect(again).toEqual(first);
    expect(first.succeeded.map(({ id }) => id)).toEqual([one, two]);
    expect(first.failed).toMatchObject([{ code: 'run-not-found' }]);
    const stopped = await admin()('batchRuns', { body: { op: 'stop', ids: [one] } });
    expect(stopped.requested).toBe(1);
  });

  it('W22 refuses more than 100 ids with advice', async () => {
    await expect(
      admin()('batchRuns', {
        body: { op: 'stop', ids: Array.from({ length: 101 }, (_, n) => `r${n}`) },
      }),
    ).rejects.toMatchObject({
      problem: {
        code: 'invalid-input',
        errors: [{ message: expect.stringContaining('at most 100') }],
      },
    });
  });
});
