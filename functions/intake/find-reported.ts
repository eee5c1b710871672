import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { isRunning, mayReport } from '../../shared/domain/report/may-report.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

export type ReportDeps = { readonly instances: InstanceStore; readonly clock: Clock };

/** Why a report is not taken; the text names the field and what to do. */
export type ReportRefused = {
  readonly why: 'instance-not-found' | 'attempt-not-found' | 'not-running' | 'invalid-input';
  readonly text: string;
};

export type Reported = { readonly instance: Instance; readonly phase: 'running' | 'ended' };

/** The instance of a report, when something may be reported of that attempt now. One read while it runs, else three. */
export const findReported = async (
  { instances, clock }: ReportDeps,
  id: string,
  attempt: number,
  graceSeconds: number,
): Promise<Result<Reported, ReportRefused>> => {
  const instance = parseInstanceId(id) ? await instances.find(id) : undefined;
  if (!instance)
    return err({
      why: 'instance-not-found',
      text: `instance: there is no instance ${id}; send the id that the task was given`,
    });
  const attempts = isRunning(instance, attempt) ? [] : await instances.attempts(id);
  const may = mayReport({ instance, attempts }, attempt, clock(), graceSeconds);
  return may.ok
    ? ok({ instance, phase: may.value })
    : err({ why: 'attempt-not-found', text: may.error });
};
