import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import {
  type MovedInstance,
  type MoveRequest,
  moveInstance,
} from '../../shared/domain/instance/move-instance.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { noFaults } from '../../tests/faults/fault-proxy.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type InstanceStore, instanceStore } from './instance-store.ts';
import { instancesTable } from './instances-table.ts';

const at = '2026-11-20T02:00:00.000Z';

const moved = (instance: Instance, request: Partial<MoveRequest> & Pick<MoveRequest, 'move'>) => {
  const result = moveInstance(instance, { at, actor: 'system:test', ...request });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const admit = (instance: Instance, slots: Instance['slots'] = []): MovedInstance =>
  moved(instance, { move: 'admit', set: { submittedAt: at, attempt: 1, slots } });

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 11],
])('the instance store, %s', (_, seed) => {
  let open: OpenTables;
  let store: InstanceStore;
  let counter = 0;
  const fresh = (fields: Partial<Instance> = {}) => {
    counter += 1;
    return anInstance({ task: `t${counter}`, ...fields });
  };
  const created = async (fields: Partial<Instance> = {}) => {
    const instance = fresh(fields);
    expect(await store.create(instance)).toBe(true);
    return instance;
  };

  beforeAll(async () => {
    open = await openTables({ seed });
    store = instanceStore({ client: open.client, table: open.tables.instances });
  });
  afterAll(() => open.close());

  it('creates an instance once, however many try', async () => {
    const instance = fresh();
    const tries = await Promise.all(Array.from({ length: 8 }, () => store.create(instance)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await store.find(instance.id)).toEqual(instance);
    expect(await store.find('prod~p~w~r~20261119~1~nobody~1')).toBeUndefined();
  });

  it('lets exactly one of many moves win', async () => {
    const instance = await created();
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => store.commit(admit(instance))),
    );
    expect(tries.filter((answer) => answer === 'committed')).toHaveLength(1);
    expect(tries.filter((answer) => answer === 'stale')).toHaveLength(11);
    expect((await store.find(instance.id))?.seq).toBe(2);
  });

  it('writes a move with its slot, attempt and outputs, or nothing', async () => {
    const instance = await created();
    const slot = { pool: `throttle:${instance.task}`, stripe: 0 };
    const admitted = admit(instance, [slot]);
    expect(await store.commit(admitted, { take: [{ ...slot, share: 1 }] })).toBe('committed');

    const claimed = moved(admitted.instance, { move: 'claim', set: { startedAt: at, token: 'x' } });
    expect(await store.commit(claimed)).toBe('committed');

    const effects = { give: [slot], outputs: { rows: '12' } };
    const late = moved(claimed.instance, { move: 'succeed', set: { outcome: 'ran' } });
    expect(await store.commit({ ...late, expectedSeq: 1 }, effects)).toBe('stale');
    expect(await store.attempts(instance.id)).toMatchObject([{ attempt: 1, status: 'RUNNING' }]);

    expect(await store.commit(late, effects)).toBe('committed');
    expect(await store.attempts(instance.id)).toMatchObject([{ attempt: 1, status: 'SUCCESS' }]);
    expect((await store.outputsOf([instance.id, 'x'])).get(instance.id)).toEqual({ rows: '12' });
    const [pool] = await store.readPools('prod', [
      { id: slot.pool, kind: 'throttle', name: 'x', limit: 1 },
    ]);
    expect(pool?.stripes[0]?.used).toBe(0);
    expect((await store.find(instance.id))?.slots).toEqual([]);
  });

  it('N25 keeps the record of an attempt that a later one replaces', async () => {
    const instance = await created();
    const first = admit(instance);
    await store.commit(first);
    const failed = moved(first.instance, { move: 'fail', set: { outcome: 'failed', error: 'no' } });
    await store.commit(failed);
    const again = moved(failed.instance, { move: 'rerun' });
    await store.commit(again);
    expect(await store.attempts(instance.id)).toMatchObject([{ attempt: 1, outcome: 'failed' }]);

    await store.commit(
      moved(again.instance, { move: 'admit', set: { attempt: 2, submittedAt: at } }),
    );
    expect(await store.attempts(instance.id)).toMatchObject([
      { attempt: 1, outcome: 'failed', error: 'no' },
      { attempt: 2, status: 'SUBMITTED' },
    ]);
  });

  it('ends an attempt although the counter of its slot is 0 already', async () => {
    const slot = { pool: 'throttle:lost', stripe: 0 };
    const instance = await created();
    const admitted = admit(instance, [slot]);
    await store.commit(admitted);
    const failed = moved(admitted.instance, { move: 'fail', set: { outcome: 'failed' } });
    expect(await store.commit(failed, { give: [slot] })).toBe('committed');
  });

  it('keeps the newest moves in the item and the whole history', async () => {
    let instance = await created();
    for (let n = 0; n < 44; n += 1) {
      const move = n % 2 === 0 ? 'pause' : 'resume';
      const next = moved(instance, { move, at: plusSeconds(at, n), reason: `because ${n}` });
      expect(await store.commit(next)).toBe('committed');
      instance = n % 3 === 0 ? next.instance : ((await store.find(instance.id)) as Instance);
    }
    const stored = await store.find(instance.id);
    expect(stored?.moves.length).toBeLessThanOrEqual(20);
    const history = await store.history(instance.id);
    expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: 45 }, (_, n) => n + 1));
    expect(history.at(-1)).toMatchObject({ move: 'resume', reason: 'because 43' });
  });

  it('finds many at once and those of a run', async () => {
    const run = { workflow: `w-run-${seed ?? 0}` };
    const made = await Promise.all(Array.from({ length: 120 }, () => created(run)));
    const ids = made.map(({ id }) => id);
    expect((await store.findMany([...ids, ...ids], { strong: true })).size).toBe(120);
    const ofRun = await store.ofRun(made[0]?.runId ?? '', { strong: true });
    expect(ofRun.map(({ id }) => id)).toEqual(ids.toSorted());
  });

  it('lists a day in order of due time, each instance once, page by page', async () => {
    const bizDate = '2026-10-01';
    const made = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        created({ bizDate, dueAt: plusSeconds(at, (n * 37) % 60) }),
      ),
    );
    const day = { env: 'prod', project: 'p', family: 'recurring', bizDate } as const;
    const listed: Instance[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.listDay({ ...day, limit: 7, cursor });
      listed.push(...page.items);
      cursor = page.cursor;
    } while (cursor);
    expect(listed.map(({ id }) => id).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    const due = listed.map(({ dueAt }) => dueAt);
    expect(due).toEqual(due.toSorted());

    const latest = await store.listDay({ ...day, order: 'desc', limit: 3 });
    expect(latest.items.map(({ id }) => id)).toEqual(
      listed
        .slice(-3)
        .reverse()
        .map(({ id }) => id),
    );
    await expect(store.listDay({ ...day, limit: 3, cursor: 'nonsense' })).rejects.toThrow('cursor');
  });

  it('counts who was passed over without a move', async () => {
    const instance = await created();
    expect(await store.passOver(instance.id)).toBe(1);
    const found = await store.find(instance.id);
    expect(found).toMatchObject({ passedOver: 1, seq: 1 });
  });

  it('met every fault it is to survive', () => {
    if (!open.proxy) return;
    const { conflict, throttle, lostReply, unprocessed } = open.proxy.injected;
    expect(Math.min(conflict, throttle, lostReply, unprocessed)).toBeGreaterThan(0);
  });
});

