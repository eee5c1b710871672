import * as z from 'zod';
import { ok } from '../../shared/domain/kernel/result.ts';
import { kindTimeouts } from '../../shared/domain/project/effective-settings.ts';
import { type Task, TaskCommon } from '../../shared/domain/workflow/task.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiStores } from './api-stores.ts';
import { findTask, noTask } from './find-task.ts';
import { getTaskGraph } from './task-graph.ts';
import { listTasks } from './task-list.ts';
import { taskMaps } from './task-maps.ts';
import { taskRow } from './task-row.ts';

type Reads = Pick<ApiHandlers<'read'>, 'listTasks' | 'getTask' | 'getTaskGraph'>;

/** Lists of tasks, one of them, and the graph around it. */
export const readTasks = (stores: ApiStores): Reads => {
  const { catalog, clock } = stores;
  const maps = taskMaps(catalog);

  return {
    listTasks: listTasks(stores, maps),
    getTaskGraph: getTaskGraph(stores, maps),

    async getTask({ params, query: { env } }, context) {
      const found = await findTask(catalog, { env, ...params });
      if (!found) return noTask(params);
      const { task } = found;
      const maySeeCode = rankOfRole(await context.roleIn(params.project)) >= rankOfRole('operator');
      return ok({
        ...taskRow({ env, ...params }, found, await catalog.allHolds(), clock()),
        upstreams: task.upstreams,
        selfDependent: task.selfDependent,
        parameters: maySeeCode ? task.parameters : {},
        timeoutCeilingSeconds: kindTimeouts[task.kind]?.ceilingSeconds,
        runbook: task.runbook,
        work: maySeeCode ? workOf(task) : undefined,
      });
    },
  };
};

/** What the task runs, without what every task has. */
const workOf = (task: Task): z.infer<ReturnType<typeof z.json>> => {
  const common = new Set(Object.keys(TaskCommon.shape));
  return z
    .json()
    .parse(
      JSON.parse(
        JSON.stringify(
          Object.fromEntries(Object.entries(task).filter(([key]) => !common.has(key))),
        ),
      ),
    );
};
