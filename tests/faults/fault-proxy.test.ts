import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstanceStore, instanceStore } from '../../functions/stores/instance-store.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { createTables, type Engine, engineClient, startEngine } from './engine.ts';
import { type FaultRates, noFaults, startFaultProxy } from './fault-proxy.ts';
import { shardedBatches } from './sharded-batches.ts';

describe('the fault proxy', () => {
  let engine: Engine;
  let table: string;
  beforeAll(async () => {
    engine = await startEngine();
    const client = engineClient(engine.endpoint);
    table = (await createTables(client, `proxy${Date.now()}-`)).instances;
    client.destroy();
  });
  afterAll(() => engine.stop());

  const through = async (
    rates: Partial<FaultRates>,
    work: (store: InstanceStore) => Promise<void>,
    seed = 3,
  ) => {
    const proxy = await startFaultProxy({
      target: engine.endpoint,
      seed,
      rates: { ...noFaults, ...rates },
    });
    const client = engineClient(proxy.endpoint);
    try {
      await work(instanceStore({ client, table }));
      return proxy;
    } finally {
      client.destroy();
      await proxy.stop();
    }
  };
  const createAll = (name: string) => async (store: InstanceStore) => {
    for (let n = 0; n < 20; n += 1)
      expect(await store.create(anInstance({ workflow: name, task: `t${n}` }))).toBe(true);
  };

  it('strikes alike with the same seed and otherwise with another', async () => {
    const rates = { lostReply: 0.3 };
    const struck = async (name: string, seed: number) =>
      (await through(rates, createAll(name), seed)).strikes;
    const first = await struck('first', 8);
    expect(first.length).toBeGreaterThan(0);
    expect(await struck('second', 8)).toEqual(first);
    expect(await struck('third', 9)).not.toEqual(first);
  });

  it('does no write twice and loses none when it loses replies', async () => {
    const { injected } = await through({ lostReply: 0.5 }, async (store) => {
      await createAll('lost')(store);
      expect(await store.ofRun(anInstance({ workflow: 'lost' }).runId)).toHaveLength(20);
    });
    expect(injected.lostReply).toBeGreaterThan(5);
  });

  it('answers an inconsistent read as it was a moment ago, a consistent one as it is', async () => {
    const proxy = await startFaultProxy({
      target: engine.endpoint,
      seed: 1,
      rates: { ...noFaults, staleRead: 1 },
    });
    const client = engineClient(proxy.endpoint);
    const store = instanceStore({ client, table });
    const query = new QueryCommand({
      TableName: table,
      IndexName: 'byQueue',
      KeyConditionExpression: 'qpk = :pk',
      ExpressionAttributeValues: { ':pk': 'P#prod#throttle:stale#0' },
    });
    try {
      expect((await client.send(query)).Items).toEqual([]);
      const waiting = { status: 'THROTTLED', waitingFor: 'throttle:stale' } as const;
      for (let n = 0; n < 8; n += 1)
        await store.create(anInstance({ ...waiting, workflow: 'stale', task: `t${n}` }));
      expect((await client.send(query)).Items).toEqual([]);
      expect(proxy.injected.staleRead).toBe(1);
      const { id } = anInstance({ ...waiting, workflow: 'stale', task: 't0' });
      expect(await store.find(id)).toBeDefined();
    } finally {
      client.destroy();
      await proxy.stop();
    }
  });
});

describe('sharded batches', () => {
  const records = Array.from({ length: 200 }, (_, n) => ({ key: `k${n % 17}`, n }));
  const delivered = shardedBatches(records, ({ key }) => key, 4);

  it('deliver every record at least once and some twice', () => {
    const all = delivered.flatMap((batch) => batch.records);
    expect(new Set(all).size).toBe(200);
    expect(all.length).toBeGreaterThan(200);
  });

  it('keep a key in one shard, first deliveries in order', () => {
    for (const key of new Set(records.map((record) => record.key))) {
      const ofKey = delivered.filter((batch) => batch.records.some((each) => each.key === key));
      expect(new Set(ofKey.map(({ shardId }) => shardId)).size).toBe(1);
      const firsts = [...new Set(ofKey.flatMap((batch) => batch.records))]
        .filter((each) => each.key === key)
        .map(({ n }) => n);
      expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
    }
  });
});
