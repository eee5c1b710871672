import { err } from '../../shared/domain/kernel/result.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { DefinitionHead } from '../stores/workflows.ts';
import type { ShownTask, TaskPlace } from './task-row.ts';

export type FoundTask = ShownTask & { readonly head: DefinitionHead };

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
  const { version, online } = shown;
  return head && task && { version, online, updatedAt: record.updatedAt, head, task, state };
};

export type ShownVersion = {
  readonly version: number;
  readonly content: string;
  readonly online: boolean;
};

/** The version whose tasks are shown: what is online, else the newest. */
export const shownVersion = (
  record: WorkflowRecord,
  env: TaskPlace['env'],
): ShownVersion | undefined => {
  const online = onlineVersion(record, env);
  if (online) return online;
  const { latest, deletedAt } = record;
  return latest && !deletedAt
    ? { version: latest.version, content: latest.content, online: false }
    : undefined;
};

/** What is online in an environment; undefined when nothing is. */
export const onlineVersion = (
  { pins, deletedAt }: WorkflowRecord,
  env: TaskPlace['env'],
): ShownVersion | undefined => {
  const pin = pins[env];
  return pin && pin.version > 0 && !deletedAt
    ? { version: pin.version, content: pin.content, online: true }
    : undefined;
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
