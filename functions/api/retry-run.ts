import { parseRunId, type RunRef, runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import {
  planRetry,
  type RetryPlan,
  type RetryRefused,
} from '../../shared/domain/run/plan-retry.ts';
import { retryScopePrefix } from '../../shared/domain/run/retry-scope.ts';
import { retryRefusal } from '../../shared/domain/run/retry-standing.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { isTestRun, testScopePrefix } from '../../shared/domain/run/test-scope.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import { hashOf } from '../intake/request-run.ts';
import { definitionCache } from '../stores/definition-cache.ts';
import type { ApiStores } from './api-stores.ts';
import { exactRun } from './exact-run.ts';
import { noProject } from './read-instances.ts';
import { noRun } from './read-runs.ts';
import { noWorkflow } from './read-workflows.ts';
import { retryViews } from './retry-views.ts';
import { writeAudit } from './write-audit.ts';

type RetryAsked = {
  /** The version it ran with, or the one that is online now. */
  readonly version: 'original' | 'current';
  readonly comment: string;
};

type Refused = RefusalOf<'retryRun'>;

/**
 * Re-sends a failed run as a new one with the original parameters (workflows-and-logs B1.4). What is repeated is the run
 * that failed first: a retry of a retry is one more retry of it, so that nothing is sent twice at a time.
 */
export const retryRun = (stores: ApiStores) => {
  const { catalog, instances } = stores;
  const exact = exactRun({ catalog, instances, definitions: definitionCache(catalog) });
  const { statusesOf } = retryViews({ instances, exact });

  return async (
    context: ApiContext,
    runId: string,
    { version, comment }: RetryAsked,
    key: string,
  ): Promise<Result<{ readonly run: string; readonly retryOf: string }, Refused>> => {
    const ref = parseRunId(runId);
    const run = ref && (await instances.findRun(runId));
    if (!ref || !run) return noRun(runId);

    const marks = await instances.marksOf([runId], { strong: true });
    const root = marks.get(runId)?.root ?? runId;
    const before =
      root === runId
        ? marks.get(root)
        : (await instances.marksOf([root], { strong: true })).get(root);
    const id = idOf(ref, context, key);
    // The same key again, after an answer that got lost.
    if (before?.latest === id) return ok({ run: id, retryOf: root });

    const seen = [...new Set([runId, root, ...(before?.latest ? [before.latest] : [])])];
    const statuses = await statusesOf(seen);
    for (const failed of new Set([runId, root])) {
      const latest = before?.latest && (statuses.get(before.latest) ?? 'FAILED');
      const refusal = retryRefusal(statuses.get(failed) ?? 'FAILED', latest || undefined);
      if (refusal === 'not-failed')
        return err({ code: refusal, detail: notFailed(failed, statuses.get(failed)) });
      if (refusal)
        return err({
          code: refusal,
          detail: retried(refusal, before?.latest),
          run: before?.latest,
        });
    }

    const planned = await planOf(stores, run);
    if (!planned.ok) return planned;
    const asked = await askedVersion(stores, ref, version, planned.value);
    if (!asked.ok) return asked;

    const { tasks: _tasks, version: _version, ...parameters } = planned.value;
    const at = stores.clock();
    const created = await instances.createRetry({
      before,
      reason: comment,
      request: {
        ...{ id, kind: 'start', status: 'REQUESTED', runId: id, retryOf: root },
        ...{ env: ref.env, project: ref.project, workflow: ref.workflow, bizDate: ref.bizDate },
        scope: scopeOf(ref, context, key),
        ...parameters,
        ...asked.value,
        actor: context.caller.user,
        at,
      },
    });
    if (!created) {
      const now = (await instances.marksOf([root], { strong: true })).get(root)?.latest;
      return err({ code: 'retry-active', detail: retried('retry-active', now), run: now });
    }
    await writeAudit(stores, context, {
      ...{ action: 'retry', object: `run:${root}`, project: ref.project, env: ref.env },
      ...{ bizDate: ref.bizDate, comment },
      after: { run: id, version: asked.value.version ?? 'current' },
    });
    return ok({ run: id, retryOf: root });
  };
};

/** The run that was asked for follows from who asked under which key. */
const idOf = (ref: RunRef, context: ApiContext, key: string): string =>
  runIdOf({ ...ref, family: 'manual', scope: scopeOf(ref, context, key), cycle: 1 });

const scopeOf = (ref: RunRef, { caller }: ApiContext, key: string): string =>
  `${isTestRun(ref) ? testScopePrefix : retryScopePrefix}${hashOf(`${caller.user}\n${key}`)}`;

const planOf = async (
  { catalog, instances }: ApiStores,
  run: Run,
): Promise<Result<RetryPlan, Refused>> => {
  const [own, request, project] = await Promise.all([
    instances.ofRun(run.runId, { strong: true }),
    run.family === 'manual' ? instances.findRequest(run.runId) : undefined,
    catalog.findProject(run.project),
  ]);
  if (!project) return noProject(run.project);
  // The counters of a run lag behind its instances by a moment.
  const moving = own.some((each) => !isEnded(each) && each.status !== 'NOT_RUN');
  if (moving || own.every(({ status }) => status !== 'FAILED'))
    return err({ code: 'not-failed', detail: notFailed(run.runId, 'RUNNING') });

  const planned = planRetry({
    run,
    instances: own,
    request: request?.kind === 'start' ? request : undefined,
    backfill: run.family === 'backfill' ? await instances.findBackfill(run.scope) : undefined,
    zone: project.zone,
  });
  return planned.ok
    ? planned
    : err({ code: 'not-retryable', detail: notRetryable(run.runId, planned.error) });
};

/** What of the plan depends on the version: a pin, and the tasks where they are not all of it. */
const askedVersion = async (
  { catalog }: ApiStores,
  { env, project, workflow }: RunRef,
  version: RetryAsked['version'],
  plan: RetryPlan,
): Promise<Result<{ version?: number; tasks?: string[] }, Refused>> => {
  const record = await catalog.findWorkflow(project, workflow);
  if (!record || record.deletedAt) return noWorkflow({ project, workflow });
  const pin = record.pins[env];
  if (!pin || pin.version === 0)
    return err({
      code: 'not-online',
      detail: `${workflow} is not online in ${env}; put a published version online first`,
    });

  const found =
    version === 'current' ? pin : await catalog.findVersion(project, workflow, plan.version);
  const definition =
    found && (await catalog.definitionOf({ project, workflow, content: found.content }));
  if (!definition)
    return err({
      code: 'not-retryable',
      detail: `version ${plan.version} of ${workflow} is gone; retry with the current version`,
    });
  const sent = new Set(plan.tasks);
  const tasks = definition.tasks.map(({ name }) => name).filter((name) => sent.has(name));
  if (tasks.length === 0)
    return err({
      code: 'not-retryable',
      detail: `version ${found.version} of ${workflow} has none of the tasks of the run`,
    });
  return ok({
    ...(version === 'original' ? { version: found.version } : {}),
    ...(tasks.length < definition.tasks.length ? { tasks } : {}),
  });
};

const notFailed = (run: string, status: string | undefined): string =>
  status === 'RUNNING' || status === 'WAITING'
    ? `${run} has not failed for good: it still runs or will be retried automatically`
    : `${run} has not failed: it is ${status}`;

const retried = (refusal: 'retry-active' | 'retry-succeeded', latest = 'another retry'): string =>
  refusal === 'retry-active'
    ? `${latest} retries it right now; wait for its end`
    : `${latest} has retried it with success; rerun the whole run to do all of it once more`;

const notRetryable = (run: string, refused: RetryRefused): string => {
  switch (refused.why) {
    case 'parameters-gone':
      return `the parameters of ${run} are not kept any more; start the workflow anew`;
    case 'instances-gone':
      return `the instances of ${run} are not kept any more; start the workflow anew`;
    case 'several-cycles':
      return `${refused.task} has several cycles in ${run}; rerun its failed instances instead`;
  }
};
