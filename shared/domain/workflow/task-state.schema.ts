import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';
import { Priority } from './priority.schema.ts';
import { Retries } from './task.schema.ts';

/** What operators changed about a task in one environment, beside its definition. */
export const TaskState = z
  .object({
    env: Env,
    project: Key,
    workflow: Key,
    task: Key,
    paused: z
      .object({ since: Instant, by: z.string(), reason: z.string().max(200).optional() })
      .optional(),
    undeployed: z
      .object({ since: Instant, by: z.string() })
      .optional()
      .meta({ description: 'its instances stay, a start ends as definition missing' }),
    priority: Priority.optional(),
    resourceGroup: Key.optional(),
    owner: z.string().max(128).optional(),
    timeoutSeconds: z.int().min(1).max(604_800).optional(),
    retries: Retries.partial().optional().meta({
      description: 'what it names beats the definition, the rest stays',
    }),
    dryRun: z.boolean().optional().meta({
      description:
        'new instances succeed without running, or run although the definition says dry-run',
    }),
    changedAt: Instant.optional().meta({ description: 'when somebody changed any of it last' }),
  })
  .meta({ id: 'TaskState' });
export type TaskState = z.infer<typeof TaskState>;
