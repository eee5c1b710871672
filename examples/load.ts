import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { ApiProblem } from '../shared/contracts/client/api-problem.ts';
import { type Client, createClient } from '../shared/contracts/client/create-client.ts';
import { isoOf, plusDays } from '../shared/domain/kernel/calendar-day.ts';
import { startPartnerService } from './partner-service.ts';

/** Where the examples are loaded: an API, a bucket for their data, and a place to say what happens. */
export type ExampleSurroundings = {
  readonly url: string;
  readonly token: () => Promise<string>;
  readonly now: () => number;
  readonly print: (line: string) => void;
  readonly bucket: string;
  readonly putFile: (key: string, file: string) => Promise<void>;
  /** Port of the HTTP service that the examples call; the same after a restart, because definitions name it. */
  readonly partnerPort: number;
};

const project = 'examples';
const names = ['flights-daily', 'weather-hourly', 'stocks-pulse', 'morning-report'] as const;

/** Public data that comes with the npm package `vega-datasets` (BSD-3-Clause). */
const sources = [
  { name: 'flights', file: 'flights-3m.parquet', format: 'parquet' },
  { name: 'airports', file: 'airports.csv', format: 'csv' },
  { name: 'seattle_hourly', file: 'seattle-weather-hourly-normals.csv', format: 'csv' },
  { name: 'stocks', file: 'stocks.csv', format: 'csv' },
] as const;
const results = ['flights_of_day', 'delays_by_airport', 'morning_report'] as const;

/**
 * Publishes the examples and, the first time, generates the rest of today and starts each of them once: ordinary
 * requests, in the order a team would make them. Whatever exists already is left as it is, so a restart adds nothing.
 */
export const loadExamples = async (around: ExampleSurroundings): Promise<void> => {
  await startPartnerService(around.partnerPort, (line) => around.print(line));
  const call = createClient({
    baseUrl: around.url,
    fetch,
    token: around.token,
    source: 'cli',
    newKey: randomUUID,
  });
  const partner = `127.0.0.1:${around.partnerPort}`;
  const isNew = await createOnce(() =>
    call('createProject', {
      body: { name: project, title: 'Examples on public data', allowHosts: [partner] },
    }),
  );
  if (!isNew) return;

  await addData(call, around);
  await addLimits(call);
  for (const name of names) await publish(call, name, partner);
  await beginToday(call, isoOf(around.now()));
  around.print(`examples: ${names.length} workflows published, today generated, each started once`);
};

const addData = async (call: Client, { bucket, putFile }: ExampleSurroundings): Promise<void> => {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('vega-datasets'))), '..', 'data');
  for (const { name, file, format } of sources) {
    await putFile(`examples/${file}`, join(folder, file));
    const location = `s3://${bucket}/examples/${file}`;
    await createOnce(() =>
      call('createDataset', { params: { project }, body: { name, location, format } }),
    );
  }
  for (const name of results)
    await createOnce(() =>
      call('createDataset', {
        params: { project },
        body: { name, location: `s3://${bucket}/results/${name}.parquet`, format: 'parquet' },
      }),
    );
};

const addLimits = (call: Client): Promise<boolean> =>
  createOnce(() =>
    call('createThrottleRule', {
      body: {
        name: 'example-sql',
        description: 'At most two SQL statements of the examples at once',
        scope: { projects: [project], kinds: ['sql', 'check'] },
        maxConcurrency: 2,
      },
    }),
  );

const publish = async (call: Client, name: string, partner: string): Promise<void> => {
  const text = readFileSync(join(import.meta.dirname, `${name}.yaml`), 'utf8');
  const definition = parse(text.replaceAll('${service}', partner));
  await call('publishWorkflow', {
    params: { project, workflow: definition.workflow },
    body: { definition },
  });
};

/** The cycles that are still to come today, and one run of each workflow right away. */
const beginToday = async (call: Client, now: string): Promise<void> => {
  const bizDate = plusDays(now.slice(0, 10), -1);
  await call('requestGeneration', { params: { project }, body: { bizDate, from: now } });
  for (const name of names)
    await call('startWorkflow', {
      params: { project, workflow: name.replaceAll('-', '_') },
      body: { bizDate },
    });
};

/** False when it exists already. */
const createOnce = async (create: () => Promise<unknown>): Promise<boolean> => {
  try {
    await create();
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'already-exists') return false;
    throw error;
  }
};
