import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startPartnerService } from '../../examples/partner-service.ts';
import type { RunView } from '../../shared/contracts/api/run-view.ts';
import { type Client, createClient } from '../../shared/contracts/client/create-client.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { type ApiGateway, openApi } from './api-gateway.ts';
import { deployApp } from './deploy-app.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { adminToken } from './sign-in.ts';

const project = 'examples';
const partnerPort = 18_099;

let emulator: Emulator;
let gateway: ApiGateway;
let outputs: Readonly<Record<string, string>>;
let call: Client;

beforeAll(async () => {
  emulator = await startEmulator();
  outputs = await deployApp(emulator);
  gateway = await openApi(emulator.endpoint, outputs.ApiUrl ?? '');
  const token = await adminToken({
    endpoint: emulator.endpoint,
    userPoolId: outputs.UserPoolId ?? '',
    clientId: outputs.ConsoleClientId ?? '',
  });
  call = createClient({
    baseUrl: gateway.url,
    fetch,
    token: async () => token,
    source: 'cli',
    newKey: randomUUID,
  });
});

afterAll(async () => {
  gateway?.close();
  await emulator?.stop();
});

it('lets nobody in without a token, but tells everybody what the API can do', async () => {
  expect((await fetch(`${gateway.url}/api/projects`)).status).toBe(401);
  expect((await fetch(`${gateway.url}/openapi.json`)).status).toBe(200);
});

it('runs an example from its schedule to success', async () => {
  await startPartnerService(partnerPort, (line) => process.stdout.write(`${line}\n`));
  await call('createProject', {
    body: { name: project, allowHosts: [`127.0.0.1:${partnerPort}`] },
  });
  await addStocks(outputs.DataBucketName ?? '');
  const definition = parse(
    readFileSync(join(import.meta.dirname, '../../examples/stocks-pulse.yaml'), 'utf8').replaceAll(
      '${service}',
      `127.0.0.1:${partnerPort}`,
    ),
  );
  await call('publishWorkflow', {
    params: { project, workflow: definition.workflow },
    body: { definition },
  });
  const now = new Date().toISOString();
  const bizDate = plusDays(now.slice(0, 10), -1);
  await call('requestGeneration', { params: { project }, body: { bizDate, from: now } });

  const run = await firstEnded(bizDate);
  expect(run).toMatchObject({ workflow: 'stocks_pulse', status: 'SUCCESS', failed: 0, ended: 3 });
});

/** The example's data set, where the deployment keeps files. */
const addStocks = async (bucket: string): Promise<void> => {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('vega-datasets'))), '../data');
  const s3 = new S3Client({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const Key = 'examples/stocks.csv';
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key, Body: readFileSync(join(folder, 'stocks.csv')) }),
  );
  await call('createDataset', {
    params: { project },
    body: { name: 'stocks', location: `s3://${bucket}/${Key}`, format: 'csv' },
  });
};

/** The first run of the day that has ended; the schedule fires every five minutes. */
const firstEnded = async (bizDate: string) => {
  for (;;) {
    const ended = (await endedRuns()).find((run) => run.bizDate === bizDate);
    if (ended) return ended;
    await sleep(2_000);
  }
};

const endedRuns = async (cursor?: string): Promise<readonly RunView[]> => {
  const { items, cursor: next } = await call('listRuns', {
    query: { project, status: 'SUCCESS,FAILED,CANCELLED', limit: 200, cursor },
  });
  return next === undefined ? items : [...items, ...(await endedRuns(next))];
};
