import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receive } from '../../functions/receive/receive.ts';
import type { ReceivedEvent } from '../../shared/contracts/stages.ts';
import type { Dataset } from '../../shared/domain/dataset/dataset.schema.ts';
import { startApi } from '../api/start-api.ts';
import { work } from './line-tasks.ts';
import { type Line, startLine } from './start-line.ts';

let line: Line;
let buried: { event: ReceivedEvent; reason: string }[];
let tell: (type: string, detail: unknown, more?: Partial<ReceivedEvent>) => Promise<boolean>;

let instance: string;
let began: number;

/** A workflow whose task takes a minute and names two outputs; `below` prints one of them. */
const open = async (how: 'succeeds' | 'fails' = 'succeeds') => {
  line = await startLine({
    at: '2026-11-19T23:55:00.000Z',
    fateOf: ({ instanceId }) =>
      instanceId.includes('~w~')
        ? { seconds: 50, how, outputs: { rows: '7' } }
        : { seconds: 5, how: 'succeeds' },
  });
  buried = [];
  const take = receive({
    ...line.stores,
    clock: line.clock,
    bury: async (event, reason) => void buried.push({ event, reason }),
  });
  tell = async (type, detail, more = {}) =>
    (
      await take({
        id: crypto.randomUUID(),
        ...{ source: 'acme.lake', 'detail-type': type, detail, time: line.clock() },
        ...more,
      })
    ).taken;
  await line.publish({
    workflow: 'w',
    schedule: undefined,
    tasks: [work('t', { outputs: ['rows', 'file'], retries: { count: 0 } })],
  });
  await line.publish({ workflow: 'hand', schedule: undefined, tasks: [work('x')] });
};

/** Until the task has been at work for twenty seconds. */
const during = async () => {
  await tell('Run Requested', { project: 'p', workflow: 'w', idempotencyKey: 'once' });
  await line.run(1);
  instance = line.seen.instances().find(({ workflow }) => workflow === 'w')?.id ?? '';
  const { startedAt = '' } = (await line.stores.instances.find(instance)) ?? {};
  began = Date.parse(startedAt);
  await line.run(20);
};
/** Seconds before now. */
const ago = (seconds: number) => new Date(Date.parse(line.clock()) - seconds * 1000).toISOString();
/** Until so many seconds after its end, about. */
const ended = (seconds: number) =>
  line.runUntil(new Date(began + (55 + seconds) * 1000).toISOString());
const lines = async () => {
  const api = startApi(line.stores, line.clock);
  const { items } = await api.as('root', ['admin'])('getInstanceLog', { params: { instance } });
  return items.map(({ text }) => text);
};

afterEach(async () => {
  const { failures } = line;
  await line.close();
  expect(failures).toEqual([]);
});

