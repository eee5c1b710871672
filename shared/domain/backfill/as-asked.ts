import type { PlannedInstance } from '../generation/plan.ts';
import { withOverrides } from '../generation/with-overrides.ts';
import type { TaskState } from '../workflow/task-state.schema.ts';
import type { Backfill } from './backfill.schema.ts';

/** An instance as operators have set its task and then as the backfill says. */
export const asAsked = (
  instance: PlannedInstance,
  state: TaskState | undefined,
  {
    priority,
    resourceGroup,
    dryRunTasks,
  }: Pick<Backfill, 'priority' | 'resourceGroup' | 'dryRunTasks'>,
): PlannedInstance => {
  // A task between others stays dry-run whatever its own switch says, and so does one that is to run normally.
  const dryRun = dryRunTasks === 'keep' && instance.empty === undefined ? state?.dryRun : undefined;
  const set = state ? withOverrides(instance, { ...state, dryRun }) : instance;
  return {
    ...set,
    ...(priority ? { priority } : {}),
    ...(resourceGroup ? { resourceGroup } : {}),
  };
};
