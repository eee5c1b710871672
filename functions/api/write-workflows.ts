import type { Refusal } from '../../shared/contracts/api/problem.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { isFinal } from '../../shared/domain/run/fold-run.ts';
import {
  deleteWorkflow,
  setOffline,
  setOnline,
  setTiming,
  workflowStateOf,
} from '../../shared/domain/workflow/change-workflow.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import { changeRecord, refusedAs, type WorkflowPlace } from './change-record.ts';
import { noVersion } from './read-definitions.ts';
import { noWorkflow } from './read-workflows.ts';
import { requireRole } from './require-role.ts';
import { stale } from './save-document.ts';
import { startRun } from './start-run.ts';
import { nothingToStop, stopRuns } from './stop-runs.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'onlineWorkflow'
  | 'offlineWorkflow'
  | 'setTiming'
  | 'startWorkflow'
  | 'stopWorkflow'
  | 'deleteWorkflow'
  | 'batchWorkflows'
>;

type Change = { readonly env: Env; readonly comment?: string | undefined };

/** Workflow operations (workflows-and-logs A1.3, A1.4). */
export const writeWorkflows = (stores: ApiStores): Writes => {
  const { catalog, clock } = stores;

  const online = (
    context: ApiContext,
    place: WorkflowPlace,
    {
      env,
      comment,
      version,
      timing,
    }: Change & { version?: number | undefined; timing?: boolean | undefined },
  ) =>
    changeRecord<'not-published' | 'version-not-found' | 'not-periodic' | 'not-online'>(
      stores,
      context,
      place,
      { action: 'online', env, comment },
      async (record) => {
        const at = { at: clock(), by: context.caller.user };
        const summary =
          version === undefined
            ? record.latest
            : await catalog.findVersion(place.project, place.workflow, version);
        if (version !== undefined && !summary) return noVersion(record, version);
        const pinned = refusedAs<'not-published'>(setOnline(record, env, summary, at));
        if (!pinned.ok || timing === undefined) return pinned;
        return refusedAs<'not-periodic' | 'not-online'>(
          setTiming(pinned.value, env, timing ? 'ON' : 'OFF', at),
        );
      },
    );

  const offline = (context: ApiContext, place: WorkflowPlace, { env, comment }: Change) =>
    changeRecord<'not-online'>(
      stores,
      context,
      place,
      { action: 'offline', env, comment },
      (record) => refusedAs<'not-online'>(setOffline(record, env, { at: clock() })),
    );

  const timing = (
    context: ApiContext,
    place: WorkflowPlace,
    { env, comment, on }: Change & { on: boolean },
  ) =>
    changeRecord<'not-online' | 'not-periodic'>(
      stores,
      context,
      place,
      { action: on ? 'timing-on' : 'timing-off', env, comment },
      (record) =>
        refusedAs<'not-online' | 'not-periodic'>(
          setTiming(record, env, on ? 'ON' : 'OFF', { at: clock() }),
        ),
    );

  return {
    async onlineWorkflow({ params, body }, context) {
      const done = await online(context, params, body);
      if (!done.ok) {
        const { error } = done;
        return error.code === 'not-online'
          ? err({ ...error, code: 'not-published' })
          : err({ ...error, code: error.code });
      }
      return ok(workflowStateOf(done.value, body.env));
    },

    async offlineWorkflow({ params, body }, context) {
      const done = await offline(context, params, body);
      if (!done.ok) return done;
      const state = workflowStateOf(done.value, body.env);
      if (!body.stopRunning) return ok({ state });
      return ok({
        state,
        stopped: await stopRuns(stores, context, params, body.env, body.comment),
      });
    },

    async setTiming({ params, body }, context) {
      const done = await timing(context, params, body);
      return done.ok ? ok(workflowStateOf(done.value, body.env)) : done;
    },

    startWorkflow: ({ params, body }, context) =>
      startRun(stores, context, params, body, context.idempotencyKey),

    async stopWorkflow({ params, body }, context) {
      const record = await catalog.findWorkflow(params.project, params.workflow);
      if (!record) return noWorkflow(params);
      return ok(await stopRuns(stores, context, params, body.env, body.comment));
    },

    async deleteWorkflow({ params }, context) {
      const before = await catalog.findWorkflow(params.project, params.workflow);
      if (!before || before.deletedAt) return noWorkflow(params);
      if (before.rev !== context.rev) return stale(before.rev);

      const [activeRuns, dependants] = await Promise.all([
        countActive(stores, params),
        catalog.dependantsOf(params.project, params.workflow),
      ]);
      const others = dependants.filter((name) => name !== `${params.project}/${params.workflow}`);
      const done = await changeRecord<'not-offline' | 'active-runs' | 'has-dependants'>(
        stores,
        context,
        params,
        { action: 'delete' },
        (record) =>
          refusedAs<'still-online' | 'runs-active' | 'has-dependants'>(
            deleteWorkflow(record, { activeRuns, dependants: others, at: clock() }),
          ),
      );
      if (done.ok) return ok({ deleted: true });
      return done.error.code === 'has-dependants'
        ? err({ ...done.error, dependants: others })
        : done;
    },

    async batchWorkflows({ body }, context) {
      const needed = body.op === 'online' || body.op === 'offline' ? 'developer' : 'operator';
      const change = { env: body.env, comment: body.comment };

      const work = async (
        place: WorkflowPlace,
        id: string,
      ): Promise<Result<{ readonly run?: string }, Refusal>> => {
        switch (body.op) {
          case 'start':
            return startRun(
              stores,
              context,
              place,
              { ...change, bizDate: body.bizDate },
              `${context.idempotencyKey}\n${id}`,
            );
          case 'online':
            return nothing(await online(context, place, change));
          case 'timing':
            return nothing(await timing(context, place, { ...change, on: body.on }));
          case 'offline': {
            const done = await offline(context, place, change);
            if (done.ok && body.stopRunning)
              await stopRuns(stores, context, place, body.env, body.comment);
            return nothing(done);
          }
          case 'stop': {
            if (!(await catalog.findWorkflow(place.project, place.workflow)))
              return noWorkflow(place);
            const stopped = await stopRuns(stores, context, place, body.env, body.comment);
            if (body.timingOff) await timing(context, place, { ...change, on: false });
            return stopped.terminated.length + stopped.paused.length > 0
              ? ok({})
              : err(nothingToStop);
          }
        }
      };
      return ok(
        await batch(body.ids, async (id) => {
          const [project = '', workflow = ''] = id.split('/');
          const denied = await requireRole(context, project, needed);
          return denied ? err(denied) : work({ project, workflow }, id);
        }),
      );
    },
  };
};

const nothing = <T>(done: Result<T, Refusal>): Result<Record<never, never>, Refusal> =>
  done.ok ? ok({}) : done;

/** Runs looked at for active ones: the newest. */
const lookedAt = 200;

const countActive = async (
  { instances }: ApiStores,
  { project, workflow }: WorkflowPlace,
): Promise<number> => {
  const envs = ['prod', 'dev'] as const;
  const pages = await Promise.all(
    envs.map((env) => instances.listRuns({ env, of: { project, workflow }, limit: lookedAt })),
  );
  return pages.flatMap(({ items }) => items).filter(({ status }) => !isFinal(status)).length;
};
