import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { MoveRefused } from '../../shared/domain/instance/refusal-of.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Result } from '../../shared/domain/kernel/result.ts';
import type { AttemptEnd } from '../../shared/domain/run/end-attempt.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { LogStore } from '../stores/logs-store.ts';
import type { RunLog } from './run-log.ts';

export type WriteEndDeps = { readonly instances: InstanceStore; readonly logs: LogStore };

type Written = {
  readonly log: RunLog;
  readonly outputs?: Readonly<Record<string, string>> | undefined;
};

/**
 * Writes the end of an attempt: first its log, then, in one transaction, the move, the record of an attempt that
 * another follows, its outputs and the slots that it held. False when the instance has moved meanwhile; the log, which is the same each time,
 * does no harm then.
 */
export const writeEnd = async (
  { instances, logs }: WriteEndDeps,
  instance: Instance,
  ended: Result<AttemptEnd, MoveRefused>,
  { log, outputs = {} }: Written,
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
  await logs.append({
    instanceId: instance.id,
    attempt: instance.attempt,
    n: 0,
    lines: log.lines,
  });

  const written = await instances.commit(moved, {
    give: instance.slots,
    outputs: status === 'SUCCESS' && Object.keys(outputs).length > 0 ? outputs : undefined,
  });
  return written === 'committed';
};
