import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, startHost } from '../../local/host.ts';
import { synthesize } from '../../local/synthesize.ts';
import { type Client, createClient } from '../../shared/contracts/client/create-client.ts';

const root = join(import.meta.dirname, '..', '..');
const fives = (to: string) => ({ every: 'minute', interval: 5, from: '00:00', to });
const many = (length: number, more: object = {}) =>
  Array.from({ length }, (_, n) => ({ name: `task_${n}`, kind: 'noop', ...more }));

/** What is published before the night: by project and name. */
const definitions: readonly (readonly [string, Record<string, unknown> & { workflow: string }])[] =
  [
    [
      'shop',
      {
        workflow: 'orders',
        owner: 'admin',
        schedule: fives('00:15'),
        tasks: [
          { name: 'extract', kind: 'noop' },
          { name: 'report', kind: 'noop', upstreams: ['extract'] },
        ],
      },
    ],
    [
      'shop',
      {
        workflow: 'herd',
        schedule: { every: 'day', at: '03:00' },
        tasks: many(30, { upstreams: [{ workflow: 'orders', task: 'report', strategy: 'LAST' }] }),
      },
    ],
    [
      'shop',
      {
        workflow: 'slow',
        schedule: fives('00:10'),
        concurrency: 'skip',
        tasks: [{ name: 'settle', kind: 'approval' }],
      },
    ],
    [
      'shop',
      {
        workflow: 'weekly',
        schedule: { every: 'week', on: ['MON'], at: '00:03' },
        tasks: many(1),
      },
    ],
    ['shop', { workflow: 'big', schedule: { every: 'day', at: '00:01' }, tasks: many(250) }],
    [
      'shop',
      {
        workflow: 'broken',
        tasks: [{ name: 'fetch', kind: 'http', url: 'http://127.0.0.1/x', retries: { count: 0 } }],
      },
    ],
    ['berlin', { workflow: 'gap', schedule: { every: 'day', at: '02:30' }, tasks: many(1) }],
  ];

export type Night = {
  readonly host: Host;
  readonly call: Client;
  /** A run of `broken` that was started by hand and has failed. */
  readonly failed: string;
  readonly stop: () => Promise<void>;
};

/**
 * A night on the local host, in three lives of it: the evening in which people publish, the hours from before the
 * generation until 00:16, which pass quickly, and the time in which people look at what became of the ticks.
 */
export const startNight = async (): Promise<Night> => {
  const state = await mkdtemp(join(tmpdir(), 'nightshift-night-'));
  const assembly = await synthesize(root);
  const evening = await startHost({
    ...{ assembly, state },
    clock: { at: Date.parse('2026-11-19T22:40:00Z'), speed: 1 },
  });
  const publish = clientOf(evening);
  await publish('createProject', { body: { name: 'shop' } });
  await publish('createProject', {
    body: { name: 'berlin', zone: 'Europe/Berlin', dst: 'skip' },
  });
  for (const [project, definition] of definitions)
    await publish('publishWorkflow', {
      params: { project, workflow: definition.workflow },
      body: { definition: JSON.parse(JSON.stringify(definition)) },
    });
  await evening.stop();

  const fast = await startHost({ assembly, state, clock: { speed: 240 } });
  while (fast.clock.now() < Date.parse('2026-11-20T00:16:00Z')) await sleep(100);
  await fast.stop();

  const host = await startHost({ assembly, state, clock: { speed: 1 } });
  const call = clientOf(host);
  const { run: failed } = await call('startWorkflow', {
    params: { project: 'shop', workflow: 'broken' },
    body: {},
  });
  const isOver = async () => {
    const orders = { project: 'shop', workflow: 'orders', status: 'SUCCESS' };
    const done = await call('listRuns', { query: orders });
    return (
      done.items.length === 4 && (await call('getRun', { params: { run: failed } })).failed > 0
    );
  };
  while (!(await isOver())) await sleep(200);
  return {
    ...{ host, call, failed },
    stop: async () => {
      await host.stop();
      await rm(state, { recursive: true, force: true });
    },
  };
};

const clientOf = (host: Host): Client =>
  createClient({
    baseUrl: host.url,
    fetch,
    token: host.token,
    source: 'cli',
    newKey: () => crypto.randomUUID(),
  });
