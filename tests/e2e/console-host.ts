import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, startHost } from '../../local/host.ts';
import { synthesize } from '../../local/synthesize.ts';
import { type Client, createClient } from '../../shared/contracts/client/create-client.ts';

const root = join(import.meta.dirname, '..', '..');

export type ConsoleHost = {
  readonly host: Host;
  readonly call: Client;
  /** Run of `orders` that was started once: two tasks have ended, one waits, one waits for it. */
  readonly run: string;
  readonly stop: () => Promise<void>;
};

const hour = 3_600;

/** A task that waits long, so that a run stands still where people want to look at it. */
const orders = {
  workflow: 'orders',
  description: 'Orders of a shop',
  owner: 'admin',
  tags: ['core'],
  schedule: { every: 'day', at: '02:30' },
  tasks: [
    { name: 'extract', kind: 'noop' },
    { name: 'transform', kind: 'noop', upstreams: ['extract'] },
    { name: 'settle', kind: 'wait', seconds: 6 * hour, upstreams: ['transform'] },
    { name: 'report', kind: 'noop', upstreams: ['settle'] },
  ],
};

const byHand = { workflow: 'cleanup', tasks: [{ name: 'sweep', kind: 'noop' }] };

/** The product on the local host, with one project, an online workflow that ran and one that is offline. */
export const startConsoleHost = async (): Promise<ConsoleHost> => {
  const state = await mkdtemp(join(tmpdir(), 'nightshift-console-'));
  const host = await startHost({ assembly: await synthesize(root), state });
  const call = createClient({
    baseUrl: host.url,
    fetch,
    token: host.token,
    source: 'cli',
    newKey: () => crypto.randomUUID(),
  });

  await call('createProject', { body: { name: 'shop', zone: 'Asia/Shanghai' } });
  for (const definition of [orders, byHand])
    await call('publishWorkflow', {
      params: { project: 'shop', workflow: definition.workflow },
      body: { definition, online: definition === orders },
    });
  const { run } = await call('startWorkflow', {
    params: { project: 'shop', workflow: 'orders' },
    body: {},
  });
  await until(async () => (await call('getRun', { params: { run } })).ended === 2);

  return {
    host,
    call,
    run,
    stop: async () => {
      await host.stop();
      await rm(state, { recursive: true, force: true });
    },
  };
};

/** Asks until the answer is yes; a test that waits in vain ends by its own time-out. */
const until = async (question: () => Promise<boolean>): Promise<void> => {
  while (!(await question())) await sleep(100);
};
