import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export type HostProcess = {
  readonly url: string;
  readonly credentialsFile: string;
  /** The DynamoDB engine itself, past any proxy, and its tables by logical id. */
  readonly engine: string;
  readonly tables: Readonly<Record<string, string>>;
  /** Dies at once, as by a power cut of the process: nothing is written down any more. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type HostArguments = {
  readonly assembly: string;
  readonly state: string;
  readonly port?: number;
  /** Virtual seconds per second: what waits for a deadline need not wait as long. */
  readonly speed?: number;
  /** Seed of the fault proxy and of doubled batches; none: no faults. */
  readonly seed?: number | undefined;
};

/** Starts a host as a process and waits until it serves. */
export const spawnHost = async ({
  assembly,
  state,
  port = 0,
  speed = 1,
  seed,
}: HostArguments): Promise<HostProcess> => {
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'host-process.ts'),
      ...[assembly, state, String(port), String(speed)],
      ...(seed === undefined ? [] : [String(seed)]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const line = await firstLine(child);
  const facts = JSON.parse(line) as Pick<
    HostProcess,
    'url' | 'credentialsFile' | 'engine' | 'tables'
  >;
  const end = (signal: 'SIGKILL' | 'SIGTERM') => async () => {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await ended;
  };
  return { ...facts, kill: end('SIGKILL'), stop: end('SIGTERM') };
};

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`the host ended with ${code} before it served`)));
  });
