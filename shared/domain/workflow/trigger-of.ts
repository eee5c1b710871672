import type { Schedule } from '../schedule/schedule.schema.ts';
import type { WorkflowDefinition } from './definition.schema.ts';
import type { Task } from './task.schema.ts';

/** When `task` falls due by itself: its own schedule, else the one of its workflow. */
export const scheduleOf = (
  task: Pick<Task, 'schedule'>,
  definition: Pick<WorkflowDefinition, 'schedule'>,
): Schedule | undefined => task.schedule ?? definition.schedule;

/** Whether the nightly generation makes instances of `task`. */
export const triggerOf = (
  task: Pick<Task, 'schedule' | 'trigger'>,
  definition: Pick<WorkflowDefinition, 'schedule'>,
): 'recurring' | 'manual' =>
  task.trigger ?? (scheduleOf(task, definition) ? 'recurring' : 'manual');
