import type { RouteInput } from '../../shared/contracts/api/route.ts';
import type { Routes } from '../../shared/contracts/api/routes.ts';
import type { TaskRow } from '../../shared/contracts/api/task-view.ts';
import type { Hold } from '../../shared/domain/hold/hold.schema.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiWork } from '../edge/api-route.ts';
import { catalogTable } from '../stores/catalog-table.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { ApiStores } from './api-stores.ts';
import { shownVersion } from './find-task.ts';
import { noProject } from './read-instances.ts';
import { noWorkflow } from './read-workflows.ts';
import { taskFigures } from './task-figures.ts';
import type { TaskMaps } from './task-maps.ts';
import { taskRow } from './task-row.ts';
import { visibleProjects } from './visible-projects.ts';

type Query = RouteInput<Routes['listTasks']>['query'];
type Position = { readonly project: string; readonly workflow: string; readonly task: string };

/** What one request looks at before it says how far it has got. */
const workflowBudget = 60;
const taskBudget = 5_000;
/** Workflows read at once. */
const piece = 10;

/** Stands behind every name, so that a workflow that was looked through is left behind. */
const behindAll = '~';

/** A page of tasks by project, workflow and name. Filters look at a bounded number of tasks (design.md §4). */
export const listTasks = (stores: ApiStores, maps: TaskMaps): ApiWork<'listTasks'> => {
  const { catalog, clock } = stores;
  const figures = taskFigures(stores, maps);

  return async ({ query: asked }, context) => {
    const query = narrowed(asked);
    const { env, project, workflow, limit } = query;
    if (project === undefined && workflow !== undefined)
      return err({ code: 'invalid-input', detail: 'workflow needs the project, too' });
    if (project !== undefined && rankOfRole(await context.roleIn(project)) === 0)
      return err({ code: 'forbidden', detail: `you have no role in project ${project}` });

    const projects = (await visibleProjects(stores, context)).filter(
      ({ name }) => project === undefined || name === project,
    );
    if (project !== undefined && projects.length === 0) return noProject(project);
    if (project !== undefined && workflow !== undefined)
      if (!(await catalog.findWorkflow(project, workflow)))
        return noWorkflow({ project, workflow });

    const now = clock();
    const holds = await catalog.allHolds();
    const found: TaskRow[] = [];
    let looked = { workflows: 0, tasks: 0 };
    let at = positionIn(query.cursor);
    const names = projects.map(({ name }) => name);

    for await (const records of recordsFrom(catalog, names, workflow, at)) {
      const pieces = await Promise.all(
        records.map((record) => rowsOf({ catalog, maps }, record, env, { holds, now })),
      );
      for (const [n, rows] of pieces.entries()) {
        const { project: of = '', workflow: flow = '' } = records[n] ?? {};
        const isResumed = at?.project === of && at.workflow === flow;
        const after = isResumed ? (at?.task ?? '') : '';
        found.push(...rows.filter((row) => row.task > after && matches(row, query)));
        looked = { workflows: looked.workflows + 1, tasks: looked.tasks + rows.length };
        at = { project: of, workflow: flow, task: behindAll };
        if (found.length > limit) break;
      }
      if (found.length > limit) break;
      if (looked.workflows >= workflowBudget || looked.tasks >= taskBudget) {
        const items = await figures(env, found, projects, now);
        const searchedTo =
          items.length < limit ? { searchedTo: `${at?.project}/${at?.workflow}` } : {};
        return ok({ items, cursor: cursorOf(at), ...searchedTo });
      }
    }

    const items = await figures(env, found.slice(0, limit), projects, now);
    const last = items.at(-1);
    return ok({
      items,
      cursor: found.length > limit && last ? cursorOf(placeOf(last)) : undefined,
    });
  };
};

/** A whole id names its workflow, so only that one is looked at. */
const narrowed = (query: Query): Query => {
  const [project, workflow, task, more] = query.text?.split('/') ?? [];
  if (!project || !workflow || !task || more !== undefined) return query;
  return { ...query, project: query.project ?? project, workflow: query.workflow ?? workflow };
};

const positionIn = (cursor: string | undefined): Position | undefined => {
  const { project, workflow, task } = positionOf(cursor) ?? {};
  return project && workflow && task ? { project, workflow, task } : undefined;
};

const placeOf = ({ project, workflow, task }: TaskRow): Position => ({ project, workflow, task });

/** Workflows in order, a few at a time, from the one of a position on. */
async function* recordsFrom(
  catalog: ApiStores['catalog'],
  projects: readonly string[],
  only: string | undefined,
  at: Position | undefined,
): AsyncGenerator<readonly WorkflowRecord[]> {
  const start = at === undefined ? 0 : projects.findIndex((name) => name >= at.project);
  if (start < 0) return;
  for (const project of projects.slice(start)) {
    const from = at?.project === project ? at.workflow : undefined;
    const named = only ?? from;
    const first = named === undefined ? undefined : await catalog.findWorkflow(project, named);
    if (first) yield [first];
    if (only !== undefined) continue;

    let cursor = from && cursorOf(catalogTable.workflow(project, from));
    do {
      const page = await catalog.listWorkflows(project, { limit: piece, cursor });
      if (page.items.length > 0) yield page.items;
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
}

const rowsOf = async (
  { catalog, maps }: Pick<ApiStores, 'catalog'> & { readonly maps: TaskMaps },
  record: WorkflowRecord,
  env: Query['env'],
  { holds, now }: { readonly holds: readonly Hold[]; readonly now: Instant },
): Promise<readonly TaskRow[]> => {
  const { project, workflow, updatedAt } = record;
  const shown = shownVersion(record, env);
  if (!shown) return [];
  const [map, states] = await Promise.all([
    maps({ project, workflow, content: shown.content }),
    catalog.taskStatesOf(env, project, workflow),
  ]);
  if (!map) return [];

  const stateOf = new Map(states.map((state) => [state.task, state]));
  return [...map.tasks.values()].map((task) =>
    taskRow(
      { env, project, workflow },
      { ...shown, updatedAt, head: map.head, task, state: stateOf.get(task.name) },
      holds,
      now,
    ),
  );
};

const matches = (row: TaskRow, query: Query): boolean =>
  isNamed(row, query.text) &&
  (query.trigger === undefined || row.trigger === query.trigger) &&
  (query.kind === undefined || query.kind.includes(row.kind)) &&
  (query.period === undefined || query.period.some((period) => row.schedule?.every === period)) &&
  (query.owner === undefined || row.owner === query.owner) &&
  (query.priority === undefined || query.priority.includes(row.priority)) &&
  (query.paused === undefined || (row.paused !== undefined) === query.paused) &&
  (query.dryRun === undefined || row.dryRun === query.dryRun) &&
  (query.held === undefined || (row.held !== undefined) === query.held) &&
  (query.deployed === undefined || row.deployed === query.deployed) &&
  (query.tag === undefined || row.tags.includes(query.tag)) &&
  (query.resourceGroup === undefined || (row.resourceGroup ?? 'default') === query.resourceGroup);

/** Fuzzy on the name, exact on an id (nodes-and-instances 3.1). */
const isNamed = (row: TaskRow, text: string | undefined): boolean => {
  if (text === undefined) return true;
  return text.includes('/') ? row.id === text : row.task.toLowerCase().includes(text.toLowerCase());
};
