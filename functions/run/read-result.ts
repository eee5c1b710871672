import * as z from 'zod';
import {
  type CaughtError,
  type StageInput,
  TaskResult,
  type Usage,
} from '../../shared/contracts/stages.ts';
import { classifyError, firstLine } from '../../shared/domain/run/classify-error.ts';
import type { Ending } from '../../shared/domain/run/decide-end.ts';
import { pickOutputs } from '../../shared/domain/run/pick-outputs.ts';
import type { Clock } from '../edge/system-clock.ts';
import { readLambdaTail } from '../engines/lambda-report.ts';
import { type RunLog, runLog } from './run-log.ts';

/** What an execution has to say about its attempt. */
export type Report = {
  readonly ending: Ending;
  readonly outputs: Readonly<Record<string, string>>;
  readonly lines: RunLog['lines'];
  readonly usage: Usage;
  readonly wrote?: TaskResult['wrote'];
};

/** What the SDK's `lambda:invoke` answers. The payload is JSON text, or JSON where the integration has parsed it. */
const Invoked = z.object({
  FunctionError: z.string().nullish(),
  LogResult: z.string().nullish(),
  Payload: z.unknown(),
});

/**
 * Reads what the task state left behind: a caught error, the answer of our own task Lambda, or that of a user's. What
 * cannot be read is a failure of the attempt: its end must be written in any case.
 */
export const readResult = (
  { request, result, error }: StageInput<'run-finish'>,
  clock: Clock,
): Report => {
  if (error) return caught(error, clock);

  if (request.kind === 'lambda') {
    const answer = Invoked.safeParse(result);
    return answer.success
      ? invoked(answer.data, request.outputs, clock)
      : unreadable(answer.error, clock);
  }
  const answer = TaskResult.safeParse(result);
  if (!answer.success) return unreadable(answer.error, clock);
  const { outputs, lines, usage, wrote } = answer.data;
  return { ending: endingOf(answer.data), outputs, lines, usage, ...(wrote ? { wrote } : {}) };
};

const caught = (error: CaughtError, clock: Clock): Report => {
  const log = runLog(clock);
  log.add('ERROR', 'invoke', error.Cause ? `${error.Error}: ${error.Cause}` : error.Error);
  return { ending: classifyError(error), outputs: {}, lines: log.lines, usage: {} };
};

const unreadable = (error: z.ZodError, clock: Clock): Report =>
  caught({ Error: 'ResultInvalid', Cause: z.prettifyError(error) }, clock);

const endingOf = ({ ok, error = 'failed', timedOut }: TaskResult): Ending => {
  if (ok) return { how: 'succeeded' };
  return { how: timedOut ? 'timed-out' : 'failed', error };
};

const invoked = (
  { FunctionError, LogResult, Payload }: z.infer<typeof Invoked>,
  names: readonly string[],
  clock: Clock,
): Report => {
  const log = runLog(clock);
  const tail = readLambdaTail(LogResult ?? '');
  if (tail.text) log.add('INFO', 'invoke', tail.text);

  if (FunctionError) {
    const Cause = typeof Payload === 'string' ? Payload : JSON.stringify(Payload);
    log.add('ERROR', 'invoke', `${FunctionError}: ${Cause}`);
    const ending = classifyError({ Error: FunctionError, Cause });
    return { ending, outputs: {}, lines: log.lines, usage: tail.usage };
  }
  const { outputs, missing } = pickOutputs(names, parsed(Payload));
  if (missing.length > 0)
    log.add(
      'WARN',
      'read',
      firstLine(`the answer has no value for the outputs ${missing.join(', ')}`),
    );
  return { ending: { how: 'succeeded' }, outputs, lines: log.lines, usage: tail.usage };
};

const parsed = (payload: unknown): unknown => {
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
};
