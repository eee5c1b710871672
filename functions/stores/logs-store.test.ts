import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { cutIntoChunks } from '../../shared/domain/log/cut-into-chunks.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { meterUnits } from '../../tests/faults/consumed-units.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { headerOfItem } from './log-items.ts';
import { type LogStore, logStore } from './logs-store.ts';
import { logsTable } from './logs-table.ts';
import { queryAll } from './query.ts';

const at = '2026-11-20T02:00:00.000Z';
const line = (text: string, seconds: number, level: LogLine['level'] = 'INFO'): LogLine => ({
  at: plusSeconds(at, seconds),
  level,
  text,
  operation: 'finish',
});

describe('run logs', () => {
  let open: OpenTables;
  let logs: LogStore;
  const instances = ['a', 'b', 'c', 'd', 'e'].map((task) => anInstance({ task, kind: 'http' }));
  const runId = anInstance().runId;
  const headersOf = async (project: string) => {
    const table = { client: open.client, table: open.tables.logs };
    const found = await Promise.all(
      logsTable.headers('prod', project).map(({ partition }) => queryAll(table, { partition })),
    );
    return found.flat().map(headerOfItem);
  };

  beforeAll(async () => {
    open = await openTables();
    logs = logStore({ client: open.client, table: open.tables.logs });
    for (const [n, instance] of instances.entries())
      for (const attempt of [1, 2]) {
        const lines = [line(`${instance.id} ${attempt}`, n + attempt * 10)];
        await logs.append({ instance, attempt, batch: 'end', chunks: [lines] });
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
    const id = instances[0]?.id ?? '';
    const all = await logs.ofInstance(id);
    expect(all.items.map(({ attempt }) => attempt)).toEqual([1, 2]);
    const first = await logs.ofInstance(id, { from: at, to: plusSeconds(at, 10) });
    expect(first.items.map(({ attempt }) => attempt)).toEqual([1]);
  });

  it('keep a batch once, and none without lines', async () => {
    const instance = anInstance({ task: 'twice', project: 'once' });
    const batch = { instance, attempt: 1, batch: 'end', chunks: [[line('once', 0)]] };
    await logs.append(batch);
    await logs.append(batch);
    await logs.append({ ...batch, batch: 'more', chunks: [[]] });
    expect((await logs.ofInstance(instance.id)).items).toHaveLength(1);
    expect(await headersOf('once')).toHaveLength(1);
  });

  it('say in the header what is in a chunk, and where chunks are long', async () => {
    const instance = anInstance({ project: 'heads', kind: 'http', version: 3, status: 'RUNNING' });
    const lines = [line('one two', 0), line('three', 59, 'WARN'), line('four', 400, 'ERROR')];
    const ended = { ...instance, attempt: 1, retries: { ...instance.retries, count: 0 } };
    await logs.append({ instance: ended, attempt: 1, batch: 'end', chunks: cutIntoChunks(lines) });
    const [header, ...more] = await headersOf('heads');
    expect(more).toEqual([]);
    expect(header).toMatchObject({
      first: at,
      last: plusSeconds(at, 400),
      counts: [0, 1, 1, 1],
      minutes: [
        [0, 0, 1, 1, 0],
        [6, 0, 0, 0, 1],
      ],
      categories: ['request-sent'],
      operations: ['finish'],
      version: 3,
      fate: 'shown',
      instance: instance.id,
    });
  });

  it('cost two write units for an attempt of a few lines', async () => {
    const client = open.client;
    const meter = meterUnits(client);
    const instance = anInstance({
      project: 'a-project-with-a-name',
      workflow: 'nightly_aggregation_of_sales',
      task: 'load_customers_from_warehouse',
      kind: 'http',
      family: 'manual',
      scope: 'b20261119x7d2',
    });
    meter.take();
    await logs.append({
      instance,
      attempt: 1,
      batch: 'end',
      chunks: [
        [
          line('attempt 1 runs version 12', 0),
          line('date=2026-11-19, region=eu-central-1, table=customers', 1),
          line('POST https://warehouse.example/api/v2/load/customers?day=2026-11-19', 2),
          line('answered 200', 5),
          line('ran', 5),
        ],
      ],
    });
    expect(meter.take().write).toBe(2);
  });

  it('are read as they were written before chunks were compressed', async () => {
    const instance = anInstance({ task: 'old', project: 'old' });
    const { pk, sk } = logsTable.body({ instance: instance.id, attempt: 2, at, chunk: '0' });
    await open.client.send(
      new PutCommand({
        TableName: open.tables.logs,
        Item: { pk, sk, v: 1, task: 'old', index: 1, attempt: 2, lines: [line('as it was', 0)] },
      }),
    );
    const old = await logs.ofInstance(instance.id);
    expect(old.items).toMatchObject([{ attempt: 2, chunk: '0', lines: [{ text: 'as it was' }] }]);
  });

  it('refuse a name of a batch that would break its key', async () => {
    const batch = { instance: anInstance(), attempt: 1, batch: 'a#b', chunks: [[line('x', 0)]] };
    await expect(logs.append(batch)).rejects.toMatchObject({ name: 'InputInvalid' });
  });
});
