import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, startHost } from '../../local/host.ts';
import { synthesize } from '../../local/synthesize.ts';
import { type Client, createClient } from '../../shared/contracts/client/create-client.ts';

const root = join(import.meta.dirname, '..', '..');

export type MonitoringDay = {
  readonly host: Host;
  readonly call: Client;
  /** Runs of `broken` that have failed for good. */
  readonly failed: readonly string[];
  readonly stop: () => Promise<void>;
};

const refused = { kind: 'http', url: 'http://127.0.0.1/x' } as const;
const definitions = [
  { workflow: 'orders', tasks: [{ name: 'extract', kind: 'noop' }] },
  { workflow: 'broken', tasks: [{ name: 'fetch', ...refused, retries: { count: 0 } }] },
  {
    workflow: 'stubborn',
    tasks: [{ name: 'fetch', ...refused, retries: { count: 1, intervalSeconds: 300 } }],
  },
  { workflow: 'waiting', tasks: [{ name: 'settle', kind: 'approval' }] },
];

/** A project in which runs have succeeded, failed for good, wait for an automatic retry, and have not started. */
export const startMonitoringDay = async (): Promise<MonitoringDay> => {
  const state = await mkdtemp(join(tmpdir(), 'nightshift-monitoring-'));
  const host = await startHost({ assembly: await synthesize(root), state });
  const call = createClient({
    baseUrl: host.url,
    fetch,
    token: host.token,
    source: 'cli',
    newKey: () => crypto.randomUUID(),
  });
  for (const name of ['shop', 'quiet']) await call('createProject', { body: { name } });
  for (const definition of definitions)
    await call('publishWorkflow', {
      params: { project: 'shop', workflow: definition.workflow },
      body: { definition: JSON.parse(JSON.stringify(definition)) },
    });
  const start = async (workflow: string) =>
    (await call('startWorkflow', { params: { project: 'shop', workflow }, body: {} })).run;

  const failed = [await start('broken'), await start('broken')];
  for (const workflow of ['orders', 'orders', 'orders', 'stubborn', 'waiting'])
    await start(workflow);
  const isCounted = async () => {
    const { totals } = await call('getMonitoring', { query: { project: 'shop' } });
    return totals.succeeded === 3 && totals.failed === 2 && totals.autoRetried === 1;
  };
  while (!(await isCounted())) await sleep(200);
  return {
    ...{ host, call, failed },
    stop: async () => {
      await host.stop();
      await rm(state, { recursive: true, force: true });
    },
  };
};
