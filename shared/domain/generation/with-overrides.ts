import type { TaskState } from '../workflow/task-state.schema.ts';
import type { PlannedInstance } from './plan.ts';

/**
 * A new instance as operators have set its task: what they left alone stays as the definition says. An instance that
 * runs nothing for another reason (off day, out of range) keeps that reason.
 */
export const withOverrides = (instance: PlannedInstance, state: TaskState): PlannedInstance => {
  const { empty, ...rest } = instance;
  const isDry = state.dryRun ?? empty === 'dry-run';
  const stays = empty === 'dry-run' ? undefined : empty;
  const reason = stays ?? (isDry ? ('dry-run' as const) : undefined);
  return {
    ...rest,
    priority: state.priority ?? instance.priority,
    resourceGroup: state.resourceGroup ?? instance.resourceGroup,
    timeoutSeconds: state.timeoutSeconds ?? instance.timeoutSeconds,
    retries: { ...instance.retries, ...state.retries },
    ...(reason ? { empty: reason } : {}),
  };
};
