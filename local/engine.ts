import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoWire, dynamoWire } from './dynamo-wire.ts';
import { freePort } from './free-port.ts';
import { HostError } from './host-error.ts';

export type Engine = {
  readonly endpoint: string;
  readonly wire: DynamoWire;
  /** The engine's SQLite file, when it is one that we may mend (dynoxide). */
  readonly file: string | undefined;
  /** Stops the engine, or drops it as a crash would. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

/** Starts the DynamoDB engine on a data file in the state folder and waits until it answers. */
export const startEngine = async (
  stateFolder: string,
  env: NodeJS.ProcessEnv = process.env,
  platform = `${process.platform}-${process.arch}`,
): Promise<Engine> => {
  const external = env.NIGHTSHIFT_DYNAMODB_ENDPOINT;
  if (external) {
    const wire = dynamoWire(external);
    await untilAnswering(wire, () => undefined, external);
    return { endpoint: external, wire, file: undefined, stop: async () => {} };
  }

  const port = await freePort();
  const folder = resolve(stateFolder);
  const binary = dynoxideBinary(platform);
  const command = binary
    ? [binary, 'serve', '--port', String(port), '--db-path', join(folder, 'tables.db')]
    : dynamoDbLocal(env, platform, port, folder);
  const log = createWriteStream(join(folder, 'logs', 'engine.log'), { flags: 'a' });
  const child = spawn('sh', ['-c', watched, 'engine', ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own process group: Ctrl-C in the terminal must reach the host only.
    detached: true,
    env: { PATH: env.PATH, DDB_LOCAL_TELEMETRY: '0' },
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  child.stdin.on('error', () => {});

  const endpoint = `http://127.0.0.1:${port}`;
  const wire = dynamoWire(endpoint);
  await untilAnswering(wire, () => child.exitCode ?? undefined, endpoint);
  return {
    endpoint,
    wire,
    file: binary ? join(folder, 'tables.db') : undefined,
    stop: async (signal = 'SIGTERM') => {
      wire.close();
      await stopChild(child, signal);
      log.end();
    },
  };
};

/** The shell ends the engine when its standard input closes, so a killed host leaves no engine behind. */
const watched = `
  exec 3<&0
  "$@" </dev/null & engine=$!
  { read -r word <&3; [ "$word" = kill ] && kill -9 $engine || kill $engine; } 2>/dev/null &
  exec 3<&-
  wait $engine
`;

async function stopChild(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => void child.once('exit', () => done()));
  child.stdin?.end(signal === 'SIGKILL' ? 'kill\n' : 'stop\n');
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(late);
}

function dynoxideBinary(platform: string): string | undefined {
  try {
    const name = `@dynoxide/${platform}/package.json`;
    const path = join(createRequire(import.meta.url).resolve(name), '..', 'dynoxide');
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function dynamoDbLocal(
  env: NodeJS.ProcessEnv,
  platform: string,
  port: number,
  folder: string,
): string[] {
  const jars = env.DYNAMODB_LOCAL_JAR_DIR;
  if (!jars || !existsSync(join(jars, 'DynamoDBLocal.jar')))
    throw new HostError(
      `no DynamoDB engine for ${platform}: reinstall with "npm ci", or set DYNAMODB_LOCAL_JAR_DIR to the folder of DynamoDBLocal.jar (needs Java 17), or set NIGHTSHIFT_DYNAMODB_ENDPOINT to a running one (DynamoDB Local with -sharedDb)`,
    );
  return [
    'java',
    `-Djava.library.path=${join(jars, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(jars, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-dbPath',
    folder,
    '-sharedDb',
    '-disableTelemetry',
  ];
}

async function untilAnswering(
  wire: DynamoWire,
  exitCode: () => number | undefined,
  endpoint: string,
): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    try {
      await wire.call('DynamoDB_20120810.ListTables', {});
      return;
    } catch (error) {
      const code = exitCode();
      if (code !== undefined)
        throw new HostError(
          `the DynamoDB engine ended with code ${code}: see logs/engine.log in the state folder`,
        );
      if (performance.now() > deadline)
        throw new HostError(
          `the DynamoDB engine at ${endpoint} does not answer (${String(error)})`,
        );
      await sleep(15);
    }
  }
}
