import type { Refusal } from '../../shared/contracts/api/problem.ts';
import type { TaskRow } from '../../shared/contracts/api/task-routes.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { type Priority, rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { addressOf, addressText } from '../../shared/domain/workflow/task-address.ts';
import type { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import { type FoundTask, findTask, noTask, shownVersion } from './find-task.ts';
import { requireRole } from './require-role.ts';
import { type TaskPlace, taskRow } from './task-row.ts';
import { writeAudit } from './write-audit.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  'pauseTask' | 'resumeTask' | 'setTaskPriority' | 'undeployTask' | 'batchTasks'
>;

type Place = TaskPlace & { readonly task: string };
type Refused = RefusalOf<'pauseTask'>;
type Decide<R extends Refusal> = (
  state: TaskState,
  found: FoundTask,
) => Result<TaskState, R> | Promise<Result<TaskState, R>>;

const tries = 5;

/** What operators set about a task beside its definition. Running attempts are never touched. */
export const writeTasks = (stores: ApiStores): Writes => {
  const { catalog, clock } = stores;

  const change = async <R extends Refusal>(
    context: ApiContext,
    place: Place,
    { action, comment }: { readonly action: string; readonly comment?: string | undefined },
    decide: Decide<R>,
  ): Promise<Result<TaskRow, R | Refused>> => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const found = await findTask(catalog, place);
      if (!found) return noTask(place);
      const { env, project, workflow, task } = place;
      const decided = await decide({ ...found.state, env, project, workflow, task }, found);
      if (!decided.ok) return decided;

      const saved = await catalog.saveTaskState(decided.value, found.state?.rev);
      if (!saved.ok) continue;
      await writeAudit(stores, context, {
        ...{ action, comment, project, env },
        object: `task:${project}/${workflow}/${task}`,
        before: found.state,
        after: saved.value,
      });
      return ok(taskRow(place, found.version, found.head, found.task, saved.value));
    }
    return err({
      code: 'changed-meanwhile',
      detail: `task ${place.task} keeps changing; try again`,
    });
  };

  const pause = (context: ApiContext, place: Place, comment: string | undefined) =>
    change<Refused>(context, place, { action: 'pause', comment }, (state) =>
      state.paused
        ? err({ code: 'nothing-changed', detail: `${place.task} is paused already` })
        : ok({
            ...state,
            paused: { since: clock(), by: context.caller.user, reason: comment?.slice(0, 200) },
          }),
    );

  const resume = (context: ApiContext, place: Place, comment: string | undefined) =>
    change<Refused>(context, place, { action: 'resume', comment }, (state) =>
      state.paused
        ? ok({ ...state, paused: undefined })
        : err({ code: 'nothing-changed', detail: `${place.task} is not paused` }),
    );

  const prioritize = async (
    context: ApiContext,
    place: Place,
    priority: Priority,
    comment: string | undefined,
  ): Promise<Result<TaskRow, RefusalOf<'setTaskPriority'> | Refused>> => {
    const role = await context.roleIn(place.project);
    if (rankOf(priority) > rankOf('MIDDLE') && rankOfRole(role) < rankOfRole('admin'))
      return err({
        code: 'forbidden',
        detail: `priority ${priority} needs the role admin; LOWEST, LOW and MIDDLE do not`,
      });
    return change(context, place, { action: 'set-priority', comment }, (state) =>
      ok({ ...state, priority }),
    );
  };

  return {
    pauseTask: ({ params, body }, context) =>
      pause(context, { ...params, env: body.env }, body.comment),
    resumeTask: ({ params, body }, context) =>
      resume(context, { ...params, env: body.env }, body.comment),

    async setTaskPriority({ params, body }, context) {
      const { env, priority, comment } = body;
      const done = await prioritize(context, { ...params, env }, priority, comment);
      return done.ok || done.error.code !== 'nothing-changed'
        ? (done as Result<TaskRow, RefusalOf<'setTaskPriority'>>)
        : err({ ...done.error, code: 'changed-meanwhile' });
    },

    undeployTask: ({ params, body: { env, comment } }, context) =>
      change<RefusalOf<'undeployTask'>>(
        context,
        { ...params, env },
        { action: 'undeploy', comment },
        async (state) => {
          if (state.undeployed)
            return err({ code: 'nothing-changed', detail: `${params.task} is undeployed already` });
          const dependants = await dependantsOf(stores, { ...params, env });
          if (dependants === undefined)
            return err({
              code: 'not-online',
              detail: `${params.workflow} is not online in ${env}`,
            });
          if (dependants.length > 0)
            return err({
              code: 'has-dependants',
              detail: `${dependants.join(', ')} wait for ${params.task}; change or undeploy them first`,
              dependants: [...dependants],
            });
          return ok({ ...state, undeployed: { since: clock(), by: context.caller.user } });
        },
      ),

    async batchTasks({ body: { ids, op, env, priority = 'MIDDLE', comment } }, context) {
      const work = async (place: Place) => {
        if (op === 'pause') return pause(context, place, comment);
        if (op === 'resume') return resume(context, place, comment);
        return prioritize(context, place, priority, comment);
      };
      return ok(
        await batch(ids, async (id) => {
          const [project = '', workflow = '', task = ''] = id.split('/');
          const denied = await requireRole(context, project, 'operator');
          if (denied) return err(denied);
          const done = await work({ env, project, workflow, task });
          return done.ok ? ok({}) : done;
        }),
      );
    },
  };
};

/** Tasks that wait for this one in what is online, by address; undefined when its workflow is not. */
const dependantsOf = async (
  { catalog }: ApiStores,
  { env, project, workflow, task }: Place,
): Promise<readonly string[] | undefined> => {
  const own = await catalog.findWorkflow(project, workflow);
  if (!own || (own.pins[env]?.version ?? 0) === 0) return undefined;

  const address = addressText({ project, workflow, task });
  const names = new Set([
    `${project}/${workflow}`,
    ...(await catalog.dependantsOf(project, workflow)),
  ]);
  const found = await Promise.all(
    [...names].map(async (name) => {
      const [otherProject = '', otherWorkflow = ''] = name.split('/');
      const record = await catalog.findWorkflow(otherProject, otherWorkflow);
      const shown = record && shownVersion(record, env);
      const place = { project: otherProject, workflow: otherWorkflow };
      const definition =
        shown && (await catalog.definitionOf({ ...place, content: shown.content }));
      if (!definition) return [];
      const states = await catalog.taskStatesOf(env, otherProject, otherWorkflow);
      const gone = new Set(
        states.filter(({ undeployed }) => undeployed).map((state) => state.task),
      );
      return definition.tasks
        .filter(({ name: each }) => !gone.has(each))
        .filter(({ upstreams }) =>
          upstreams.some(
            (upstream) => addressText(addressOf(upstream, definition, place)) === address,
          ),
        )
        .map(({ name: each }) => addressText({ ...place, task: each }));
    }),
  );
  return found.flat();
};
