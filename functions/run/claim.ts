import type { ClaimedAttempt, StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { endAttempt, failAttempt } from '../../shared/domain/run/end-attempt.ts';
import { marginSeconds } from '../../shared/domain/run/machine-of.ts';
import { type Code, loadCode } from '../admission/load-code.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { pause } from '../stores/retry.ts';
import { type PrepareDeps, prepareAttempt } from './prepare-attempt.ts';
import { type RunLog, runLog } from './run-log.ts';
import { writeEnd } from './write-end.ts';

export type ClaimDeps = PrepareDeps & { readonly logs: LogStore; readonly clock: Clock };

type Input = StageInput<'run-claim'>;
type Output = StageOutput<'run-claim'>;

const notMine = { proceed: false } as const;
const tries = 5;
const actor = 'system:run';

/**
 * Takes a submitted attempt for the execution that bears `token`. Whoever comes second ends quietly; the same execution,
 * asking again, goes on with the same request. An attempt that cannot run (terminated meanwhile, its definition gone, a
 * parameter without a value) ends here.
 */
export const claim = (deps: ClaimDeps) => {
  const codeOf = loadCode(deps.catalog, { clock: deps.clock, freshSeconds: 2 });
  const prepare = prepareAttempt(deps);

  return async (input: Input): Promise<Output> => {
    // One instant for all rounds: the same lines at the same time are the same chunk of the log.
    const began = deps.clock();
    for (let round = 1; round <= tries; round += 1) {
      const instance = await deps.instances.find(input.instanceId);
      if (!instance || instance.attempt !== input.attempt) return notMine;

      const again = instance.status === 'RUNNING' && instance.token === input.token;
      if (!again && instance.status !== 'SUBMITTED') return notMine;

      const log = runLog(() => began);
      const { code } = await codeOf(instance, again ? instance.codeVersion : undefined);
      const result = await (again ? takeAgain : take)(deps, {
        instance,
        input,
        code,
        log,
        prepare,
      });
      if (result !== 'stale') return result;
      await pause(round);
    }
    throw new Fault('StoreConflict', 'attempt not claimed: the instance kept moving', {
      instanceId: input.instanceId,
    });
  };
};

type Claiming = {
  readonly instance: Instance;
  readonly input: Input;
  readonly code: Code | undefined;
  readonly log: RunLog;
  readonly prepare: ReturnType<typeof prepareAttempt>;
};

const take = async (deps: ClaimDeps, claiming: Claiming): Promise<Output | 'stale'> => {
  const { instance, input, code, log, prepare } = claiming;
  const at = deps.clock();
  if (instance.stopping) return end(deps, claiming, { how: 'lost', error: 'stopped' });
  if (!code)
    return fail(deps, claiming, 'definition-missing', 'definition not found: the task is gone');

  log.add('INFO', 'claim', `attempt ${instance.attempt} runs version ${code.version}`);
  const prepared = await prepare(instance, code, log);
  if (!prepared.ok) return fail(deps, claiming, 'failed', prepared.error);

  const moved = moveInstance(instance, {
    move: 'claim',
    at,
    actor,
    set: {
      token: input.token,
      codeVersion: code.version,
      startedAt: at,
      deadlineAt: plusSeconds(at, instance.timeoutSeconds + marginSeconds),
    },
  });
  if (!moved.ok) throw new Fault('RecordInvalid', moved.error.message, { instanceId: instance.id });
  const written = await deps.instances.commit(moved.value);
  return written === 'committed' ? proceed(claiming, prepared.value) : 'stale';
};

/** The answer of the first time was lost: nothing is written again. */
const takeAgain = async (deps: ClaimDeps, claiming: Claiming): Promise<Output | 'stale'> => {
  const { instance, code, log, prepare } = claiming;
  const prepared = code && (await prepare(instance, code, log));
  if (prepared?.ok) return proceed(claiming, prepared.value);
  const error = prepared ? prepared.error : 'definition not found: the task is gone';
  return fail(deps, claiming, prepared ? 'failed' : 'definition-missing', error);
};

const proceed = (
  { instance, input, log }: Claiming,
  { request, secrets }: { request: ClaimedAttempt['request']; secrets: readonly string[] },
): ClaimedAttempt => ({
  proceed: true,
  contract: 1,
  instanceId: instance.id,
  attempt: instance.attempt,
  token: input.token,
  kind: request.kind,
  timeoutSeconds: instance.timeoutSeconds,
  runId: instance.runId,
  request,
  logContext: { lines: [...log.lines], secrets: [...secrets] },
});

const fail = async (
  deps: ClaimDeps,
  { instance, log }: Claiming,
  outcome: 'failed' | 'definition-missing',
  error: string,
): Promise<Output | 'stale'> => {
  log.add('ERROR', 'resolve', error);
  const ended = failAttempt(instance, { outcome, error }, { at: deps.clock(), actor });
  return (await writeEnd(deps, instance, ended, { log })) ? notMine : 'stale';
};

const end = async (
  deps: ClaimDeps,
  { instance, log }: Claiming,
  ending: Parameters<typeof endAttempt>[1],
): Promise<Output | 'stale'> => {
  const ended = endAttempt(instance, ending, { at: deps.clock(), actor });
  return (await writeEnd(deps, instance, ended, { log })) ? notMine : 'stale';
};
