import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeldSlot } from '../../shared/domain/instance/instance.schema.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { chooseStripe, shareOf, usedOf } from '../../shared/domain/pool/choose-stripe.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import type { Committed } from './commit-instance.ts';
import { type InstanceStore, instanceStore } from './instance-store.ts';

const at = '2026-11-20T02:00:00.000Z';

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 31],
])('pools, %s', (_, seed) => {
  let open: OpenTables;
  let store: InstanceStore;

  beforeAll(async () => {
    open = await openTables({ seed });
    store = instanceStore({ client: open.client, table: open.tables.instances });
  });
  afterAll(() => open.close());

  const poolOf = (name: string, limit: number) => ({
    id: `throttle:${name}`,
    kind: 'throttle' as const,
    name,
    limit,
  });
  const stateOf = async (name: string, limit: number) => {
    const [pool] = await store.readPools('prod', [poolOf(name, limit)]);
    if (!pool) throw new Error('no pool');
    return pool;
  };
  const waiting = async (task: string) => {
    const instance = anInstance({ task });
    await store.create(instance);
    return instance;
  };
  /** Tries to take a slot as admission does: read, choose, commit under condition. */
  const admit = async (
    instance: ReturnType<typeof anInstance>,
    name: string,
    limit: number,
  ): Promise<{ answer: Committed; slot?: HeldSlot }> => {
    const pool = await stateOf(name, limit);
    const stripe = chooseStripe(pool, instance.id);
    if (!stripe) return { answer: 'no-slot' };
    const slot = { pool: pool.id, stripe: stripe.stripe };
    const moved = moveInstance(instance, {
      move: 'admit',
      at,
      actor: 'system:test',
      set: { submittedAt: at, slots: [slot] },
    });
    if (!moved.ok) throw new Error(moved.error.message);
    const share = shareOf(limit, pool.stripes.length, stripe.stripe);
    return { answer: await store.commit(moved.value, { take: [{ ...slot, share }] }), slot };
  };

  it('never give out more slots than the limit under 50 parallel takes, and lose none', async () => {
    const limit = 7;
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => waiting(`seven${n}`)));
    const tries = await Promise.all(all.map((each) => admit(each, 'seven', limit)));
    const taken = tries.filter(({ answer }) => answer === 'committed');
    expect(taken.length).toBe(limit);
    expect(usedOf(await stateOf('seven', limit))).toBe(limit);
    expect(await admit(await waiting('late'), 'seven', limit)).toMatchObject({ answer: 'no-slot' });

    await Promise.all(
      all.flatMap((_, n) => {
        const slot = tries[n]?.answer === 'committed' ? tries[n]?.slot : undefined;
        return slot ? [giveBack(all[n]?.id ?? '', slot)] : [];
      }),
    );
    expect(usedOf(await stateOf('seven', limit))).toBe(0);
  });

  const giveBack = async (id: string, slot: HeldSlot): Promise<void> => {
    const stored = await store.find(id);
    if (!stored) throw new Error(`no ${id}`);
    const ended = moveInstance(stored, { move: 'fail', at, actor: 'system:test' });
    if (!ended.ok) throw new Error(ended.error.message);
    expect(await store.commit(ended.value, { give: [slot] })).toBe('committed');
  };

  it('of more than 20 slots are spread over stripes, whose number never shrinks', async () => {
    expect((await stateOf('wide', 45)).stripes).toHaveLength(3);
    expect((await stateOf('wide', 5)).stripes).toHaveLength(3);
    expect((await stateOf('wide', 100)).stripes).toHaveLength(5);
    expect((await stateOf('wide', 1)).stripes).toHaveLength(5);
  });

  it('with a limit of 0 give nothing', async () => {
    const instance = await waiting('zero');
    const moved = moveInstance(instance, { move: 'admit', at, actor: 'system:test' });
    if (!moved.ok) throw new Error(moved.error.message);
    const take = [{ pool: 'throttle:zero', stripe: 0, share: 0 }];
    expect(await store.commit(moved.value, { take })).toBe('no-slot');
  });

  it('keep a reserved slot for its instance alone, and forget the reservation when it is taken', async () => {
    const mine = await waiting('mine');
    const other = await waiting('other');
    const slots = [
      { pool: 'throttle:kept', stripe: 0 },
      { pool: 'throttle:kept-too', stripe: 0 },
    ];
    expect(await store.reserve('prod', mine.id, slots)).toBe(true);
    expect(await store.reserve('prod', mine.id, slots)).toBe(true);
    expect(await store.reserve('prod', other.id, slots.slice(1))).toBe(false);
    expect(await admit(other, 'kept', 1)).toMatchObject({ answer: 'no-slot' });
    expect(await admit(mine, 'kept', 1)).toMatchObject({ answer: 'committed' });
    expect((await stateOf('kept', 1)).stripes[0]?.reservedFor).toBeUndefined();
    expect(await store.unreserve('prod', mine.id, { pool: 'throttle:kept-too', stripe: 0 })).toBe(
      true,
    );
    expect((await stateOf('kept-too', 1)).stripes[0]?.reservedFor).toBeUndefined();
  });

  it('are counted apart in each environment', async () => {
    await admit(await waiting('prodonly'), 'apart', 3);
    const [dev] = await store.readPools('dev', [poolOf('apart', 3)]);
    expect(dev && usedOf(dev)).toBe(0);
  });
});
