import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { noFaults } from '../../tests/faults/fault-proxy.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type InstanceStore, instanceStore } from './instance-store.ts';

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 23],
])('edges, %s', (_, seed) => {
  let open: OpenTables;
  let store: InstanceStore;
  let counter = 0;
  const fresh = (fields: Partial<Instance> = {}): Instance => {
    counter += 1;
    return anInstance({ task: `t${counter}`, ...fields });
  };
  const family = (parents: number) => {
    const child = fresh().id;
    const ids = Array.from({ length: parents }, () => fresh().id);
    return { child, parents: ids, pairs: ids.map((parent) => ({ child, parent })) };
  };

  beforeAll(async () => {
    open = await openTables({ seed });
    store = instanceStore({ client: open.client, table: open.tables.instances });
  });
  afterAll(() => open.close());

  it('lead from a child to its parents and back, and are open at first', async () => {
    const { child, parents, pairs } = family(130);
    await store.putEdges(pairs);
    expect(await store.parentsOf(child)).toEqual(parents.toSorted());
    expect(await store.openEdges(child, 200)).toEqual(parents.toSorted());
    expect(await store.openEdges(child)).toHaveLength(1);
    expect((await store.childrenOf(parents[0] ?? '')).items).toEqual([child]);
  });

  it('list many children page by page', async () => {
    const parent = fresh().id;
    const children = Array.from({ length: 30 }, () => fresh().id);
    await store.putEdges(children.map((child) => ({ child, parent })));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.childrenOf(parent, { limit: 7, cursor });
      found.push(...page.items);
      cursor = page.cursor;
    } while (cursor);
    expect(found).toEqual(children.toSorted());
  });

  it('of two last parents let the later one see that none is open', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { child, pairs } = family(2);
      await store.putEdges(pairs);
      const saw = await Promise.all(
        pairs.map(async (pair) => {
          await store.settleEdge(pair, 4);
          return (await store.openEdges(child)).length === 0;
        }),
      );
      expect(saw.some(Boolean)).toBe(true);
    }
  });

  it('close once and stay closed when the record of a success comes twice', async () => {
    const { child, pairs } = family(1);
    const [pair] = pairs;
    if (!pair) throw new Error('no pair');
    await store.putEdges(pairs);
    await store.settleEdge(pair, 4);
    expect(await store.settleEdge(pair, 4)).toBe(false);
    expect(await store.openEdges(child)).toEqual([]);
  });

  it('open again when the parent is rerun, and an older success no longer closes them', async () => {
    const parent = fresh({ status: 'NOT_RUN', seq: 5 });
    const child = fresh().id;
    const pair = { child, parent: parent.id };
    await store.create(parent);
    await store.putEdges([pair]);
    await store.settleEdge(pair, 4);

    await store.reopenEdge(pair, 5);
    expect(await store.openEdges(child)).toEqual([parent.id]);
    expect(await store.settleEdge(pair, 4)).toBe(false);
    expect(await store.openEdges(child)).toEqual([parent.id]);
    await store.settleEdge(pair, 8);
    expect(await store.openEdges(child)).toEqual([]);
  });

  it('N40 stay away once they were removed, whatever record of their parent comes later', async () => {
    const [parent, other, child] = [fresh({ seq: 8 }), fresh(), fresh()];
    await store.create(parent);
    await store.create(child);
    const pairs = [parent, other].map(({ id }) => ({ child: child.id, parent: id }));
    await store.putEdges(pairs);
    const cut = await store.cutOf(child.id, [parent.id, 'prod~p~w~r~20261119~1~nobody~1']);
    const moved = moveInstance(child, { move: 'remove-upstream', at: child.dueAt, actor: 'ann' });
    if (!moved.ok) throw new Error(moved.error.message);
    expect(await store.commit(moved.value, { cut })).toBe('committed');
    expect(await store.parentsOf(child.id)).toEqual([other.id]);
    expect(await store.openEdges(child.id, 9)).toEqual([other.id]);
    expect((await store.childrenOf(parent.id)).items).toEqual([]);
    expect(await store.reopenEdge({ child: child.id, parent: parent.id }, 9)).toBe(false);
    expect(await store.openEdges(child.id, 9)).toEqual([other.id]);
  });

  it('stay closed when the record of a rerun comes after the parent has succeeded again', async () => {
    const parent = fresh({ status: 'SUCCESS', outcome: 'ran', seq: 8 });
    const child = fresh().id;
    await store.create(parent);
    expect(await store.reopenEdge({ child, parent: parent.id }, 5)).toBe(false);
    expect(await store.openEdges(child)).toEqual([]);
  });
});

describe('an answer that decides', () => {
  it('is never an old one: open edges, an instance, slots in use', async () => {
    const open = await openTables({ seed: 1, rates: { ...noFaults, staleRead: 1 } });
    const store = instanceStore({ client: open.client, table: open.tables.instances });
    try {
      const [child, parent] = ['child', 'parent'].map((task) => anInstance({ task }));
      if (!child || !parent) throw new Error('no instances');
      const pair = { child: child.id, parent: parent.id };
      const pool = { id: 'throttle:x', kind: 'throttle', name: 'x', limit: 1 } as const;
      await store.putEdges([pair]);
      const look = async () => ({
        open: await store.openEdges(child.id),
        found: (await store.find(child.id)) !== undefined,
        reserved: (await store.readPools('prod', [pool]))[0]?.stripes[0]?.reservedFor,
        parents: await store.parentsOf(child.id),
      });
      expect(await look()).toMatchObject({ open: [parent.id], found: false, reserved: undefined });

      await store.settleEdge(pair, 4);
      await store.create(child);
      await store.reserve('prod', child.id, [{ pool: pool.id, stripe: 0 }]);
      expect(await look()).toMatchObject({ open: [], found: true, reserved: child.id });
      expect(open.proxy?.injected.staleRead).toBe(1);
    } finally {
      await open.close();
    }
  });
});
