import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../functions/stores/clients.ts';
import { careForEngine } from '../../local/engine-care.ts';
import {
  type TableDefinition,
  type TableName,
  tableDefinitions,
  tableKey,
} from '../../shared/contracts/tables.ts';

/** A DynamoDB engine for tests. `stop` ends it and removes its files. */
export type Engine = {
  readonly endpoint: string;
  readonly name: 'dynoxide' | 'dynamodb-local' | 'endpoint';
  readonly stop: () => Promise<void>;
};

/**
 * Starts the engine that NIGHTSHIFT_TEST_ENGINE names: `dynoxide` (default, the npm binary), `dynamodb-local` (Amazon's jar
 * in or below DYNAMODB_LOCAL_JAR_DIR, Java 17+), or `endpoint` (whatever listens at AWS_ENDPOINT_URL_DYNAMODB). Each engine is empty.
 */
export const startEngine = async (): Promise<Engine> => {
  const name = process.env.NIGHTSHIFT_TEST_ENGINE ?? 'dynoxide';
  if (name === 'endpoint') return { name, endpoint: endpointFromEnv(), stop: async () => {} };
  if (name !== 'dynoxide' && name !== 'dynamodb-local')
    throw new Error(`NIGHTSHIFT_TEST_ENGINE=${name}: use dynoxide, dynamodb-local or endpoint`);

  const folder = await mkdtemp(path.join(tmpdir(), 'nightshift-engine-'));
  const port = await freePort();
  const child = name === 'dynoxide' ? dynoxide(folder, port) : dynamodbLocal(port);
  const endpoint = `http://127.0.0.1:${port}`;
  await untilReady(child, endpoint);
  // Its streams grow slow without an index; the local host mends them the same way.
  if (name === 'dynoxide') careForEngine(path.join(folder, 'engine.db')).close();

  return {
    name,
    endpoint,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A document client for an engine or a proxy, with dummy credentials. */
export const engineClient = (endpoint: string): DynamoDBDocumentClient =>
  documentClient({ endpoint, region: 'us-east-1', credentials: testCredentials });

const testCredentials = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/** Creates the five tables as the product deploys them; names get `prefix`, so tests can share an engine. */
export const createTables = async (
  client: DynamoDBDocumentClient,
  prefix = '',
): Promise<Record<TableName, string>> => {
  const names = Object.keys(tableDefinitions) as TableName[];
  for (const name of names) await createTable(client, `${prefix}${name}`, tableDefinitions[name]);
  return Object.fromEntries(names.map((name) => [name, `${prefix}${name}`])) as Record<
    TableName,
    string
  >;
};

const createTable = (
  client: DynamoDBDocumentClient,
  TableName: string,
  { indexes, stream }: TableDefinition,
) => {
  const { partitionKey, sortKey } = tableKey;
  const attributes = [
    partitionKey,
    sortKey,
    ...indexes.flatMap((i) => [i.partitionKey, i.sortKey]),
  ];
  const keySchema = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  return client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributes.map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: keySchema(partitionKey, sortKey),
      ...(indexes.length > 0
        ? {
            GlobalSecondaryIndexes: indexes.map((index) => ({
              IndexName: index.name,
              KeySchema: keySchema(index.partitionKey, index.sortKey),
              Projection: { ProjectionType: 'KEYS_ONLY' as const },
            })),
          }
        : {}),
      ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } } : {}),
    }),
  );
};

const endpointFromEnv = (): string => {
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (!endpoint) throw new Error('NIGHTSHIFT_TEST_ENGINE=endpoint needs AWS_ENDPOINT_URL_DYNAMODB');
  return endpoint;
};

const dynoxide = (folder: string, port: number): ChildProcess => {
  const binary = path.resolve(
    import.meta.dirname,
    '../../node_modules/@dynoxide/linux-x64/dynoxide',
  );
  if (!existsSync(binary))
    throw new Error(
      'no dynoxide binary for this platform: set NIGHTSHIFT_TEST_ENGINE=dynamodb-local or endpoint',
    );
  return spawn(binary, ['--port', String(port), '--db-path', path.join(folder, 'engine.db')], {
    stdio: 'ignore',
  });
};

const dynamodbLocal = (port: number): ChildProcess => {
  const folder = process.env.DYNAMODB_LOCAL_JAR_DIR;
  if (!folder)
    throw new Error('NIGHTSHIFT_TEST_ENGINE=dynamodb-local needs DYNAMODB_LOCAL_JAR_DIR');
  const [jar] = globSync('**/DynamoDBLocal.jar', { cwd: folder }).map((each) =>
    path.join(folder, each),
  );
  if (!jar) throw new Error(`no DynamoDBLocal.jar below ${folder}`);
  const libraries = `-Djava.library.path=${path.join(path.dirname(jar), 'DynamoDBLocal_lib')}`;
  return spawn(
    'java',
    [libraries, '-jar', jar, '-inMemory', '-port', String(port), '-disableTelemetry'],
    { stdio: 'ignore', env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' } },
  );
};

const untilReady = async (child: ChildProcess, endpoint: string): Promise<void> => {
  const client = engineClient(endpoint);
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the engine ended with code ${child.exitCode}`);
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`the engine did not answer at ${endpoint}`);
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
