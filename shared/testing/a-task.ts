import type * as z from 'zod';
import { Task } from '../domain/workflow/task.schema.ts';

export type TaskInput = z.input<typeof Task>;

/** A `noop` task named `t`, parsed, with what a test says differently. */
export const aTask = (fields: Partial<TaskInput> = {}): Task =>
  Task.parse({ name: 't', kind: 'noop', ...fields });
