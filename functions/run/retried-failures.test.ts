import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StageInput } from '../../shared/contracts/stages.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { mortalClient } from '../../tests/line/mortal-client.ts';
import { logSearch } from '../logging/log-search.ts';
import { runLines } from '../logging/run-lines.ts';
import { sumRun } from '../logging/sum-run.ts';
import { instanceStore } from '../stores/instance-store.ts';
import { headerOfItem } from '../stores/log-items.ts';
import { logStore } from '../stores/logs-store.ts';
import { logsTable } from '../stores/logs-table.ts';
import { queryAll } from '../stores/query.ts';
import { finish } from './finish.ts';

const start = '2026-11-20T02:00:00.000Z';
const end = plusSeconds(start, 10);
const clock = () => end;
const whole = { from: plusSeconds(start, -60), to: plusSeconds(start, 3_600) };

let open: OpenTables;
const storesOn = (client: OpenTables['client']) => ({
  instances: instanceStore({ client, table: open.tables.instances }),
  logs: logStore({ client, table: open.tables.logs }),
});
type Stores = ReturnType<typeof storesOn>;
let truth: Stores;

beforeAll(async () => {
  // Behind the fault proxy, so that replies are lost and reads are late.
  open = await openTables({ seed: 61 });
  truth = storesOn(open.direct);
});
afterAll(() => open.close());

/** An instance in its first attempt, with one automatic retry. */
const running = async (task: string, more: Partial<Instance> = {}): Promise<Instance> => {
  const instance = anInstance({
    ...{ project: task, task, kind: 'http', status: 'RUNNING', attempt: 1, token: 'token' },
    ...{ startedAt: start, submittedAt: start, ...more },
  });
  await truth.instances.create(instance);
  return instance;
};

/** The next attempt of one that waits for its retry. */
const again = async ({ id }: Instance): Promise<Instance> => {
  let instance = await truth.instances.find(id);
  for (const [move, set] of [
    ['admit', { attempt: 2, submittedAt: end }],
    ['claim', { token: 'token', startedAt: end }],
  ] as const) {
    if (!instance) throw new Error(`no ${id}`);
    const moved = moveInstance(instance, { move, at: end, actor: 'system:test', set });
    if (!moved.ok) throw new Error(moved.error.message);
    await truth.instances.commit(moved.value);
    instance = moved.value.instance;
  }
  if (!instance) throw new Error(`no ${id}`);
  return instance;
};

const inputOf = (instance: Instance, ok: boolean): StageInput<'run-finish'> => ({
  ...{ contract: 1, proceed: true, instanceId: instance.id, attempt: instance.attempt },
  ...{ token: 'token', timeoutSeconds: 60, kind: 'http', runId: instance.runId },
  request: {
    ...{ kind: 'http', url: 'https://x.example', method: 'GET', headers: {} },
    ...{ allowHosts: [], outputs: [] },
  },
  logContext: {
    lines: [
      {
        ...{ at: plusSeconds(start, instance.attempt), level: 'INFO', operation: 'claim' },
        text: `attempt ${instance.attempt}`,
      },
    ],
    secrets: [],
  },
  result: {
    ok,
    ...(ok ? {} : { error: 'boom' }),
    lines: [
      {
        ...{ at: plusSeconds(start, instance.attempt + 1), operation: 'invoke' },
        ...(ok ? { level: 'INFO', text: 'answered' } : { level: 'ERROR', text: 'answered 503' }),
      },
    ],
    outputs: {},
    usage: {},
  },
});

/** Failures that anybody sees: search, count, tail and export read the first two, context and trace the others. */
const failuresOf = async ({ project, runId }: Instance) => {
  const deps = { ...storesOn(open.client), clock: () => plusSeconds(end, 1) };
  const { search, count } = logSearch(deps);
  const scope = { env: 'prod', projects: [project] } as const;
  const page = await search(scope, { ...whole, levels: ['ERROR'] }, { order: 'asc', limit: 100 });
  const { buckets } = await count(scope, whole, { bucketMs: 60_000 });
  const counted = [...buckets.values()].reduce((sum, counts) => sum + counts[3], 0);
  const trace = await runLines(deps)(runId, { order: 'asc', limit: 100 });
  const sum = await sumRun(deps)(runId);
  const inTrace = trace.found.filter(({ line }) => line.level === 'ERROR').length;
  expect([counted, inTrace, sum.counts[3]]).toEqual(Array(3).fill(page.found.length));
  return page.found.map(({ line, chunk }) => `${chunk.attempt} ${line.text}`);
};
const kept = async ({ id }: Instance): Promise<string[]> =>
  (await truth.logs.ofInstance(id)).items.flatMap(({ attempt, lines }) =>
    lines.map(({ level, text }) => `${attempt} ${level} ${text}`),
  );
