import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type InstanceStore, instanceStore } from './instance-store.ts';
import { queueStripeOf, queueStripes } from './instances-table.ts';
import type { Queued, QueueQuery } from './queue.ts';
import { stripesUpTo } from './stripe.ts';
import type { Page } from './table.ts';

const at = '2026-11-20T02:00:00.000Z';

describe('queues', () => {
  let open: OpenTables;
  let store: InstanceStore;
  let counter = 0;
  const created = async (fields: Partial<Instance>) => {
    counter += 1;
    const instance = anInstance({ task: `t${counter}`, ...fields });
    await store.create(instance);
    return instance;
  };
  const inAll = async (
    list: (query: QueueQuery) => Promise<Page<Queued>>,
    until?: string,
  ): Promise<Queued[]> => {
    const pages = await Promise.all(
      stripesUpTo(queueStripes).map((stripe) => list({ stripe, until })),
    );
    return pages.flatMap(({ items }) => items).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  };

  beforeAll(async () => {
    open = await openTables();
    store = instanceStore({ client: open.client, table: open.tables.instances });
  });
  afterAll(() => open.close());

  it('hold an instance under what it waits for, by when that ends', async () => {
    const retryAt = plusSeconds(at, 300);
    const upstream = await created({});
    const timed = await created({ status: 'WAIT_TIME', retryAt });
    const paused = await created({ paused: true });
    const parked = await created({ status: 'WAIT_TIME', parked: true });
    const active = await created({ status: 'RUNNING', submittedAt: at, paused: true });
    await created({ status: 'SUCCESS', outcome: 'ran' });

    expect(await inAll(store.overdue)).toEqual([{ id: upstream.id, at }]);
    expect(await inAll(store.due)).toEqual([{ id: timed.id, at: retryAt }]);
    expect(await inAll(store.due, plusSeconds(at, 299))).toEqual([]);
    expect((await inAll(store.parked)).map(({ id }) => id).toSorted()).toEqual(
      [paused.id, parked.id].toSorted(),
    );
    expect(await inAll(store.active)).toEqual([{ id: active.id, at }]);
    const stripe = queueStripeOf(timed.id);
    expect((await store.due({ stripe })).items).toHaveLength(1);
  });

  it('W26: line up for a pool by priority, then due time, then id', async () => {
    const waiting = { status: 'THROTTLED', waitingFor: 'throttle:q' } as const;
    const low = await created({ ...waiting, priority: 'LOW' });
    const late = await created({ ...waiting, dueAt: plusSeconds(at, 60) });
    const twins = [await created({ ...waiting }), await created({ ...waiting })];
    const high = await created({ ...waiting, priority: 'HIGH', dueAt: plusSeconds(at, 90) });
    await created({ ...waiting, waitingFor: 'throttle:other' });
    await created({ ...waiting, env: 'dev' });

    const order = [high.id, ...twins.map(({ id }) => id).toSorted(), late.id, low.id];
    expect(await store.waiters('prod', 'throttle:q', 10)).toEqual(order);
    expect(await store.waiters('prod', 'throttle:q', 2)).toEqual(order.slice(0, 2));
  });

  it('page through more than fits', async () => {
    const stripe = 3;
    const made: string[] = [];
    while (made.length < 12) {
      const { id } = await created({ status: 'WAIT_TIME', workflow: 'paged' });
      if (queueStripeOf(id) === stripe) made.push(id);
    }
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.due({ stripe, limit: 5, cursor });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor);
    expect(found).toEqual(expect.arrayContaining(made));
    expect(new Set(found).size).toBe(found.length);
  });
});
