import { TaskField, type TaskRow } from '../../shared/contracts/api/task-view.ts';
import type { Hold } from '../../shared/domain/hold/hold.schema.ts';
import { holdsOf } from '../../shared/domain/hold/holds-of.ts';
import { laterOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
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

/** A task as it is published, with what operators set about it. */
export type ShownTask = {
  readonly version: number;
  readonly online: boolean;
  /** When its workflow was changed last. */
  readonly updatedAt: Instant;
  readonly head: Pick<WorkflowDefinition, 'schedule' | 'owner'>;
  readonly task: Task;
  readonly state: Revised<TaskState> | undefined;
};

/** A task as lists show it: its definition with what operators set beside it, and the holds that cover it at `now`. */
export const taskRow = (
  { env, project, workflow }: TaskPlace,
  { version, online, updatedAt, head, task, state }: ShownTask,
  holds: readonly Hold[],
  now: Instant,
): TaskRow => {
  const { retries, priority, resourceGroup } = effective(task, state);
  const subject = { env, project, workflow, task: task.name, priority };
  const pools = task.pools.map((pool) => `throttle:${pool}`);
  const [active] = holdsOf(
    { ...subject, resourceGroup: resourceGroup ?? 'default' },
    pools,
    holds,
    now,
  );

  return {
    id: `${project}/${workflow}/${task.name}`,
    ...{ project, workflow, env, version, online },
    task: task.name,
    kind: task.kind,
    description: task.description,
    trigger: triggerOf(task, head),
    schedule: scheduleOf(task, head),
    owner: state?.owner ?? task.owner ?? head.owner,
    ...{ priority, resourceGroup, retries },
    pools: task.pools,
    tags: task.tags,
    timeoutSeconds: state?.timeoutSeconds ?? task.timeoutSeconds,
    dryRun: state?.dryRun ?? task.dryRun,
    deployed: state?.undeployed === undefined,
    paused: state?.paused,
    held: active && {
      since: active.since,
      by: active.hold.by,
      reason: active.hold.reason,
      until: active.clearsAt,
    },
    overridden: TaskField.options.filter((field) => state?.[field] !== undefined),
    updatedAt: laterOf(updatedAt, state?.changedAt),
    rev: state?.rev ?? 0,
  };
};

const effective = (task: Task, state: TaskState | undefined) => ({
  priority: state?.priority ?? task.priority,
  resourceGroup: state?.resourceGroup ?? task.resourceGroup,
  retries: task.retries || state?.retries ? { ...task.retries, ...state?.retries } : undefined,
});