describe('a lost reply', () => {
  it('after a commit is a commit, after a creation a creation', async () => {
    const open = await openTables({ seed: 5, rates: { ...noFaults, lostReply: 0.8 } });
    const store = instanceStore({ client: open.client, table: open.tables.instances });
    try {
      for (let n = 0; n < 12; n += 1) {
        const instance = anInstance({ task: `t${n}` });
        expect(await store.create(instance)).toBe(true);
        const slot = { pool: 'throttle:x', stripe: 0 };
        const [move, effects] =
          n % 2 === 0
            ? [admit(instance), {}]
            : [admit(instance, [slot]), { take: [{ ...slot, share: 20 }] }];
        expect(await store.commit(move, effects)).toBe('committed');
      }
      expect(open.proxy?.injected.lostReply).toBeGreaterThan(10);
      const [pool] = await store.readPools('prod', [
        { id: 'throttle:x', kind: 'throttle', name: 'x', limit: 20 },
      ]);
      expect(pool?.stripes[0]?.used).toBe(6);
    } finally {
      await open.close();
    }
  });
});

describe('the size of an instance', () => {
  it('stays within one write unit through an ordinary life', async () => {
    const open = await openTables();
    const store = instanceStore({ client: open.client, table: open.tables.instances });
    try {
      const instance = anInstance({
        project: 'retail_warehouse',
        workflow: 'daily_sales_by_region',
        task: 'aggregate_by_category_1',
        kind: 'http',
      });
      await store.create(instance);
      const slots = [
        { pool: 'throttle:warehouse_small', stripe: 2 },
        { pool: 'group:default', stripe: 0 },
      ];
      const admitted = admit(instance, slots);
      await store.commit(admitted);
      const claimed = moved(admitted.instance, {
        move: 'claim',
        actor: 'system:run',
        set: {
          token: '0f9d1c9e-6a5c-4f7b-9d3f-000000000000',
          startedAt: at,
          deadlineAt: at,
          codeVersion: 12,
        },
      });
      await store.commit(claimed);
      const { Item } = await open.direct.send(
        new GetCommand({
          TableName: open.tables.instances,
          Key: instancesTable.instance(instance.id),
        }),
      );
      const size = sizeOf(Item ?? {});
      expect(size).toBeLessThanOrEqual(1024);
    } finally {
      await open.close();
    }
  });
});

/** Bytes of an item by DynamoDB's rules: names and texts in UTF-8, numbers about half their digits, lists 3 + 1 each. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + 1 + sizeOf(each), 3);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).reduce((sum, [k, v]) => sum + Buffer.byteLength(k) + sizeOf(v), 0);
  return 1;
};
