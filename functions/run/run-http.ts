import type { ClaimedAttempt, TaskResult, WorkRequestOf } from '../../shared/contracts/stages.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { firstLine } from '../../shared/domain/run/classify-error.ts';
import { pickOutputs } from '../../shared/domain/run/pick-outputs.ts';
import type { Host } from '../edge/lambda.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { Resolve } from '../engines/egress-guard.ts';
import { fetchGuarded, type GuardedResponse } from '../engines/fetch-guarded.ts';
import { maskSecrets, secretsOf } from '../engines/mask-secrets.ts';
import { startMeter } from '../engines/meter.ts';
import { type RunLog, runLog } from './run-log.ts';
import { timeBudgetMs } from './time-budget.ts';

export type RunHttpDeps = {
  readonly clock: Clock;
  readonly resolve: Resolve;
  /** Memory of the function in MB, when the host tells it. */
  readonly allocatedMb?: number | undefined;
};

type HttpRequest = WorkRequestOf<'http'>;
type Ended = Pick<TaskResult, 'ok' | 'error' | 'timedOut' | 'outputs'>;

const maxBytes = 1024 * 1024;
const bodyInLog = 4096;

/** Sends the request of an `http` task: 2xx succeeds, anything else fails with the beginning of the answer in the log. */
export const runHttp =
  ({ clock, resolve, allocatedMb }: RunHttpDeps) =>
  async ({ request, timeoutSeconds }: ClaimedAttempt, host: Host): Promise<TaskResult> => {
    if (request.kind !== 'http') throw new Fault('InputInvalid', `no http task: ${request.kind}`);
    const secrets = secretsOf(request);
    const log = maskedLog(clock, secrets);
    const stop = startMeter(allocatedMb);
    const signal = AbortSignal.timeout(timeBudgetMs(timeoutSeconds, host));

    log.add('INFO', 'invoke', `${request.method} ${request.url}`);
    const ended = await fetchGuarded(request, {
      allowHosts: request.allowHosts,
      resolve,
      signal,
      maxBytes,
    }).then(
      (response) => judge(request, response, log),
      (error: unknown) => failed(error, signal.aborted, log),
    );
    const error = ended.error && firstLine(maskSecrets(ended.error, secrets));
    return { ...ended, ...(error ? { error } : {}), lines: [...log.lines], usage: stop() };
  };

const judge = (request: HttpRequest, response: GuardedResponse, log: RunLog): Ended => {
  const { status, body } = response;
  const ok = status >= 200 && status < 300;
  log.add(ok ? 'INFO' : 'ERROR', 'invoke', `answered ${status}`, {
    status,
    bytes: Buffer.byteLength(body),
  });
  if (!ok) {
    if (body) log.add('ERROR', 'read', body.slice(0, bodyInLog));
    return { ok, error: `${request.method} answered ${status}`, outputs: {} };
  }

  const { outputs, missing } = pickOutputs(request.outputs, jsonOf(body));
  if (missing.length > 0)
    log.add('WARN', 'read', `the answer has no value for the outputs ${missing.join(', ')}`);
  return { ok, outputs };
};

const failed = (cause: unknown, timedOut: boolean, log: RunLog): Ended => {
  const error = timedOut ? 'the request ran out of time' : messageOf(cause);
  log.add('ERROR', 'invoke', error);
  return { ok: false, error, outputs: {}, ...(timedOut ? { timedOut } : {}) };
};

/** Node reports a refused connection to several addresses as one error without a message. */
const messageOf = (cause: unknown): string => {
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
};

const jsonOf = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const maskedLog = (clock: Clock, secrets: readonly string[]): RunLog => {
  const log = runLog(clock);
  return {
    lines: log.lines,
    add: (level, operation, text, fields) =>
      log.add(level, operation, maskSecrets(text, secrets), fields),
  };
};
