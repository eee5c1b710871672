import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppModel } from '../../local/app-model.ts';
import { queueActions } from '../../local/queues.ts';
import { openStateStore, type StateStore } from '../../local/state-store.ts';
import { startWireServer, type WireServer } from '../../local/wire-server.ts';
import type { DeadLetterQueueName } from '../../shared/domain/dead-letter/dead-letter-queue.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';
import { deadLetterQueues } from '../channels/dead-letter-queues.ts';
import { putAgainOn } from '../channels/event-bus.ts';

let tables: OpenTables;
let wire: WireServer;
let store: StateStore;
let folder: string;
let put: Record<string, unknown>[];
let refuses: boolean;
let api: ReturnType<typeof startApi>;

const addresses = {
  received: 'https://sqs.us-east-1.amazonaws.com/000000000000/Received',
  record: 'https://sqs.us-east-1.amazonaws.com/000000000000/Record',
};
const queues = { received: 'Received', record: 'Record' };
const model = {
  all: (type: string) =>
    type === 'AWS::SQS::Queue'
      ? Object.values(queues).map((name) => ({ name, logicalId: name, ref: name }))
      : [],
} as unknown as AppModel;
const credentials = { accessKeyId: 'KEY', secretAccessKey: 'local' };

beforeEach(async () => {
  tables = await openTables();
  folder = mkdtempSync(join(tmpdir(), 'letters-'));
  store = openStateStore(folder);
  wire = await startWireServer('KEY');
  put = [];
  refuses = false;
  wire.open({
    actions: {
      ...queueActions(model, store, { now: () => Date.parse('2026-11-20T02:00:00Z') } as never),
      'AWSEvents.PutEvents': (input: Readonly<Record<string, unknown>>) => {
        const entries = input.Entries as Record<string, unknown>[];
        if (refuses) return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };
        put.push(...entries);
        return { FailedEntryCount: 0, Entries: [] };
      },
    },
  } as never);
  const aws = { endpoint: wire.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  const stores = lineStores(tables.client, tables.tables);
  api = startApi(stores, () => '2026-11-20T03:00:00.000Z', {
    letters: deadLetterQueues(new SQSClient({ ...aws, useQueueUrlAsEndpoint: false })),
    queues: addresses,
    putAgain: putAgainOn(new EventBridgeClient(aws), 'bus'),
  });
});
afterEach(async () => {
  await wire.close();
  await tables.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const event = (n: number) => ({
  ...{ id: `e${n}`, source: 'acme.lake', 'detail-type': 'Run Requested' },
  time: '2026-11-19T23:30:00Z',
  detail: { project: 'p', n, apiToken: 'verysecret' },
});
const bury = (queue: DeadLetterQueueName & keyof typeof queues, body: unknown, reason = 'why') =>
  store.deadLetter(Date.parse('2026-11-20T01:00:00Z'), queues[queue], reason, JSON.stringify(body));
const admin = () => api.as('root', ['admin']);
const look = async (queue: 'received' | 'record') =>
  (await admin()('listDeadLetters', { params: { queue } })).items;

describe('dead letters', () => {
  it('are counted and looked at, again and again, with the reason and without secrets', async () => {
    for (let n = 0; n < 23; n += 1) bury('received', event(n), `workflow: no ${n}`);
    expect((await admin()('listDeadLetterQueues', {})).items).toEqual([
      { name: 'received', messages: 23, hidden: 0, remedy: 'again' },
      { name: 'record', messages: 0, hidden: 0, remedy: 'recount' },
    ]);
    for (const _ of [1, 2]) {
      const items = await look('received');
      expect(items).toHaveLength(23);
      expect(items).toContainEqual(
        expect.objectContaining({
          ...{ at: '2026-11-20T01:00:00.000Z', reason: 'workflow: no 3' },
          ...{ type: 'Run Requested', source: 'acme.lake' },
        }),
      );
      expect(JSON.stringify(items)).not.toContain('verysecret');
    }
  });

  it('are put on the bus again as they were said, and leave the queue', async () => {
    for (let n = 0; n < 12; n += 1) bury('received', event(n));
    const chosen = (await look('received')).find(({ body }) => body.includes('"n": 11'));
    const done = await admin()('redriveDeadLetters', {
      params: { queue: 'received' },
      body: { ids: [chosen?.id ?? ''], comment: 'online now' },
    });
    expect(done).toEqual({ done: [chosen?.id], failed: [], more: false });
    expect(put).toMatchObject([
      {
        ...{ EventBusName: 'bus', Source: 'acme.lake', DetailType: 'Run Requested' },
        Detail: JSON.stringify(event(11).detail),
        Time: Date.parse('2026-11-19T23:30:00Z') / 1000,
      },
    ]);
    expect(await look('received')).toHaveLength(11);

    const all = await admin()('redriveDeadLetters', { params: { queue: 'received' }, body: {} });
    expect(all.done).toHaveLength(11);
    expect(await look('received')).toEqual([]);
    const { items } = await admin()('searchAudit', { query: { project: 'system' } });
    expect(items).toContainEqual(
      expect.objectContaining({
        ...{ actor: 'root', action: 'redrive', object: 'dead-letters:received' },
        reason: 'online now',
        detail: expect.objectContaining({ after: { count: 1, ids: [chosen?.id], failed: 0 } }),
      }),
    );
  });

  it('stay when the bus does not take them', async () => {
    bury('received', event(1));
    refuses = true;
    const { done, failed } = await admin()('redriveDeadLetters', {
      params: { queue: 'received' },
      body: {},
    });
    expect(done).toEqual([]);
    expect(failed).toMatchObject([{ error: expect.stringContaining('try again') }]);
    expect(await look('received')).toHaveLength(1);
  });

  it('that hold no event, or one of AWS, cannot be put again and say so', async () => {
    bury('received', { some: 'thing' });
    bury('received', { ...event(1), source: 'aws.states' });
    const { done, failed } = await admin()('redriveDeadLetters', {
      params: { queue: 'received' },
      body: {},
    });
    expect(done).toEqual([]);
    expect(failed.map(({ error }) => error)).toEqual([
      expect.stringContaining('holds no event'),
      expect.stringContaining('AWS'),
    ]);
    expect(await look('received')).toHaveLength(2);
    expect(put).toEqual([]);
  });

  it('of a stage are not put again, but can be thrown away', async () => {
    bury('record', { DDBStreamBatchInfo: { shardId: 's' } });
    await expect(
      admin()('redriveDeadLetters', { params: { queue: 'record' }, body: {} }),
    ).rejects.toMatchObject({ code: 'no-redrive' });
    const gone = await admin()('discardDeadLetters', {
      params: { queue: 'record' },
      body: { ids: ['not-there'] },
    });
    expect(gone).toMatchObject({ done: [], failed: [{ id: 'not-there' }] });
    await admin()('discardDeadLetters', { params: { queue: 'record' }, body: {} });
    expect(await look('record')).toEqual([]);
  });

  it('are nobody’s business but the administrators’', async () => {
    bury('received', event(1));
    const operator = api.as('ann', ['operator']);
    await expect(operator('listDeadLetterQueues', {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      operator('discardDeadLetters', { params: { queue: 'received' }, body: {} }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await look('received')).toHaveLength(1);
  });

  it('shows no more than the length of what is no JSON', async () => {
    store.deadLetter(0, 'Received', '', 'password=hunter2');
    expect(await look('received')).toMatchObject([{ body: '(16 characters that are no JSON)' }]);
  });
});
