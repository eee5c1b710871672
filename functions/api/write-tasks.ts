import type { Refusal } from '../../shared/contracts/api/problem.ts';
import type { TaskBatch } from '../../shared/contracts/api/task-routes.ts';
import type { TaskRow } from '../../shared/contracts/api/task-view.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import type { FoundTask } from './find-task.ts';
import { requireRole } from './require-role.ts';
import { type Place, rowOf } from './task-change.ts';
import { taskOperations } from './task-operations.ts';
import { type Followed, followersPerCall } from './task-priority.ts';
import { startTask } from './task-start.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'pauseTask'
  | 'resumeTask'
  | 'setTaskOwner'
  | 'setTaskPriority'
  | 'setTaskResourceGroup'
  | 'setTaskTimeout'
  | 'setTaskRetries'
  | 'setTaskDryRun'
  | 'undeployTask'
  | 'runTask'
  | 'testRunTask'
  | 'batchTasks'
>;

/** What operators do with tasks, one by one and many at once (nodes-and-instances 3.1, 3.2). */
export const writeTasks = (stores: ApiStores): Writes => {
  const on = (context: ApiContext) => taskOperations(stores, context);
  const row = async <R extends Refusal>(
    place: Place,
    changed: Promise<Result<FoundTask, R>>,
  ): Promise<Result<TaskRow, R>> => {
    const done = await changed;
    return done.ok ? ok(await rowOf(stores, place, done.value)) : done;
  };

  return {
    pauseTask({ params, body: { env, comment } }, context) {
      const place = { ...params, env };
      return row(place, on(context).pause(place, comment));
    },
    resumeTask({ params, body: { env, comment } }, context) {
      const place = { ...params, env };
      return row(place, on(context).resume(place, comment));
    },
    setTaskOwner({ params, body: { env, owner, comment } }, context) {
      const place = { ...params, env };
      return row(place, on(context).setOwner(place, owner, comment));
    },
    async setTaskPriority({ params, body: { env, priority, comment } }, context) {
      const place = { ...params, env };
      const room = { left: followersPerCall };
      const done = await on(context).setPriority(place, priority, comment, room);
      if (!done.ok) return done;
      return ok({ ...(await rowOf(stores, place, done.value)), instances: done.value.followed });
    },
    setTaskResourceGroup({ params, body: { env, resourceGroup, comment } }, context) {
      const place = { ...params, env };
      return row(place, on(context).setResourceGroup(place, resourceGroup, comment));
    },
    setTaskTimeout({ params, body: { env, timeoutSeconds, comment } }, context) {
      const place = { ...params, env };
      return row(place, on(context).setTimeout(place, timeoutSeconds, comment));
    },
    setTaskRetries({ params, body: { env, retries, comment } }, context) {
      const place = { ...params, env };
      return row(place, on(context).setRetries(place, retries, comment));
    },
    setTaskDryRun({ params, body: { env, dryRun, comment } }, context) {
      const place = { ...params, env };
      return row(place, on(context).setDryRun(place, dryRun, comment));
    },
    undeployTask({ params, body: { env, comment } }, context) {
      const place = { ...params, env };
      return row(place, on(context).undeploy(place, comment));
    },
    runTask: ({ params, body }, context) =>
      startTask(stores, context, { ...params, env: body.env }, body, { test: false }),
    testRunTask: ({ params, body }, context) =>
      startTask(stores, context, { ...params, env: body.env }, body, { test: true }),

    async batchTasks({ body }, context) {
      const needed = body.op === 'undeploy' ? 'developer' : 'operator';
      const work = batchWork(stores, context, body);
      return ok(
        await batch(body.ids, async (id) => {
          const [project = '', workflow = '', task = ''] = id.split('/');
          const denied = await requireRole(context, project, needed);
          return denied ? err(denied) : work({ env: body.env, project, workflow, task });
        }),
      );
    },
  };
};

type Done = Result<{ readonly note?: string }, Refusal>;

const batchWork = (stores: ApiStores, context: ApiContext, body: TaskBatch) => {
  const operations = taskOperations(stores, context);
  const { comment } = body;
  const room = { left: followersPerCall };
  const plain = async (changed: Promise<Result<unknown, Refusal>>): Promise<Done> => {
    const done = await changed;
    return done.ok ? ok({}) : done;
  };

  return async (place: Place): Promise<Done> => {
    switch (body.op) {
      case 'pause':
        return plain(operations.pause(place, comment));
      case 'resume':
        return plain(operations.resume(place, comment));
      case 'set-owner':
        return plain(operations.setOwner(place, body.owner, comment));
      case 'set-priority': {
        const done = await operations.setPriority(place, body.priority, comment, room);
        if (!done.ok) return done;
        return ok({ note: noteOf(done.value.followed) });
      }
      case 'set-resource-group':
        return plain(operations.setResourceGroup(place, body.resourceGroup, comment));
      case 'set-timeout':
        return plain(operations.setTimeout(place, body.timeoutSeconds, comment));
      case 'set-retries':
        return plain(operations.setRetries(place, body.retries, comment));
      case 'set-dry-run':
        return plain(operations.setDryRun(place, body.dryRun, comment));
      case 'undeploy':
        return plain(operations.undeploy(place, comment));
    }
  };
};

const noteOf = ({ moved, more }: Followed): string =>
  `${moved} waiting instances follow${more ? '; more remain, repeat the call for them' : ''}`;
