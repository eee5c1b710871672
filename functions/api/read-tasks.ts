import * as z from 'zod';
import type { TaskRow } from '../../shared/contracts/api/task-routes.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import { kindTimeouts } from '../../shared/domain/project/effective-settings.ts';
import { type Task, TaskCommon } from '../../shared/domain/workflow/task.schema.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import { catalogTable } from '../stores/catalog-table.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { ApiStores } from './api-stores.ts';
import { findTask, noTask, shownVersion } from './find-task.ts';
import { noProject } from './read-instances.ts';
import { noWorkflow } from './read-workflows.ts';
import { type TaskPlace, taskRow } from './task-row.ts';

/** Workflows whose tasks one request looks at. */
const workflowBudget = 20;

type Filters = {
  readonly text?: string | undefined;
  readonly owner?: string | undefined;
  readonly paused?: 'true' | 'false' | undefined;
};

/** Lists of tasks, and one of them. */
export const readTasks = ({
  catalog,
}: ApiStores): Pick<ApiHandlers<'read'>, 'listTasks' | 'getTask'> => {
  const rowsOf = async (record: WorkflowRecord, env: TaskPlace['env'], filters: Filters) => {
    const { project, workflow } = record;
    const shown = shownVersion(record, env);
    const [definition, states] = await Promise.all([
      shown && catalog.definitionOf({ project, workflow, content: shown.content }),
      catalog.taskStatesOf(env, project, workflow),
    ]);
    const stateOf = new Map(states.map((state) => [state.task, state]));
    return (definition?.tasks ?? [])
      .map((task) =>
        taskRow(
          { env, project, workflow },
          shown?.version ?? 1,
          definition ?? {},
          task,
          stateOf.get(task.name),
        ),
      )
      .filter((row) => matches(row, filters));
  };

  return {
    async listTasks({ params: { project }, query }) {
      const { env, workflow, limit, cursor } = query;
      if (!(await catalog.findProject(project))) return noProject(project);
      const at = positionOf(cursor);
      const first = workflow ?? at?.workflow;
      const record = first === undefined ? undefined : await catalog.findWorkflow(project, first);
      if (workflow !== undefined && !record) return noWorkflow({ project, workflow });

      const items: TaskRow[] = [];
      const add = async (each: WorkflowRecord, after: string | undefined) => {
        const rows = await rowsOf(each, env, query);
        const start = after === undefined ? 0 : startAfter(rows, after);
        const room = limit - items.length;
        items.push(...rows.slice(start, start + room));
        return rows.length - start > room;
      };
      const goOn = (last: TaskRow | undefined) =>
        ok({ items, cursor: last && cursorOf({ workflow: last.workflow, task: last.task }) });

      if (record && (await add(record, at?.task))) return goOn(items.at(-1));
      if (workflow !== undefined) return ok({ items });

      let next = first && cursorOf(catalogTable.workflow(project, first));
      for (let looked = 0; looked < workflowBudget; looked += 1) {
        const page = await catalog.listWorkflows(project, { limit: 1, cursor: next });
        for (const each of page.items) if (await add(each, undefined)) return goOn(items.at(-1));
        next = page.cursor;
        if (next === undefined) return ok({ items });
        if (items.length === limit) return goOn(items.at(-1));
      }
      const searchedTo = positionOf(next)?.sk ?? '';
      return ok({ items, searchedTo, cursor: cursorOf({ workflow: searchedTo, task: lastOfAll }) });
    },

    async getTask({ params, query: { env } }, context) {
      const found = await findTask(catalog, { env, ...params });
      if (!found) return noTask(params);
      const { version, head, task, state } = found;
      const maySeeCode = rankOfRole(await context.roleIn(params.project)) >= rankOfRole('operator');
      return ok({
        ...taskRow({ env, ...params }, version, head, task, state),
        upstreams: task.upstreams,
        selfDependent: task.selfDependent,
        parameters: maySeeCode ? task.parameters : {},
        timeoutSeconds: task.timeoutSeconds,
        timeoutCeilingSeconds: kindTimeouts[task.kind]?.ceilingSeconds,
        retries: task.retries,
        runbook: task.runbook,
        work: maySeeCode ? workOf(task) : undefined,
      });
    },
  };
};

/** Behind the task where the page before ended; a task that has gone meanwhile ends its workflow. */
const startAfter = (rows: readonly TaskRow[], task: string): number => {
  const at = rows.findIndex((row) => row.task === task);
  return at < 0 ? rows.length : at + 1;
};

/** Stands behind every name, so that a workflow that was looked through is left behind. */
const lastOfAll = '~';

const matches = (row: TaskRow, { text, owner, paused }: Filters): boolean =>
  (text === undefined || row.task.toLowerCase().includes(text.toLowerCase())) &&
  (owner === undefined || row.owner === owner) &&
  (paused === undefined || (row.paused !== undefined) === (paused === 'true'));

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
