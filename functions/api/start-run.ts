import { createHash, randomUUID } from 'node:crypto';
import { runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import { testScopePrefix } from '../../shared/domain/run/test-scope.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import type { WorkflowPlace } from './change-record.ts';
import { noTask } from './find-task.ts';
import { noProject } from './read-instances.ts';
import { noWorkflow } from './read-workflows.ts';
import { writeAudit } from './write-audit.ts';

export type Start = {
  readonly env: Env;
  readonly bizDate?: BizDate | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly tasks?: readonly string[] | undefined;
  readonly comment?: string | undefined;
  /** Every instance succeeds without code. */
  readonly dryRun?: boolean | undefined;
  /** The run that this one repeats. */
  readonly retryOf?: string | undefined;
  /** A test run: marked in its id, and it alerts nobody. */
  readonly test?: boolean | undefined;
  /** How the operation log has it. Default: a start of the workflow. */
  readonly noted?: { readonly action: string; readonly object: string } | undefined;
};

/**
 * Writes down that a run is wanted; generation makes it. The id of the run follows from who asked under which key, so
 * the same key names the same run, for ever. Refused while the workflow is not online (W13).
 */
export const startRun = async (
  { catalog, instances, ...stores }: ApiStores,
  context: ApiContext,
  place: WorkflowPlace,
  { env, bizDate, parameters, tasks, comment, dryRun, retryOf, test, noted }: Start,
  key: string | undefined,
): Promise<Result<{ readonly run: string }, RefusalOf<'startWorkflow'>>> => {
  const [project, record] = await Promise.all([
    catalog.findProject(place.project),
    catalog.findWorkflow(place.project, place.workflow),
  ]);
  if (!project) return noProject(place.project);
  if (!record || record.deletedAt) return noWorkflow(place);
  const pin = record.pins[env];
  if (!pin || pin.version === 0)
    return err({
      code: 'not-online',
      detail: `${place.workflow} is not online in ${env}; put a published version online first`,
    });

  const ref = { ...place, content: pin.content };
  for (const task of tasks ?? [])
    if (!(await catalog.taskOf(ref, task))) return noTask({ ...place, task });

  const now = stores.clock();
  const date = bizDate ?? plusDays(localDateAt(now, project.zone), -1);
  const asked = hashOf(`${context.caller.user}\n${key ?? randomUUID()}`);
  const scope = test ? `${testScopePrefix}${asked}` : asked;
  const run = runIdOf({ env, ...place, family: 'manual', scope, bizDate: date, cycle: 1 });
  await instances.createRequest({
    id: run,
    kind: 'start',
    status: 'REQUESTED',
    ...{ env, ...place, scope, runId: run },
    bizDate: date,
    parameters: { ...parameters },
    ...(tasks ? { tasks: [...tasks] } : {}),
    ...(dryRun ? { dryRun } : {}),
    ...(retryOf ? { retryOf } : {}),
    actor: context.caller.user,
    at: now,
  });
  await writeAudit(stores, context, {
    action: noted?.action ?? 'start',
    object: noted?.object ?? `workflow:${place.project}/${place.workflow}`,
    project: place.project,
    env,
    bizDate: date,
    comment,
    after: { run, parameters, tasks, dryRun, retryOf },
  });
  return ok({ run });
};

/** Twelve hexadecimal digits: what stands in an id for a key of any length. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12);
