import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type InstanceStore, instanceStore } from '../stores/instance-store.ts';
import { countWaiting } from './count-waiting.ts';

let opened: OpenTables;
let instances: InstanceStore;
beforeAll(async () => {
  opened = await openTables();
  instances = instanceStore({ client: opened.client, table: opened.tables.instances });
});
afterAll(() => opened.close());

const put = async (task: string, fields: Partial<Instance> = {}): Promise<string> => {
  const instance = anInstance({ task, ...fields });
  await instances.create(instance);
  return instance.id;
};
const below = (parent: string, ...children: readonly string[]) =>
  instances.putEdges(children.map((child) => ({ child, parent })));
const waiting = (...failed: readonly string[]) => countWaiting({ instances }, failed);

describe('what waits for a failure', () => {
  it('is counted at any depth and in other workflows, each once, also below a barrier', async () => {
    const root = await put('root', { status: 'FAILED', outcome: 'failed' });
    const [a, b, c] = [await put('a'), await put('b'), await put('c', { workflow: 'other' })];
    const barrier = await put('bar', { family: 'barrier', scope: 'b-1', kind: 'noop' });
    await below(root, a, b, barrier);
    await below(a, c);
    await below(barrier, c);
    expect(await waiting(root)).toEqual({ count: 3, more: false });
    expect(await waiting(root, a)).toEqual({ count: 2, more: false });
    expect(await waiting(c)).toEqual({ count: 0, more: false });
  });

  it('leaves out what has run all the same, and counts what nobody has generated yet', async () => {
    const root = await put('early', { status: 'FAILED', outcome: 'failed' });
    const done = await put('done', { status: 'SUCCESS', outcome: 'ran' });
    await below(root, done, anInstance({ task: 'later' }).id);
    expect(await waiting(root)).toEqual({ count: 1, more: false });
  });

  it('is at least so many where there are more than a message looks at', async () => {
    const root = await put('wide', { status: 'FAILED', outcome: 'failed' });
    await below(root, ...Array.from({ length: 101 }, (_, n) => anInstance({ task: `w${n}` }).id));
    expect(await waiting(root)).toEqual({ count: 100, more: true });

    const long = Array.from({ length: 70 }, (_, n) => anInstance({ task: `l${n}` }).id);
    for (const [n, id] of long.entries()) {
      const child = long[n + 1];
      if (child) await below(id, child);
    }
    expect(await waiting(long[0] ?? '')).toEqual({ count: 60, more: true });
  });
});
