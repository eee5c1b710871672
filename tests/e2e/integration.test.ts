import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaCode, Runtime } from 'aws-cdk-lib/aws-lambda';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  loadPartition,
  maySay,
  RefreshOnUpdate,
} from '../../examples/integrations/refresh-on-update.ts';
import { OperationCenter } from '../../infra/operation-center.ts';
import { type Host, startHost } from '../../local/host.ts';
import { type Client, createClient } from '../../shared/contracts/client/create-client.ts';
import { putEvent } from './put-event.ts';

const root = join(import.meta.dirname, '..', '..');
let folder: string;
let host: Host;
let call: Client;

/** Writes down what it was told: its own log is a file on this host. */
const listener = `export const handler = async (event) => { console.log('heard ' + JSON.stringify(event)); };`;

beforeAll(async () => {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'integration-'));
  const bundles = join(folder, 'bundles');
  for (const name of ['start-on-update', 'load-partition'])
    await build({
      entryPoints: [join(root, 'examples', 'integrations', `${name}.ts`)],
      outfile: join(bundles, name, 'index.mjs'),
      alias: { '@nightshift/logger': join(root, 'logger', 'logger.ts') },
      ...{ bundle: true, platform: 'node', format: 'esm', target: 'node24' },
      // What is bundled from CommonJS asks for require.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  await build({
    stdin: { contents: listener },
    outfile: join(bundles, 'listener', 'index.mjs'),
    format: 'esm',
  });

  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Team');
  const load = loadPartition(stack, bundles);
  const center = new OperationCenter(stack, 'Operations', {
    distFolder: join(root, 'dist'),
    taskFunctions: [load],
    announceMoves: ['shop'],
  });
  const { bus } = center.events;
  maySay(bus, load);
  new RefreshOnUpdate(stack, 'Refresh', { bus, bundles });
  const ear = new LambdaCode(stack, 'Ear', {
    functionName: 'ear',
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(join(bundles, 'listener')),
  });
  new Rule(stack, 'Hear', {
    eventBus: bus,
    eventPattern: { source: ['nightshift'] },
    targets: [new LambdaFunction(ear)],
  });
  app.synth();

  host = await startHost({ assembly: join(folder, 'cdk.out'), state: join(folder, 'state') });
  call = createClient({
    baseUrl: host.url,
    fetch,
    token: host.token,
    source: 'cli',
    newKey: () => crypto.randomUUID(),
  });
}, 240_000);

afterAll(async () => {
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const put = (detail: object, source = 'acme.lake', type = 'Dataset Updated') =>
  putEvent(host, { source, type, detail });

const until = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    await sleep(200);
  }
};

it('an integration of somebody else starts a workflow when a dataset is updated, and its function logs', async () => {
  await call('createProject', { body: { name: 'shop' } });
  await call('createDataset', {
    params: { project: 'shop' },
    body: { name: 'orders', location: 's3://lake/orders/*', format: 'csv' },
  });
  await call('publishWorkflow', {
    params: { project: 'shop', workflow: 'refresh' },
    body: {
      definition: {
        workflow: 'refresh',
        parameters: { partition: 'none' },
        tasks: [
          {
            ...{ name: 'load', kind: 'lambda', functionName: 'load-partition' },
            payload: { partition: '${partition}' },
            outputs: ['rows'],
          },
        ],
      },
      online: true,
    },
  });

  // Told twice, as it may happen: one run.
  const said = { project: 'shop', dataset: 'orders', rows: 3, partition: 'day=2026-11-19' };
  await put(said);
  await put(said);
  const run = await until(async () => {
    const { items } = await call('listRuns', { query: { project: 'shop' } });
    return items.find(({ status }) => status === 'SUCCESS');
  });
  await sleep(1_000);
  expect((await call('listRuns', { query: { project: 'shop' } })).items).toHaveLength(1);
  expect(run).toMatchObject({ workflow: 'refresh', startedBy: 'event:acme.refresh' });
  expect(await call('getDataset', { params: { project: 'shop', name: 'orders' } })).toMatchObject({
    updated: { by: 'acme.lake', rows: 3, partition: 'day=2026-11-19' },
  });

  // What its function logged is found by its category.
  const rejected = await until(async () => {
    const { items } = await call('getRunLog', { params: { run: run.run } });
    return items.find(({ text }) => text === 'order without a customer');
  });
  expect(rejected).toMatchObject({
    ...{ level: 'WARN', category: 'rejects', attempt: 1 },
    fields: { order: 4712, partition: 'day=2026-11-19' },
  });
  const now = Date.now();
  const found = await until(async () => {
    const { items } = await call('searchLogs', {
      query: {
        project: 'shop',
        from: new Date(now - 600_000).toISOString(),
        to: new Date(now + 600_000).toISOString(),
        category: 'rejects',
      },
    });
    return items[0];
  });
  expect(found).toMatchObject({ category: 'rejects', text: 'order without a customer' });

  // The end was announced, and every move of it.
  const heard = await until(async () => {
    const text = readFileSync(join(folder, 'state', 'logs', 'ear.log'), 'utf8');
    return text.includes('Workflow Run Ended') ? text : undefined;
  });
  for (const type of ['Workflow Run Started', 'Instance Moved', 'Instance Ended'])
    expect(heard).toContain(type);
}, 120_000);

it('an event that names a workflow which does not exist lies in the dead letters, and can be put again', async () => {
  const asked = { project: 'shop', workflow: 'later', idempotencyKey: 'one' };
  await put(asked, 'acme.lake', 'Run Requested');
  const letter = await until(async () => {
    const { items } = await call('listDeadLetters', { params: { queue: 'received' } });
    return items[0];
  });
  expect(letter).toMatchObject({
    ...{ type: 'Run Requested', source: 'acme.lake' },
    reason: 'workflow: project shop has no workflow later',
  });

  await call('publishWorkflow', {
    params: { project: 'shop', workflow: 'later' },
    body: { definition: { workflow: 'later', tasks: [{ name: 'x', kind: 'noop' }] }, online: true },
  });
  await call('redriveDeadLetters', {
    params: { queue: 'received' },
    body: { ids: [letter.id], comment: 'published now' },
  });
  await until(async () => {
    const { items } = await call('listRuns', { query: { project: 'shop' } });
    return items.find(({ workflow, status }) => workflow === 'later' && status === 'SUCCESS');
  });
  expect((await call('listDeadLetters', { params: { queue: 'received' } })).items).toEqual([]);
}, 120_000);
