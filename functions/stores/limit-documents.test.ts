import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { maxThrottleRules, ThrottleRule } from '../../shared/domain/pool/pool.schema.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type CatalogStore, catalogStore } from './catalog-store.ts';

const at = '2026-11-20T02:00:00.000Z';
const rule = (name: string) => ThrottleRule.parse({ name, scope: {}, maxConcurrency: 1 });

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 7],
])('documents that limit, %s', (_, seed) => {
  let open: OpenTables;
  let catalog: CatalogStore;

  beforeAll(async () => {
    open = await openTables({ seed });
    catalog = catalogStore({ client: open.client, table: open.tables.catalog });
  });
  afterAll(() => open.close());

  const names = async () => (await catalog.currentRules()).map(({ name }) => name);

  it('are gone for people once they are removed, and remembered without effect for whoever wakes queues', async () => {
    await catalog.saveRule(rule('gone'), undefined);
    await catalog.saveGroup({ name: 'gone', slots: 3 }, undefined);
    expect(await catalog.removeRule('gone', 2, at)).toBe(false);
    expect(await catalog.removeRule('gone', 1, at)).toBe(true);
    expect(await catalog.removeGroup('gone', 1, at)).toBe(true);

    expect([await catalog.findRule('gone'), await names()]).toEqual([undefined, []]);
    expect([await catalog.findGroup('gone'), await catalog.currentGroups()]).toEqual([
      undefined,
      [],
    ]);
    expect(await catalog.allRules()).toMatchObject([{ name: 'gone', enabled: false }]);
    expect((await catalog.allGroups())[0]?.slots).toBeUndefined();
    expect(await catalog.saveRule(rule('gone'), 2)).toMatchObject({ error: 'stale' });
    expect(await catalog.removeRule('gone', 2, at)).toBe(false);
  });

  it('give their name free at once, and are forgotten after two days', async () => {
    expect(await catalog.saveRule(rule('gone'), undefined)).toMatchObject({ value: { rev: 1 } });
    expect(await names()).toEqual(['gone']);
    expect(await catalog.removeRule('gone', 1, at)).toBe(true);

    await catalog.saveRule(rule('later'), undefined);
    expect(await catalog.removeRule('later', 1, plusSeconds(at, 2 * 86_400 + 1))).toBe(true);
    expect((await catalog.allRules()).map(({ name }) => name)).toEqual(['later']);
  });

  it('N83 are 50 at most, whoever creates the last ones at once; removing one makes room', async () => {
    const wanted = Array.from({ length: maxThrottleRules + 6 }, (_, n) => `r${n}`);
    const saved = [];
    for (const group of [wanted.slice(0, 40), wanted.slice(40)])
      saved.push(
        ...(await Promise.all(group.map((name) => catalog.saveRule(rule(name), undefined)))),
      );
    expect(saved.filter(({ ok }) => ok)).toHaveLength(maxThrottleRules);
    expect(saved.filter((each) => !each.ok && each.error === 'full')).toHaveLength(6);
    expect(await names()).toHaveLength(maxThrottleRules);

    const [first = ''] = await names();
    expect(await catalog.saveRule({ ...rule(first), maxConcurrency: 2 }, 1)).toMatchObject({
      value: { rev: 2 },
    });
    expect(await catalog.removeRule(first, 2, at)).toBe(true);
    expect(await catalog.saveRule(rule('new'), undefined)).toMatchObject({ ok: true });
    expect(await catalog.saveRule(rule('one_more'), undefined)).toMatchObject({ error: 'full' });
  }, 60_000);
});
