import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { type LambdaSpec, type Runner, startRunner, type WorkerBase } from './lambda-runner.ts';
import type { FromWorker } from './lambda-worker.ts';
import { functionArn } from './local-names.ts';

export type LambdaAnswer = {
  /** JSON text: the result, or `{ errorType, errorMessage, trace }` when failed. */
  readonly payload: string;
  readonly failed: boolean;
  /** Last 4 KB of what the invocation printed, with Lambda's REPORT line. */
  readonly logTail: string;
};

export type LambdaPool = {
  invoke(event: string): Promise<LambdaAnswer>;
  busy(): boolean;
  stop(): void;
};

type Environment = { runner: Runner; job: Job | undefined; ready: boolean; idleSince: number };
type Job = {
  readonly requestId: string;
  readonly event: string;
  readonly queuedAt: number;
  readonly done: (answer: LambdaAnswer) => void;
  startedAt: number;
  log: string;
  timer: NodeJS.Timeout | undefined;
};

/** Environments per function: enough that slow tasks do not queue behind each other. */
const mostEnvironments = 12;
/** Started without asking, since the machine can compute so many at once. */
const atOnce = Math.max(2, Math.ceil(availableParallelism() / 2));
/** Beyond those, a queue must have stood this long before it is worth another start … */
const patienceMs = 60;
/** … and those that are there must mostly wait: where they compute, another one only takes turns with them. */
const waitingLoad = 0.5;
/** An environment more than one is soon let go, the last one when it seems forgotten. */
const spareIdleMs = 30_000;
const lastIdleMs = 300_000;
const tailBytes = 4096;

export const lambdaPool = (
  spec: LambdaSpec,
  base: WorkerBase,
  log: (text: string) => void,
): LambdaPool => {
  const environments = new Set<Environment>();
  const queue: Job[] = [];
  const most = spec.maxConcurrency ?? mostEnvironments;
  let stopping = false;
  let load = 0;

  const report = (job: Job, usedMb: number): string => {
    const ms = performance.now() - job.startedAt;
    return `REPORT RequestId: ${job.requestId}\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: ${spec.memoryMb} MB\tMax Memory Used: ${usedMb} MB\n`;
  };

  const settle = (
    environment: Environment,
    payload: string,
    failed: boolean,
    usedMb = spec.memoryMb,
  ): void => {
    const { job } = environment;
    if (!job) return;
    clearTimeout(job.timer);
    environment.job = undefined;
    environment.idleSince = performance.now();
    if (failed) log(`${payload}\n`);
    job.done({ payload, failed, logTail: (job.log + report(job, usedMb)).slice(-tailBytes) });
    next();
  };

  const onMessage = (environment: Environment, message: FromWorker): void => {
    if ('ready' in message) {
      environment.ready = true;
      next();
    } else if ('log' in message) {
      log(message.log);
      if (environment.job)
        environment.job.log = (environment.job.log + message.log).slice(-tailBytes);
    } else if (message.requestId === environment.job?.requestId) {
      settle(environment, message.payload, message.failed, message.usedMb);
    }
  };

  const start = (): Environment => {
    const environment: Environment = {
      runner: startRunner(spec, base, {
        onMessage: (message) => onMessage(environment, message),
        onExit: (reason) => {
          environments.delete(environment);
          settle(environment, failure('Runtime.ExitError', `${spec.name}: ${reason}`), true);
          next();
        },
      }),
      job: undefined,
      ready: false,
      idleSince: performance.now(),
    };
    environments.add(environment);
    return environment;
  };

  const assign = (environment: Environment, job: Job): void => {
    environment.job = job;
    job.startedAt = performance.now();
    const limitMs = spec.timeoutSeconds * 1000;
    job.timer = setTimeout(() => {
      environments.delete(environment);
      environment.runner.terminate();
      const message = `${job.requestId} Task timed out after ${spec.timeoutSeconds.toFixed(2)} seconds`;
      settle(environment, failure('Sandbox.Timedout', message), true);
    }, limitMs);
    environment.runner.send({
      requestId: job.requestId,
      arn: functionArn(spec.name),
      event: job.event,
      deadline: Date.now() + limitMs,
    });
  };

  const mayStart = (): boolean => {
    if (environments.size >= most) return false;
    if (environments.size < atOnce) return true;
    const [oldest] = queue;
    const starting = [...environments].some(({ ready }) => !ready);
    if (starting || !oldest || performance.now() - oldest.queuedAt < patienceMs) return false;
    return load < waitingLoad;
  };

  const next = (): void => {
    while (queue.length > 0) {
      let free = [...environments].find(({ job }) => !job);
      if (!free && mayStart()) free = start();
      const job = free && queue.shift();
      if (!free || !job) return;
      assign(free, job);
    }
  };

  const tick = setInterval(() => {
    const loads = [...environments].map(({ runner }) => runner.load());
    load = loads.reduce((sum, each) => sum + each, 0) / Math.max(1, loads.length);
    next();
    const now = performance.now();
    for (const environment of environments) {
      const idleMs = environments.size > 1 ? spareIdleMs : lastIdleMs;
      if (environment.job || now - environment.idleSince < idleMs) continue;
      environments.delete(environment);
      environment.runner.terminate();
    }
  }, patienceMs);
  tick.unref();

  return {
    invoke: (event) =>
      new Promise((done) => {
        if (stopping) {
          done({ payload: failure('Host.Stopping', 'the host stops'), failed: true, logTail: '' });
          return;
        }
        queue.push({
          requestId: randomUUID(),
          event,
          queuedAt: performance.now(),
          done,
          startedAt: 0,
          log: '',
          timer: undefined,
        });
        next();
      }),
    busy: () => queue.length > 0 || [...environments].some(({ job }) => job),
    stop: () => {
      stopping = true;
      clearInterval(tick);
      for (const { runner, job } of environments) {
        clearTimeout(job?.timer);
        runner.terminate();
      }
      environments.clear();
    },
  };
};

function failure(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage, trace: [] });
}
