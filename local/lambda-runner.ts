import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerSetup } from './lambda-worker.ts';

/** A function as the host runs it, whether from the template or from the command line. */
export type LambdaSpec = {
  readonly name: string;
  readonly file: string;
  readonly exportName: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly maxConcurrency: number | undefined;
  /**
   * Calls that one environment serves at once. Lambda gives each its own; our functions keep no state between calls and
   * mostly wait for the store, so on a laptop they share, which saves the memory and the start of a dozen threads.
   */
  readonly callsAtOnce: number;
  readonly environment: Readonly<Record<string, string>>;
};

/** What all environments of a host start from. */
export type WorkerBase = Pick<WorkerSetup, 'clock'> & {
  /** JavaScript of `lambda-worker.ts`. */
  readonly entry: string;
};

type Listener = {
  readonly onMessage: (message: FromWorker) => void;
  readonly onExit: (reason: string) => void;
};

/** Of the heap's young part: the default grows to three times that, for no gain here. */
const youngMb = 16;

/** One execution environment: serves its calls and stays warm. */
export type Runner = {
  send(message: ToWorker): void;
  /** Share of the time since the last question that it computed rather than waited, 0 to 1. */
  load(): number;
  terminate(): void;
};

/**
 * A worker thread; a child process for bundles with native modules, because ending a thread inside
 * native code ends the whole process.
 */
export const startRunner = (spec: LambdaSpec, base: WorkerBase, listener: Listener): Runner => {
  const setup: WorkerSetup = {
    file: spec.file,
    exportName: spec.exportName,
    functionName: spec.name,
    memoryMb: spec.memoryMb,
    clock: base.clock,
  };
  return hasNativeModules(spec.file)
    ? startProcess(spec, base.entry, setup, listener)
    : startThread(spec, base.entry, setup, listener);
};

/** Bundles with native modules bring them in a folder of their own. */
export const hasNativeModules = (file: string): boolean =>
  existsSync(join(dirname(file), 'node_modules'));

function startThread(
  spec: LambdaSpec,
  entry: string,
  setup: WorkerSetup,
  { onMessage, onExit }: Listener,
): Runner {
  let reason = 'ended';
  const worker = new Worker(entry, {
    name: spec.name,
    workerData: setup,
    env: { ...spec.environment },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb, maxYoungGenerationSizeMb: youngMb },
  });
  worker.on('message', onMessage);
  worker.on('error', (error) => {
    reason = String(error);
  });
  worker.on('exit', () => onExit(reason));
  let before = worker.performance.eventLoopUtilization();
  return {
    send: (message) => worker.postMessage(message),
    load: () => {
      const now = worker.performance.eventLoopUtilization();
      const { utilization } = worker.performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
    terminate: () => void worker.terminate(),
  };
}

function startProcess(
  spec: LambdaSpec,
  entry: string,
  setup: WorkerSetup,
  { onMessage, onExit }: Listener,
): Runner {
  const child = fork(entry, [JSON.stringify(setup)], {
    env: { ...spec.environment },
    execArgv: [`--max-old-space-size=${spec.memoryMb}`],
    // Its own process group: Ctrl-C in the terminal must reach the host only.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('message', (message) => onMessage(message as FromWorker));
  child.on('error', (error) => onExit(String(error)));
  child.on('exit', (code, signal) => onExit(`exit ${signal ?? code}`));
  return {
    send: (message) => void child.send(message),
    load: () => 1,
    terminate: () => void child.kill('SIGKILL'),
  };
}
