import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type LogStore, logStore } from './logs-store.ts';

const at = '2026-11-20T02:00:00.000Z';
const line = (text: string, seconds: number) => ({
  at: plusSeconds(at, seconds),
  level: 'INFO' as const,
  text,
  operation: 'finish' as const,
});

describe('run logs', () => {
  let open: OpenTables;
  let logs: LogStore;
  const ids = ['a', 'b', 'c', 'd', 'e'].map((task) => anInstance({ task }).id);
  const runId = anInstance().runId;

  beforeAll(async () => {
    open = await openTables();
    logs = logStore({ client: open.client, table: open.tables.logs });
    for (const [n, instanceId] of ids.entries())
      for (const attempt of [1, 2]) {
        const lines = [line(`${instanceId} ${attempt}`, n + attempt * 10)];
        await logs.append({ instanceId, attempt, n: 0, lines });
      }
  });
  afterAll(() => open.close());

  it('of a run come in order of time, page by page, from an instant on', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await logs.ofRun(runId, { limit: 3, cursor });
      seen.push(...page.items.flatMap(({ lines }) => lines.map(({ at: when }) => when)));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toHaveLength(10);
    expect(seen).toEqual(seen.toSorted());
    const later = await logs.ofRun(runId, { from: plusSeconds(at, 20) });
    expect(later.items).toHaveLength(5);
  });

  it('of an instance hold each attempt, bounded by its times', async () => {
    const [id = ''] = ids;
    const all = await logs.ofInstance(id);
    expect(all.items.map(({ attempt }) => attempt)).toEqual([1, 2]);
    const first = await logs.ofInstance(id, { from: at, to: plusSeconds(at, 10) });
    expect(first.items.map(({ attempt }) => attempt)).toEqual([1]);
  });

  it('keep a chunk once, and none without lines', async () => {
    const instanceId = anInstance({ task: 'twice', workflow: 'w2' }).id;
    const chunk = { instanceId, attempt: 1, n: 0, lines: [line('once', 0)] };
    await logs.append(chunk);
    await logs.append(chunk);
    await logs.append({ ...chunk, n: 1, lines: [] });
    expect((await logs.ofInstance(instanceId)).items).toHaveLength(1);
  });
});
