import type { Refusal } from '../../shared/contracts/api/problem.ts';
import { parseRunId } from '../../shared/domain/instance/instance-id.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import { changeRun } from './change-run.ts';
import { isKnown, noRun } from './read-runs.ts';
import { requireRole } from './require-role.ts';
import { retryRun } from './retry-run.ts';
import { startRun } from './start-run.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'stopRun'
  | 'pauseRun'
  | 'resumeRun'
  | 'rerunFailed'
  | 'setRunSuccess'
  | 'rerunRun'
  | 'retryRun'
  | 'batchRuns'
>;

/** Operations on whole runs; each is a move of its instances, or the request of a new run. */
export const writeRuns = (stores: ApiStores): Writes => {
  const repeat = (
    run: string,
    context: ApiContext,
    comment: string | undefined,
    key: string | undefined,
  ) => repeatRun(stores, context, run, comment, key);
  const retry = retryRun(stores);

  return {
    stopRun: ({ params, body }, context) =>
      changeRun(stores, context)(params.run, 'stop', body.comment),
    pauseRun: ({ params, body }, context) =>
      changeRun(stores, context)(params.run, 'pause', body.comment),
    resumeRun: ({ params, body }, context) =>
      changeRun(stores, context)(params.run, 'resume', body.comment),
    rerunFailed: ({ params, body }, context) =>
      changeRun(stores, context)(params.run, 'rerun-failed', body.comment),
    setRunSuccess: ({ params, body }, context) =>
      changeRun(stores, context)(params.run, 'set-success', body.comment),
    rerunRun: ({ params, body }, context) =>
      repeat(params.run, context, body.comment, context.idempotencyKey),

    retryRun: ({ params, body }, context) =>
      retry(context, params.run, body, context.idempotencyKey ?? context.requestId),

    async batchRuns({ body: { op, ids, comment, version = 'original' } }, context) {
      const work = async (id: string): Promise<Result<{ readonly run?: string }, Refusal>> => {
        const project = parseRunId(id)?.project;
        if (project === undefined) return noRun(id);
        const denied = await requireRole(context, project, 'operator');
        if (denied) return err(denied);
        const key = `${context.idempotencyKey}\n${id}`;
        if (op === 'retry') return retry(context, id, { version, comment: comment ?? '' }, key);
        if (op === 'rerun') return repeat(id, context, comment, key);
        const changed = await changeRun(stores, context)(id, op, comment);
        return changed.ok ? ok({}) : changed;
      };
      return ok(await batch(ids, work));
    },
  };
};

/** A new run of the same workflow for the same date, with the parameters and tasks that were asked for then. */
const repeatRun = async (
  stores: ApiStores,
  context: ApiContext,
  run: string,
  comment: string | undefined,
  key: string | undefined,
): Promise<Result<{ readonly run: string; readonly retryOf: string }, RefusalOf<'rerunRun'>>> => {
  const ref = await isKnown(stores, run);
  if (!ref) return noRun(run);
  const request = await stores.instances.findRequest(run);
  const asked = request?.kind === 'start' ? request : undefined;
  const started = await startRun(
    stores,
    context,
    ref,
    {
      env: ref.env,
      bizDate: ref.bizDate,
      parameters: asked?.parameters,
      tasks: asked?.tasks,
      comment,
      retryOf: run,
    },
    key,
  );
  return started.ok ? ok({ ...started.value, retryOf: run }) : started;
};
