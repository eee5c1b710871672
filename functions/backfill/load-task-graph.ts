import {
  type GraphTask,
  type TaskGraph,
  taskGraphOf,
} from '../../shared/domain/backfill/task-graph.ts';
import type { Env, Key } from '../../shared/domain/kernel/key.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import { type TaskLink, taskLinks } from '../../shared/domain/workflow/task-links.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';

/** A workflow as a backfill takes it: what is online, else the newest version. */
type LoadedWorkflow = {
  readonly project: Project;
  readonly version: number;
  readonly content: string;
  readonly definition: WorkflowDefinition;
};

export type LoadedGraph = {
  /** By `project/workflow`. */
  readonly workflows: ReadonlyMap<string, LoadedWorkflow>;
  /** Every dependency but that of a task on itself. */
  readonly all: TaskGraph;
  /** Only those that order one date. */
  readonly ofOneDate: TaskGraph;
  /** There is more below than was looked at. */
  readonly cut: boolean;
};

/** Workflows looked at to find what is downstream. */
const maxWorkflows = 300;
const atOnce = 8;

/**
 * The workflows of `starts` (`project/workflow` or `project/workflow/task`) and, when `downstream` is asked for, every
 * workflow that something below them lies in, whatever project that is.
 */
export const loadTaskGraph = async (
  catalog: CatalogStore,
  env: Env,
  starts: readonly string[],
  downstream: boolean,
): Promise<LoadedGraph> => {
  const workflows = new Map<string, LoadedWorkflow>();
  const tasks: GraphTask[] = [];
  const links: TaskLink[] = [];
  const reached = new Set(starts);
  let waiting = [...new Set(starts.map(workflowOf))];
  const asked = new Set(waiting);

  while (waiting.length > 0 && workflows.size < maxWorkflows) {
    const found = await inParallel(
      waiting.slice(0, maxWorkflows - workflows.size),
      atOnce,
      (name) => loadWorkflow(catalog, env, name),
    );
    for (const each of found) {
      if (!each) continue;
      workflows.set(each.name, each.loaded);
      tasks.push(...each.tasks);
      links.push(...each.links);
    }
    if (!downstream) break;
    follow(links, reached);
    const touched = [...workflows.keys()].filter(
      (name) => reached.has(name) || [...reached].some((id) => id.startsWith(`${name}/`)),
    );
    const next = await inParallel(touched, atOnce, (name) => {
      const [project = '', workflow = ''] = name.split('/');
      return catalog.dependantsOf(project, workflow);
    });
    waiting = [...new Set(next.flat())].filter((name) => !asked.has(name));
    for (const name of waiting) asked.add(name);
  }

  return {
    workflows,
    all: taskGraphOf(tasks, links),
    ofOneDate: taskGraphOf(
      tasks,
      links.filter(({ kind }) => kind === 'current'),
    ),
    cut: waiting.length > 0 && workflows.size >= maxWorkflows,
  };
};

const workflowOf = (id: string): string => id.split('/').slice(0, 2).join('/');

/** Marks whatever stands below what is marked; a workflow that is marked stands for all its tasks. */
const follow = (links: readonly TaskLink[], reached: Set<string>): void => {
  const isReached = (id: string) => reached.has(id) || reached.has(workflowOf(id));
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const { from, to } of links) if (isReached(from)) reached.add(to);
  }
};

const loadWorkflow = async (catalog: CatalogStore, env: Env, name: string) => {
  const [projectName = '', workflow = ''] = name.split('/');
  const [project, record, states] = await Promise.all([
    catalog.findProject(projectName),
    catalog.findWorkflow(projectName, workflow),
    catalog.taskStatesOf(env, projectName, workflow),
  ]);
  const shown = record && shownIn(record, env);
  const definition =
    shown &&
    (await catalog.definitionOf({ project: projectName, workflow, content: shown.content }));
  if (!project || !shown || !definition) return undefined;

  const ofTask = new Map(states.map((state) => [state.task, state]));
  const active = definition.tasks.filter((task) => !ofTask.get(task.name)?.undeployed);
  return {
    name,
    loaded: { project, ...shown, definition },
    links: taskLinks(definition, projectName),
    tasks: active.map(
      (task): GraphTask => ({
        id: `${name}/${task.name}`,
        ...{ project: projectName, workflow, task: task.name },
        outputs: outputsOf(task),
        paused: ofTask.get(task.name)?.paused !== undefined,
      }),
    ),
  };
};

/** A workflow that is offline, or was never online here, is backfilled with its newest version. */
const shownIn = (
  { pins, latest, deletedAt }: WorkflowRecord,
  env: Env,
): { readonly version: number; readonly content: string } | undefined => {
  if (deletedAt) return undefined;
  const pin = pins[env];
  const { version, content } = pin && pin.version > 0 ? pin : (latest ?? {});
  return version && content ? { version, content } : undefined;
};

const outputsOf = (task: Task): readonly Key[] =>
  task.kind === 'sql' && task.writes ? [...task.outputs, task.writes] : task.outputs;
