/** Runs one function's bundle inside a worker thread or a child process of the host. */
import { pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { ClockSetting } from './clock.ts';
import { patchDate } from './patch-date.ts';

export type WorkerSetup = {
  readonly file: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly memoryMb: number;
  readonly clock: ClockSetting;
};
export type ToWorker = {
  readonly requestId: string;
  readonly arn: string;
  readonly event: string;
  /** Real epoch milliseconds. */
  readonly deadline: number;
};
export type FromWorker =
  | { readonly log: string }
  | { readonly ready: true }
  | {
      readonly requestId: string;
      readonly payload: string;
      readonly failed: boolean;
      /** Heap of this environment. */
      readonly usedMb: number;
    };

type Handler = (event: unknown, context: unknown) => unknown;

const port = parentPort;
const setup: WorkerSetup = port ? workerData : JSON.parse(process.argv[2] ?? '{}');
const post = (message: FromWorker): void => {
  if (port) port.postMessage(message);
  else process.send?.(message);
};
const realNow = Date.now.bind(Date);
patchDate(setup.clock);

const capture = (text: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean => {
  post({ log: typeof text === 'string' ? text : Buffer.from(text).toString('utf8') });
  const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
  if (typeof callback === 'function') callback();
  return true;
};
process.stdout.write = capture;
process.stderr.write = capture;

const loading: Promise<Handler> = import(pathToFileURL(setup.file).href).then((module) => {
  const handler = module[setup.exportName] ?? module.default?.[setup.exportName];
  if (typeof handler !== 'function')
    throw Object.assign(new Error(`${setup.exportName} is not exported by ${setup.file}`), {
      name: 'Runtime.HandlerNotFound',
    });
  return handler;
});
loading.then(
  () => post({ ready: true }),
  () => post({ ready: true }),
);

const run = async ({ requestId, arn, event, deadline }: ToWorker): Promise<void> => {
  const context = {
    functionName: setup.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: String(setup.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - realNow()),
  };
  try {
    const handler = await loading;
    const result = await handler(JSON.parse(event), context);
    post({ requestId, payload: JSON.stringify(result) ?? 'null', failed: false, usedMb: usedMb() });
  } catch (error) {
    post({ requestId, payload: JSON.stringify(describe(error)), failed: true, usedMb: usedMb() });
  }
};

const usedMb = (): number => Math.ceil(getHeapStatistics().used_heap_size / 1_048_576);

function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  const known = error instanceof Error ? error : new Error(String(error));
  return {
    errorType: known.name,
    errorMessage: known.message,
    trace: (known.stack ?? '').split('\n'),
  };
}

if (port) port.on('message', run);
else {
  process.on('message', run);
  process.on('disconnect', () => process.exit(0));
}
