import { createHash, randomUUID } from 'node:crypto';
import { runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { BizDate, Instant } from '../../shared/domain/kernel/time.schema.ts';
import { testScopePrefix } from '../../shared/domain/run/test-scope.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import { addAudit, type DoneBy } from './add-audit.ts';

export type RequestRunDeps = {
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
};

/** What is to be started, and how. */
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

/** Why nothing can be started. */
export type StartRefused =
  | { readonly why: 'no-project' | 'no-workflow' | 'not-online' }
  | { readonly why: 'no-task'; readonly task: string };

type Asked = {
  readonly by: DoneBy;
  readonly place: { readonly project: string; readonly workflow: string };
  readonly start: Start;
  readonly key: string | undefined;
  /** When it was asked for: the default date follows from it, so that asking again at another time names the same run. */
  readonly at: Instant;
};

/**
 * Writes down that a run is wanted; generation makes it. The id of the run follows from who asked under which key, so
 * the same key names the same run, for ever. Refused while the workflow is not online (W13).
 */
export const requestRun =
  ({ catalog, instances, ledger, clock }: RequestRunDeps) =>
  async ({
    by,
    place,
    start,
    key,
    at,
  }: Asked): Promise<Result<{ readonly run: string }, StartRefused>> => {
    const { env, bizDate, parameters, tasks, comment, dryRun, retryOf, test, noted } = start;
    const [project, record] = await Promise.all([
      catalog.findProject(place.project),
      catalog.findWorkflow(place.project, place.workflow),
    ]);
    if (!project) return err({ why: 'no-project' });
    if (!record || record.deletedAt) return err({ why: 'no-workflow' });
    const pin = record.pins[env];
    if (!pin || pin.version === 0) return err({ why: 'not-online' });

    const ref = { ...place, content: pin.content };
    for (const task of tasks ?? [])
      if (!(await catalog.taskOf(ref, task))) return err({ why: 'no-task', task });

    const date = bizDate ?? plusDays(localDateAt(at, project.zone), -1);
    const asked = hashOf(`${by.user}\n${key ?? randomUUID()}`);
    const scope = test ? `${testScopePrefix}${asked}` : asked;
    const run = runIdOf({ env, ...place, family: 'manual', scope, bizDate: date, cycle: 1 });
    const { at: since } = await instances.createRequest({
      id: run,
      kind: 'start',
      status: 'REQUESTED',
      ...{ env, ...place, scope, runId: run },
      bizDate: date,
      parameters: { ...parameters },
      ...(tasks ? { tasks: [...tasks] } : {}),
      ...(dryRun ? { dryRun } : {}),
      ...(retryOf ? { retryOf } : {}),
      actor: by.user,
      at: clock(),
    });
    await addAudit({ ledger, clock }, by, {
      action: noted?.action ?? 'start',
      object: noted?.object ?? `workflow:${place.project}/${place.workflow}`,
      project: place.project,
      env,
      bizDate: date,
      at: since,
      comment,
      after: { run, parameters, tasks, dryRun, retryOf },
    });
    return ok({ run });
  };

/** Twelve hexadecimal digits: what stands in an id for a key of any length. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12);
