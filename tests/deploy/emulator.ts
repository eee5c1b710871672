import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Emulator = {
  readonly endpoint: string;
  /** Makes any AWS client, the CDK's too, talk to the emulator and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  stop(): Promise<void>;
};

/** The account that MiniStack makes of any key. */
export const account = '000000000000';
export const region = 'us-east-1';

/** Starts MiniStack on a free port of the loopback; it forgets everything when it stops. */
export const startEmulator = async (): Promise<Emulator> => {
  const python = process.env.MINISTACK_PYTHON;
  if (!python)
    throw new Error(
      'MINISTACK_PYTHON must name a Python with tests/deploy/requirements.txt installed; .ci/run makes one',
    );
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-emulator-'));
  const logFile = join(folder, 'ministack.log');
  const log = openSync(logFile, 'w');

  const child = spawn(python, ['-m', 'ministack'], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      // Its functions run on the Node that it finds first.
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // Else it listens for devices on every address.
      IOT_MTLS_ENABLED: '0',
      TMPDIR: folder,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  await answers(endpoint, logFile);

  return {
    endpoint,
    logFile,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: '1',
    },
    async stop() {
      child.kill('SIGTERM');
      const gaveUp = sleep(10_000).then(() => child.kill('SIGKILL'));
      await Promise.race([ended, gaveUp]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const answers = async (endpoint: string, logFile: string): Promise<void> => {
  for (let tries = 0; tries < 150; tries += 1) {
    const reply = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (reply?.ok) return;
    await sleep(200);
  }
  throw new Error(`MiniStack did not start within 30 s; see ${logFile}`);
};
