import * as z from 'zod';
import { Family, Status } from '../instance/instance.schema.ts';
import { Key } from '../kernel/key.schema.ts';
import { Priority } from '../workflow/priority.schema.ts';
import { TaskKind } from '../workflow/task.schema.ts';

/** An instance that a selection names or a graph reaches, as it was when it was looked at. */
export const Candidate = z.object({
  id: z.string(),
  refusal: z.string().optional().meta({ description: 'why the operation cannot be done to it' }),
  does: z
    .enum(['moves', 'stops', 'waits'])
    .optional()
    .meta({ description: 'what the operation would do to it' }),
  status: Status.optional().meta({ description: 'missing: there is no such instance' }),
  family: Family.optional(),
  kind: TaskKind.optional(),
  priority: Priority.optional(),
  resourceGroup: Key.optional(),
  level: z.int().min(0).optional().meta({ description: 'known from an earlier operation' }),
  root: z.boolean().optional(),
  parents: z.array(z.string()).optional(),
  children: z.array(z.string()).optional(),
});
export type Candidate = z.infer<typeof Candidate>;
