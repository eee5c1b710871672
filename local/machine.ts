import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { HostClock } from './clock.ts';
import type { Lambdas } from './lambdas.ts';
import { type Duty, prepareDefinition, waitMs } from './prepare-definition.ts';

type Json = Parameters<StateMachine['run']>[0];

export type RunResult =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error: string;
      readonly cause: string;
    };

export type Machine = {
  run(
    input: string,
    execution: { readonly name: string; readonly arn: string },
  ): { readonly ended: Promise<RunResult>; abort(): void };
};

/** A task's own time-out shrinks with the clock, but a local call needs its real time. */
const shortestTimeoutMs = 1000;

/** One state machine of the template on the interpreter, with the host's Lambdas and clock. */
export const machine = (
  name: string,
  source: unknown,
  lambdas: Lambdas,
  clock: HostClock,
): Machine => {
  const { definition, duties } = prepareDefinition(name, source, clock.setting.speed);
  // The validator behind this option costs 300 ms; the template's tests run it instead.
  const interpreter = new StateMachine(definition as unknown as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });

  return {
    run(input, { name: executionName, arn }) {
      const gone = new AbortController();
      const handlers = Object.fromEntries(
        [...duties].map(([state, duty]) => [
          state,
          (stateInput: Json) => perform(duty, stateInput, lambdas, clock, gone.signal),
        ]),
      );
      const { result, abort } = interpreter.run(JSON.parse(input) as Json, {
        overrides: { taskResourceLocalHandlers: handlers },
        context: { Execution: { Name: executionName, Id: arn } },
      });
      return {
        ended: result.then(succeeded, failed).finally(() => gone.abort()),
        abort: () => {
          abort();
          gone.abort();
        },
      };
    },
  };
};

async function perform(
  duty: Duty,
  stateInput: Json,
  lambdas: Lambdas,
  clock: HostClock,
  gone: AbortSignal,
): Promise<Json> {
  if (duty.kind === 'wait') {
    await pause(clock.realDelay(waitMs(duty.until, stateInput, clock.now())), gone);
    return stateInput;
  }
  const { input, limitMs } =
    duty.seconds !== undefined
      ? { input: stateInput, limitMs: duty.seconds * 1000 }
      : ownTimeout(stateInput, clock);
  const work =
    duty.kind === 'lambda' ? callLambda(duty.functionArn, input, lambdas) : invoke(input, lambdas);
  const ended = new AbortController();
  const late = pause(limitMs, AbortSignal.any([ended.signal, gone])).then(() => {
    if (!ended.signal.aborted && !gone.aborted) throw named('States.Timeout', '');
    return null;
  });
  work.catch(() => {}); // It may fail after its time-out, when nobody waits any more.
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort();
  }
}

function ownTimeout(stateInput: Json, clock: HostClock): { input: Json; limitMs: number } {
  const { input, timeoutSeconds } = stateInput as { input: Json; timeoutSeconds: number };
  return { input, limitMs: Math.max(shortestTimeoutMs, clock.realDelay(timeoutSeconds * 1000)) };
}

/** A Lambda as the resource of a Task: its result is the state's result, its error name the error. */
async function callLambda(functionArn: string, input: Json, lambdas: Lambdas): Promise<Json> {
  const { payload, failed } = await lambdas.invoke(functionArn, JSON.stringify(input));
  const result = JSON.parse(payload);
  if (failed) throw named(result.errorType, payload);
  return result;
}

/** `aws-sdk:lambda:invoke`: an error of the function is part of the answer. */
async function invoke(input: Json, lambdas: Lambdas): Promise<Json> {
  const { FunctionName, Payload, LogType } = input as {
    FunctionName: string;
    Payload?: Json;
    LogType?: string;
  };
  if (!lambdas.has(FunctionName))
    throw named('Lambda.ResourceNotFoundException', `Function not found: ${FunctionName}`);
  const answer = await lambdas.invoke(FunctionName, JSON.stringify(Payload ?? null));
  return {
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: answer.payload,
    ...(answer.failed && { FunctionError: 'Unhandled' }),
    ...(LogType === 'Tail' && { LogResult: Buffer.from(answer.logTail).toString('base64') }),
  };
}

const succeeded = (output: unknown): RunResult => ({
  status: 'SUCCEEDED',
  output: JSON.stringify(output ?? null),
});

const failed = (error: Error): RunResult => {
  if (error.name === 'ExecutionAbortedError') return { status: 'ABORTED', error: '', cause: '' };
  if (error.name === 'ExecutionTimeoutError')
    return { status: 'TIMED_OUT', error: 'States.Timeout', cause: '' };
  const cause = error.cause instanceof Error ? error.cause : error;
  return { status: 'FAILED', error: cause.name, cause: cause.message };
};

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Waits, at most as long as a timer can (24 days); ends early, without error, when aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, Math.min(ms, 2 ** 31 - 1));
    signal.addEventListener('abort', end);
  });
}
