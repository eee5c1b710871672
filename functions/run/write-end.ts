import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { MoveRefused } from '../../shared/domain/instance/refusal-of.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Result } from '../../shared/domain/kernel/result.ts';
import type { AttemptEnd } from '../../shared/domain/run/end-attempt.ts';
import { type AppendDeps, appendLines } from '../logging/append-lines.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { LogStore } from '../stores/logs-store.ts';
import type { RunLog } from './run-log.ts';

export type WriteEndDeps = AppendDeps & {
  readonly instances: InstanceStore;
  readonly logs: LogStore;
};

type Written = {
  readonly log: RunLog;
  /** Values that its lines must not show. */
  readonly secrets?: readonly string[] | undefined;
  readonly outputs?: Readonly<Record<string, string>> | undefined;
};

/**
 * Writes the end of an attempt: first its log, then, in one transaction, the move, the record of an attempt that
 * another follows, its outputs and the slots that it held. False when the instance has moved meanwhile; the log, which is
 * the same each time, does no harm then. Until the commit is known, readers of the log ask the instance whether the
 * failures in it are shown (spec/README decision 21).
 */
export const writeEnd = async (
  { instances, logs, tellLines }: WriteEndDeps,
  instance: Instance,
  ended: Result<AttemptEnd, MoveRefused>,
  { log, secrets = [], outputs = {} }: Written,
): Promise<boolean> => {
  if (!ended.ok) throw new Fault('RecordInvalid', ended.error.message, { instanceId: instance.id });
  const { moved, attempt } = ended.value;
  const { status, retryAt, autoRetries } = moved.instance;

  if (status === 'WAIT_TIME')
    log.add(
      'WARN',
      'retry',
      `${attempt.error}; retry ${autoRetries} of ${instance.retries.count} at ${retryAt}`,
    );
  else
    log.add(
      status === 'SUCCESS' ? 'INFO' : 'ERROR',
      'finish',
      attempt.error ? `${attempt.outcome}: ${attempt.error}` : `${attempt.outcome}`,
    );
  const { settle } = await appendLines({ logs, tellLines })({
    instance,
    attempt: instance.attempt,
    batch: 'end',
    lines: log.lines,
    secrets,
    end: attempt.retried ? 'retried' : 'final',
  });

  const written = await instances.commit(moved, {
    give: instance.slots,
    outputs: status === 'SUCCESS' && Object.keys(outputs).length > 0 ? outputs : undefined,
  });
  if (written !== 'committed') return false;
  // The commit is the truth about the failures of this attempt. A header that never learns it makes readers ask.
  await settle(attempt.retried ? 'superseded' : 'shown').catch(() => {});
  return true;
};