const fatesOf = async (project: string) => {
  const table = { client: open.direct, table: open.tables.logs };
  const partitions = logsTable.headers('prod', project);
  const items = await Promise.all(
    partitions.map(({ partition }) => queryAll(table, { partition })),
  );
  return items
    .flat()
    .map(headerOfItem)
    .map(({ attempt, fate }) => `${attempt} ${fate}`);
};
const finishOn = (stores: Stores) => finish({ ...stores, clock });

describe('failures of an attempt that is retried', () => {
  it('W61 are never seen: not while it runs, not between, not after a retry that succeeds', async () => {
    const first = await running('healed');
    await truth.logs.append({
      ...{ instance: first, attempt: 1, batch: 'task.1' },
      chunks: [[{ at: start, level: 'ERROR', text: 'live', operation: 'invoke' }]],
    });
    expect(await failuresOf(first)).toEqual([]);

    await finishOn(storesOn(open.client))(inputOf(first, false));
    expect(await failuresOf(first)).toEqual([]);
    const second = await again(first);
    expect(await failuresOf(first)).toEqual([]);
    await finishOn(storesOn(open.client))(inputOf(second, true));
    expect(await failuresOf(first)).toEqual([]);

    expect(await kept(first)).toEqual(
      expect.arrayContaining(['1 ERROR live', '1 ERROR answered 503', '2 INFO answered']),
    );
    expect((await fatesOf('healed')).toSorted()).toEqual(['1 pending', '1 superseded', '2 shown']);
  });

  it('W62 are seen once the last one fails, but only those of the last', async () => {
    const first = await running('broken');
    await finishOn(storesOn(open.client))(inputOf(first, false));
    const second = await again(first);
    await finishOn(storesOn(open.client))(inputOf(second, false));
    expect((await truth.instances.find(first.id))?.status).toBe('FAILED');
    expect(await failuresOf(first)).toEqual(['2 answered 503', '2 failed: boom']);
  });

  it('stay seen when a person runs a failed instance again', async () => {
    const first = await running('rerun', {
      retries: { count: 0, intervalSeconds: 60, onTimeout: false, onLost: false },
    });
    await finishOn(storesOn(open.client))(inputOf(first, false));
    const failed = await truth.instances.find(first.id);
    if (!failed) throw new Error('gone');
    const moved = moveInstance(failed, { move: 'rerun', at: end, actor: 'ann' });
    if (!moved.ok) throw new Error(moved.error.message);
    await truth.instances.commit(moved.value);
    expect(await failuresOf(first)).toEqual(['1 answered 503', '1 failed: boom']);
  });

  it('W61 are seen exactly when the instance says so, wherever finishing was killed', async () => {
    let died = 0;
    let committed = 0;
    for (let requests = 1; ; requests += 1) {
      const first = await running(`killed${requests}`);
      const mortal = mortalClient(open.endpoint);
      mortal.dieAfter(requests);
      const done = await finishOn(storesOn(mortal.client))(inputOf(first, false)).then(
        () => !mortal.isDead(),
        () => false,
      );
      mortal.client.destroy();
      const after = await truth.instances.find(first.id);
      expect(await failuresOf(first), `killed after ${requests} requests`).toEqual([]);
      if (after?.status === 'WAIT_TIME') committed += 1;

      // The attempt is ended by somebody, once more or for the first time.
      await finishOn(storesOn(open.client))(inputOf(first, false));
      expect(await failuresOf(first)).toEqual([]);
      const second = await again(first);
      await finishOn(storesOn(open.client))(inputOf(second, false));
      expect(await failuresOf(first)).toEqual(['2 answered 503', '2 failed: boom']);
      if (done) break;
      died += 1;
    }
    expect(died).toBeGreaterThan(3);
    expect(committed).toBeGreaterThan(1);
  });
});
