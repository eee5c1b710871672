import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import type { Ending } from '../../shared/domain/run/decide-end.ts';
import { endAttempt } from '../../shared/domain/run/end-attempt.ts';
import type { Clock } from '../edge/system-clock.ts';
import { maskSecrets } from '../engines/mask-secrets.ts';
import { pause } from '../stores/retry.ts';
import { type Report, readResult } from './read-result.ts';
import { runLog } from './run-log.ts';
import { type WriteEndDeps, writeEnd } from './write-end.ts';

export type FinishDeps = WriteEndDeps & { readonly clock: Clock };

const tries = 5;
const quietly = {};

/**
 * Ends the attempt of this execution: succeed, retry later, fail, or stopped, with its log, its record and its outputs,
 * giving back its slots. An execution whose attempt is over, or belongs to another token, ends quietly.
 */
export const finish =
  (deps: FinishDeps) =>
  async (input: StageInput<'run-finish'>): Promise<StageOutput<'run-finish'>> => {
    const { instanceId, attempt, token, logContext } = input;
    const report = withoutSecrets(readResult(input, deps.clock), logContext.secrets);

    for (let round = 1; round <= tries; round += 1) {
      const instance = await deps.instances.find(instanceId);
      const isMine = instance?.attempt === attempt && instance.token === token;
      if (!isMine || instance.status !== 'RUNNING') return quietly;

      const by = { at: deps.clock(), actor: 'system:run', usage: report.usage };
      const ended = endAttempt(instance, report.ending, by);
      const log = runLog(deps.clock, [...logContext.lines, ...report.lines]);
      if (await writeEnd(deps, instance, ended, { log, outputs: report.outputs }))
        return ended.ok ? { status: statusOf(ended.value.moved.instance.status) } : quietly;
      await pause(round);
    }
    throw new Fault('StoreConflict', 'attempt not finished: the instance kept moving', {
      instanceId,
    });
  };

const statusOf = (status: string): StageOutput<'run-finish'>['status'] =>
  status === 'SUCCESS' || status === 'FAILED' || status === 'WAIT_TIME' ? status : undefined;

const withoutSecrets = (report: Report, secrets: readonly string[]): Report => ({
  ...report,
  ending: maskEnding(report.ending, secrets),
  lines: report.lines.map((line): LogLine => ({ ...line, text: maskSecrets(line.text, secrets) })),
});

const maskEnding = (ending: Ending, secrets: readonly string[]): Ending =>
  ending.how === 'succeeded' ? ending : { ...ending, error: maskSecrets(ending.error, secrets) };
