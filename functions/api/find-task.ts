import { err } from '../../shared/domain/kernel/result.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import type { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { Revised } from '../stores/collection.ts';
import type { DefinitionHead } from '../stores/workflows.ts';
import type { TaskPlace } from './task-row.ts';

export type FoundTask = {
  readonly version: number;
  readonly head: DefinitionHead;
  readonly task: Task;
  readonly state: Revised<TaskState> | undefined;
};

/** A task of what is online in the environment, else of the newest version. */
export const findTask = async (
  catalog: CatalogStore,
  place: TaskPlace & { readonly task: string },
): Promise<FoundTask | undefined> => {
  const { env, project, workflow, task: name } = place;
  const record = await catalog.findWorkflow(project, workflow);
  const shown = record && shownVersion(record, env);
  if (!shown) return undefined;

  const ref = { project, workflow, content: shown.content };
  const [head, task, state] = await Promise.all([
    catalog.definitionHeadOf(ref),
    catalog.taskOf(ref, name),
    catalog.findTaskState(env, project, workflow, name),
  ]);
  return head && task && { version: shown.version, head, task, state };
};

/** The version whose tasks are shown: what is online, else the newest. */
export const shownVersion = (
  { pins, latest, deletedAt }: WorkflowRecord,
  env: TaskPlace['env'],
): { readonly version: number; readonly content: string } | undefined => {
  const pin = pins[env];
  if (deletedAt) return undefined;
  return pin && pin.version > 0 ? pin : latest;
};

export const noTask = ({
  project,
  workflow,
  task,
}: {
  readonly project: string;
  readonly workflow: string;
  readonly task: string;
}) =>
  err({
    code: 'task-not-found',
    detail: `workflow ${project}/${workflow} has no task ${task}`,
  } as const);