describe('an event from outside', () => {
  beforeEach(() => open());

  it('that asks for a run starts the workflow, once however often it comes', async () => {
    const asked = { project: 'p', workflow: 'hand', idempotencyKey: 'orders-2026-11-19' };
    const said = '2026-11-19T23:54:00Z';
    expect(await tell('Run Requested', asked, { time: said })).toBe(true);
    await line.run(60);
    // It is delivered again after midnight: the date follows from when it was said.
    await line.runUntil('2026-11-20T00:01:00.000Z');
    expect(await tell('Run Requested', asked, { time: said })).toBe(true);
    await line.run(60);

    const runs = line.seen.instances().filter(({ workflow }) => workflow === 'hand');
    expect(runs).toMatchObject([{ status: 'SUCCESS', family: 'manual', bizDate: '2026-11-18' }]);
    const { items } = await line.stores.ledger.listAudit({ object: 'workflow:p/hand' });
    expect(items).toMatchObject([
      { actor: 'event:acme.lake', action: 'start', detail: { source: 'event' } },
    ]);
  });

  it('that asks with another key or from another source is another run', async () => {
    const asked = { project: 'p', workflow: 'hand' };
    await tell('Run Requested', { ...asked, idempotencyKey: 'a' });
    await tell('Run Requested', { ...asked, idempotencyKey: 'b' });
    await tell('Run Requested', { ...asked, idempotencyKey: 'a' }, { source: 'other' });
    await line.run(60);
    expect(line.seen.instances().filter(({ workflow }) => workflow === 'hand')).toHaveLength(3);
  });

  it.each([
    ['Run Requested', { project: 'p', workflow: 'hand' }, /^idempotencyKey: /],
    [
      'Run Requested',
      { project: 'p', workflow: 'hand', idempotencyKey: 'k', bizdate: '2026-11-19' },
      /bizdate/,
    ],
    ['Run Requested', { project: 'p', workflow: 'gone', idempotencyKey: 'k' }, /^workflow: .*gone/],
    ['Run Requested', { project: 'q', workflow: 'w', idempotencyKey: 'k' }, /^project: .* q$/],
    [
      'Run Requested',
      { project: 'p', workflow: 'hand', idempotencyKey: 'k', tasks: ['y'] },
      /^tasks: .*y$/,
    ],
    ['Task Log', { instance: 'x', attempt: 1, batch: 'b', lines: [] }, /^lines: /],
    [
      'Task Log',
      { instance: 'x', attempt: 1, batch: 'b', lines: [{ level: 'LOUD', text: '' }] },
      /^lines\[0\]\.level: /,
    ],
    [
      'Task Log',
      { instance: 'x', attempt: 1, batch: 'b', lines: [{ text: 'a' }] },
      /^instance: there is no/,
    ],
    ['Task Progress', { instance: 'x', attempt: 1 }, /must say percent, rows or message/],
    ['Task Progress', { instance: 'x', attempt: 1, percent: 101 }, /^percent: /],
    ['Dataset Updated', { project: 'p', dataset: 'gone' }, /^dataset: .*gone/],
    ['Task Result', { instance: 'x', attempt: 1, error: 'x', outputs: { rows: 1 } }, /^outputs: /],
    ['Something Else', {}, /^detail-type: /],
    ['Run Requested', 'text', /^detail: /],
  ])(
    'that cannot be taken (%s %j) is kept with the field that is wrong',
    async (type, detail, why) => {
      expect(await tell(type, detail)).toBe(false);
      expect(buried).toHaveLength(1);
      expect(buried[0]?.reason).toMatch(why);
      expect(buried[0]?.event.detail).toEqual(detail);
    },
  );

  it('with lines adds them to the log of the attempt while it runs and shortly after, once', async () => {
    await during();
    const batch = {
      ...{ instance, attempt: 1, batch: '1' },
      lines: [{ at: ago(5), text: 'hello', category: 'rejects' }],
    };
    const time = line.clock();
    expect(await tell('Task Log', batch, { time })).toBe(true);
    expect(await tell('Task Log', batch, { time })).toBe(true);
    expect((await lines()).filter((text) => text === 'hello')).toHaveLength(1);

    await ended(14 * 60);
    expect(await tell('Task Log', { ...batch, batch: '2', lines: [{ text: 'late' }] })).toBe(true);
    expect(await lines()).toContain('late');
    await ended(16 * 60);
    expect(await tell('Task Log', { ...batch, batch: '3', lines: [{ text: 'no' }] })).toBe(false);
    expect(buried.at(-1)?.reason).toMatch(/^attempt: attempt 1 .* ended at/);
    expect(await tell('Task Log', { ...batch, attempt: 2 })).toBe(false);
    expect(buried.at(-1)?.reason).toMatch(/has no attempt 2/);
  });

  it('with progress shows the newest of the running attempt with the instance', async () => {
    await during();
    const said = { instance, attempt: 1 };
    await tell('Task Progress', { ...said, percent: 40, at: ago(5) });
    await tell('Task Progress', { ...said, percent: 20, at: ago(9) });
    const api = startApi(line.stores, line.clock).as('root', ['admin']);
    expect(await api('getInstance', { params: { instance } })).toMatchObject({
      progress: { percent: 40, attempt: 1 },
    });
    const query = { project: 'p', bizDate: '2026-11-18', family: 'manual' } as const;
    expect((await api('listInstances', { query })).items[0]).toMatchObject({
      progress: { percent: 40 },
    });

    await ended(0);
    expect(await tell('Task Progress', { ...said, percent: 90 })).toBe(false);
    expect(await api('getInstance', { params: { instance } })).not.toHaveProperty('progress');
  });

  it('with a result adds outputs that the task declares; those of the answer count', async () => {
    await during();
    const outputs = { rows: 5, file: 'a.csv' };
    expect(await tell('Task Result', { instance, attempt: 1, outputs, rows: 5 })).toBe(true);
    expect(await tell('Task Result', { instance, attempt: 1, outputs, rows: 5 })).toBe(true);
    expect(await tell('Task Result', { instance, attempt: 1, rows: 6 })).toBe(false);
    expect(buried.at(-1)?.reason).toMatch(/another result before/);
    await ended(0);
    expect(await line.stores.instances.outputsOf([instance])).toEqual(
      new Map([[instance, { rows: '7', file: 'a.csv' }]]),
    );
  });

  it('with a result of outputs that nobody declared, or another token, is refused', async () => {
    await during();
    expect(await tell('Task Result', { instance, attempt: 1, outputs: { x: 1 } })).toBe(false);
    expect(buried.at(-1)?.reason).toBe(
      'outputs: the task declares no output x; it declares rows, file',
    );
    expect(await tell('Task Result', { instance, attempt: 1, token: 'not', rows: 1 })).toBe(false);
    expect(buried.at(-1)?.reason).toMatch(/^token: /);
  });

  it('with an error makes a success a failure with its first line', async () => {
    await during();
    await tell('Task Result', { instance, attempt: 1, error: 'half of it is missing\nat line 3' });
    await ended(0);
    expect(await line.stores.instances.find(instance)).toMatchObject({
      ...{ status: 'FAILED', error: 'half of it is missing' },
    });
    expect(await lines()).toContain('reported: half of it is missing\nat line 3');
  });

  it('with a result that comes too late changes nothing and leaves a line', async () => {
    await during();
    await ended(0);
    expect(await tell('Task Result', { instance, attempt: 1, error: 'no' })).toBe(true);
    expect(await line.stores.instances.find(instance)).toMatchObject({ status: 'SUCCESS' });
    expect((await lines()).some((text) => text.includes('came after the end'))).toBe(true);
  });

  it('that a dataset was updated is shown with the dataset, the newest', async () => {
    await line.stores.catalog.saveDataset(
      { project: 'p', name: 'orders', location: 's3://lake/orders/*', format: 'csv' } as Dataset,
      undefined,
    );
    const said = { project: 'p', dataset: 'orders', rows: 12, partition: 'day=2026-11-19' };
    expect(await tell('Dataset Updated', said, { time: '2026-11-19T23:00:00Z' })).toBe(true);
    await tell('Dataset Updated', { ...said, rows: 3 }, { time: '2026-11-19T22:00:00Z' });
    const api = startApi(line.stores, line.clock).as('root', ['admin']);
    expect(await api('getDataset', { params: { project: 'p', name: 'orders' } })).toMatchObject({
      updated: { at: '2026-11-19T23:00:00.000Z', by: 'acme.lake', rows: 12 },
    });
  });
});

describe('a failed attempt', () => {
  it('keeps its own error, whatever was reported', async () => {
    await open('fails');
    await during();
    await tell('Task Result', { instance, attempt: 1, error: 'reported' });
    await ended(0);
    expect(await line.stores.instances.find(instance)).toMatchObject({ error: 'it failed' });
  });
});
