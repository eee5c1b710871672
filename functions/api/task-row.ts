import type { TaskRow } from '../../shared/contracts/api/task-routes.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import type { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import { scheduleOf, triggerOf } from '../../shared/domain/workflow/trigger-of.ts';
import type { Revised } from '../stores/collection.ts';

export type TaskPlace = {
  readonly env: Env;
  readonly project: string;
  readonly workflow: string;
};

/** A task as lists show it: its definition with what operators set beside it. */
export const taskRow = (
  { env, project, workflow }: TaskPlace,
  version: number,
  head: Pick<WorkflowDefinition, 'schedule' | 'owner'>,
  task: Task,
  state: Revised<TaskState> | undefined,
): TaskRow => ({
  id: `${project}/${workflow}/${task.name}`,
  ...{ project, workflow, env, version },
  task: task.name,
  kind: task.kind,
  description: task.description,
  trigger: triggerOf(task, head),
  schedule: scheduleOf(task, head),
  owner: state?.owner ?? task.owner ?? head.owner,
  priority: state?.priority ?? task.priority,
  resourceGroup: state?.resourceGroup ?? task.resourceGroup,
  pools: task.pools,
  tags: task.tags,
  dryRun: task.dryRun,
  deployed: state?.undeployed === undefined,
  paused: state?.paused,
  rev: state?.rev ?? 0,
});
