import type { TaskRow } from '../../../../shared/contracts/api/task-view.ts';
import type { Role } from '../../../../shared/domain/project/project.schema.ts';

/** Operations that are confirmed for many tasks at once. */
export const batchActions = [
  'pause',
  'resume',
  'set-owner',
  'set-priority',
  'set-resource-group',
  'set-timeout',
  'set-retries',
  'set-dry-run',
  'undeploy',
] as const;
export type BatchAction = (typeof batchActions)[number];

/** Operations that start one task. */
type StartAction = 'run' | 'test-run';
export type TaskAction = BatchAction | StartAction;
export const taskActions: readonly TaskAction[] = ['run', 'test-run', ...batchActions];

export type TaskRefusal = 'is-paused' | 'not-paused' | 'is-undeployed' | 'not-online';

/** The least role for each operation, as the API's route table has it. */
export const roleFor = (action: TaskAction): Role =>
  action === 'undeploy' ? 'developer' : 'operator';

/**
 * Why an operation leaves a task out; undefined when it takes part. The API decides again: this only saves people from
 * asking for what cannot be.
 */
export const taskRefusal = (
  { paused, deployed, online }: Pick<TaskRow, 'paused' | 'deployed' | 'online'>,
  action: TaskAction,
): TaskRefusal | undefined => {
  switch (action) {
    case 'pause':
      return paused ? 'is-paused' : undefined;
    case 'resume':
      return paused ? undefined : 'not-paused';
    case 'undeploy':
    case 'run':
    case 'test-run':
      if (!deployed) return 'is-undeployed';
      return online ? undefined : 'not-online';
    default:
      return undefined;
  }
};
