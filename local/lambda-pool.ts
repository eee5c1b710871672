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

type Environment = {
  readonly runner: Runner;
  readonly jobs: Map<string, Job>;
  ready: boolean;
  /** A call in it ran out of time: it gets no more, and ends with those that it has. */
  retired: boolean;
  idleSince: number;
};
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
  const most = Math.min(spec.maxConcurrency ?? mostEnvironments, mostEnvironments);
  let stopping = false;
  let load = 0;

  const report = (job: Job, usedMb: number): string => {
    const ms = performance.now() - job.startedAt;
    return `REPORT RequestId: ${job.requestId}\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: ${spec.memoryMb} MB\tMax Memory Used: ${usedMb} MB\n`;
  };

  const settle = (
    environment: Environment,
    job: Job | undefined,
    payload: string,
    failed: boolean,
    usedMb = spec.memoryMb,
  ): void => {
    if (!job || !environment.jobs.delete(job.requestId)) return;
    clearTimeout(job.timer);
    environment.idleSince = performance.now();
    if (failed) log(`${payload}\n`);
    job.done({ payload, failed, logTail: (job.log + report(job, usedMb)).slice(-tailBytes) });
    if (environment.retired && environment.jobs.size === 0) environment.runner.terminate();
    next();
  };

  const onMessage = (environment: Environment, message: FromWorker): void => {
    if ('ready' in message) {
      environment.ready = true;
      next();
    } else if ('log' in message) {
      log(message.log);
      for (const job of environment.jobs.values())
        job.log = (job.log + message.log).slice(-tailBytes);
    } else {
      const job = environment.jobs.get(message.requestId);
      settle(environment, job, message.payload, message.failed, message.usedMb);
    }
  };

  const start = (): Environment => {
    const environment: Environment = {
      runner: startRunner(spec, base, {
        onMessage: (message) => onMessage(environment, message),
        onExit: (reason) => {
          environments.delete(environment);
          const answer = failure('Runtime.ExitError', `${spec.name}: ${reason}`);
          for (const job of [...environment.jobs.values()]) settle(environment, job, answer, true);
          next();
        },
      }),
      jobs: new Map(),
      ready: false,
      retired: false,
      idleSince: performance.now(),
    };
    environments.add(environment);
    return environment;
  };

  const assign = (environment: Environment, job: Job): void => {
    environment.jobs.set(job.requestId, job);
    job.startedAt = performance.now();
    const limitMs = spec.timeoutSeconds * 1000;
    job.timer = setTimeout(() => {
      environments.delete(environment);
      environment.retired = true;
      const message = `${job.requestId} Task timed out after ${spec.timeoutSeconds.toFixed(2)} seconds`;
      settle(environment, job, failure('Sandbox.Timedout', message), true);
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

  /** One that computes nothing first; threads of our own wait for the network most of their time and share. */
  const leastBusy = (): Environment | undefined =>
    [...environments]
      .filter(({ jobs }) => jobs.size < spec.callsAtOnce)
      .toSorted((a, b) => a.jobs.size - b.jobs.size)[0];

  const next = (): void => {
    while (queue.length > 0) {
      let free = leastBusy();
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
      if (environment.jobs.size > 0 || now - environment.idleSince < idleMs) continue;
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
    busy: () => queue.length > 0 || [...environments].some(({ jobs }) => jobs.size > 0),
    stop: () => {
      stopping = true;
      clearInterval(tick);
      for (const { runner, jobs } of environments) {
        for (const { timer } of jobs.values()) clearTimeout(timer);
        runner.terminate();
      }
      environments.clear();
    },
  };
};

function failure(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage, trace: [] });
}
