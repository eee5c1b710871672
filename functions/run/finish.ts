import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { mergeResult } from '../../shared/domain/report/merge-result.ts';
import type { ReportedResult } from '../../shared/domain/report/report.schema.ts';
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
    const said = readResult(input, deps.clock);
    const reported = reports(input)
      ? await deps.instances.findResult(instanceId, attempt)
      : undefined;
    const report = withoutSecrets(merged(said, reported, deps.clock), logContext.secrets);

    for (let round = 1; round <= tries; round += 1) {
      const instance = await deps.instances.find(instanceId);
      const isMine = instance?.attempt === attempt && instance.token === token;
      if (!isMine || instance.status !== 'RUNNING') return quietly;

      const by = {
        at: deps.clock(),
        actor: 'system:run',
        usage: report.usage,
        wrote: report.wrote,
      };
      const ended = endAttempt(instance, report.ending, by);
      const log = runLog(deps.clock, [...logContext.lines, ...report.lines]);
      if (
        await writeEnd(deps, instance, ended, {
          log,
          outputs: report.outputs,
          secrets: logContext.secrets,
        })
      )
        return ended.ok ? { status: statusOf(ended.value.moved.instance.status) } : quietly;
      await pause(round);
    }
    throw new Fault('StoreConflict', 'attempt not finished: the instance kept moving', {
      instanceId,
    });
  };

/** Our own task Lambdas report by their answer; others may have told more by an event or a call. */
const reports = ({ request }: StageInput<'run-finish'>): boolean =>
  request.kind === 'lambda' || request.kind === 'http';

const merged = (said: Report, reported: ReportedResult | undefined, clock: Clock): Report => {
  if (!reported) return said;
  const log = runLog(clock, said.lines);
  const { rows, error } = reported;
  if (error !== undefined) log.add('ERROR', 'finish', `reported: ${error}`);
  if (rows !== undefined) log.add('INFO', 'finish', `reported: ${rows} row(s)`, { rows });
  return { ...said, ...mergeResult(said, reported), lines: log.lines };
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
