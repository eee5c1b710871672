import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Typed } from './app-model.ts';
import { HostError } from './host-error.ts';
import { type LambdaAnswer, type LambdaPool, lambdaPool } from './lambda-pool.ts';
import { hasNativeModules, type LambdaSpec, type WorkerBase } from './lambda-runner.ts';
import { functionNameOf } from './local-names.ts';

export type Lambdas = {
  has(reference: string): boolean;
  /** Invokes by name or ARN, with and without alias. */
  invoke(reference: string, event: string): Promise<LambdaAnswer>;
  busy(): boolean;
  stop(): void;
};

export type LambdasOptions = {
  readonly specs: readonly LambdaSpec[];
  readonly base: WorkerBase;
  readonly logFolder: string;
};

/** Beyond this many, a thread's calls would wait for each other. */
const sharedCalls = 24;

export const lambdas = ({ specs, base, logFolder }: LambdasOptions): Lambdas => {
  const pools = new Map<string, LambdaPool>(
    specs.map((spec) => {
      const file = join(logFolder, `${spec.name}.log`);
      return [spec.name, lambdaPool(spec, base, appender(file))];
    }),
  );
  return {
    has: (reference) => pools.has(functionNameOf(reference)),
    invoke: (reference, event) => {
      const pool = pools.get(functionNameOf(reference));
      if (!pool) throw new HostError(`there is no function ${reference}`);
      return pool.invoke(event);
    },
    busy: () => [...pools.values()].some((pool) => pool.busy()),
    stop: () => {
      for (const pool of pools.values()) pool.stop();
    },
  };
};

/**
 * A function of the template; `shared` holds the endpoints and credentials that AWS would give, `consoleUrl` is where the
 * console is on this host.
 */
export const templateSpec = (
  lambda: Typed<'AWS::Lambda::Function'>,
  assetFolder: (objectKey: string) => string,
  shared: Readonly<Record<string, string>>,
  consoleUrl: string,
): LambdaSpec | undefined => {
  if (!lambda.Runtime.startsWith('nodejs') || lambda.Code.S3Key === undefined) return undefined;
  const [module = 'index', exportName = 'handler'] = lambda.Handler.split('.');
  const folder = assetFolder(lambda.Code.S3Key);
  const file = [`${module}.mjs`, `${module}.js`, `${module}.cjs`]
    .map((name) => join(folder, name))
    .find(existsSync);
  if (!file) throw new HostError(`${lambda.logicalId}: no ${module}.mjs in ${folder}`);
  return {
    name: lambda.name,
    file,
    exportName,
    timeoutSeconds: lambda.Timeout,
    memoryMb: lambda.MemorySize,
    maxConcurrency: lambda.ReservedConcurrentExecutions,
    callsAtOnce: hasNativeModules(file) ? 1 : sharedCalls,
    environment: environmentOf(lambda.name, lambda.MemorySize, {
      ...shared,
      ...lambda.Environment?.Variables,
      ...(lambda.Environment?.Variables.CONSOLE_URL !== undefined && { CONSOLE_URL: consoleUrl }),
    }),
  };
};

/** A function of the user, for tasks of kind `lambda`. */
export const userSpec = (
  name: string,
  module: string,
  shared: Readonly<Record<string, string>>,
): LambdaSpec => {
  const file = resolve(module);
  if (!existsSync(file)) throw new HostError(`--function ${name}=${module}: there is no such file`);
  const memoryMb = 512;
  return {
    name,
    file,
    exportName: 'handler',
    timeoutSeconds: 900,
    memoryMb,
    maxConcurrency: undefined,
    callsAtOnce: 1,
    environment: environmentOf(name, memoryMb, shared),
  };
};

function environmentOf(name: string, memoryMb: number, own: Readonly<Record<string, string>>) {
  return {
    PATH: process.env.PATH ?? '',
    TMPDIR: process.env.TMPDIR ?? '/tmp',
    TZ: 'UTC',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    ...own,
  };
}

/** Appends in order and gathers what comes while the disk is busy. */
function appender(file: string): (text: string) => void {
  let waiting = '';
  let writing = false;
  const flush = async (): Promise<void> => {
    writing = true;
    while (waiting) {
      const text = waiting;
      waiting = '';
      await appendFile(file, text).catch(() =>
        console.error(`${basename(file)} cannot be written`),
      );
    }
    writing = false;
  };
  return (text) => {
    waiting += text;
    if (!writing) void flush();
  };
}
