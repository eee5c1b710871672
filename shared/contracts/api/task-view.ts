import * as z from 'zod';
import { Instance } from '../../domain/instance/instance.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { Schedule } from '../../domain/schedule/schedule.schema.ts';
import { Priority } from '../../domain/workflow/priority.schema.ts';
import { Retries, TaskKind, Upstream } from '../../domain/workflow/task.schema.ts';

const i = Instance.shape;

/** What operators can set beside the definition. */
export const TaskField = z.enum([
  'owner',
  'priority',
  'resourceGroup',
  'timeoutSeconds',
  'retries',
  'dryRun',
]);
export type TaskField = z.infer<typeof TaskField>;

/** A task of what is online (else of the newest version), with what operators set beside the definition. */
export const TaskRow = z
  .object({
    id: z.string().meta({ description: '`project/workflow/task`' }),
    project: Key,
    workflow: Key,
    task: Key,
    env: Env,
    kind: TaskKind,
    version: z.int().min(1),
    online: z.boolean().meta({ description: 'its workflow is online in this environment' }),
    description: z.string().optional(),
    trigger: z.enum(['recurring', 'manual']),
    schedule: Schedule.optional(),
    owner: z.string().optional(),
    priority: Priority,
    resourceGroup: z.string().optional(),
    pools: z.array(z.string()),
    tags: z.array(z.string()),
    timeoutSeconds: z.int().optional().meta({ description: 'missing: by the runtime settings' }),
    retries: Retries.partial().optional().meta({
      description: 'what is missing comes from the runtime settings',
    }),
    dryRun: z.boolean(),
    deployed: z.boolean().meta({ description: 'false once it was undeployed' }),
    paused: z.object({ since: Instant, by: z.string(), reason: z.string().optional() }).optional(),
    held: z
      .object({ since: Instant, by: z.string(), reason: z.string(), until: Instant.optional() })
      .optional()
      .meta({ description: 'a hold covers it now' }),
    overridden: z.array(TaskField).meta({ description: 'what operators set by hand' }),
    updatedAt: Instant,
    rev: z.int().min(0).meta({ description: 'of what operators set; 0: nothing yet' }),
  })
  .meta({ id: 'TaskRow' });
export type TaskRow = z.infer<typeof TaskRow>;

/** A task in a list: with its place in the graph, its next due time and its last instance. */
export const TaskListRow = TaskRow.extend({
  nextDueAt: Instant.optional(),
  upstreamCount: z.int().min(0),
  downstreamCount: z.int().min(0).meta({ description: 'in published workflows of all projects' }),
  lastInstance: z
    .object({
      id: z.string(),
      status: i.status,
      outcome: i.outcome,
      paused: z.boolean(),
      bizDate: i.bizDate,
      dueAt: Instant,
      startedAt: i.startedAt,
      endedAt: i.endedAt,
    })
    .optional()
    .meta({ description: 'due by now; looked for in the newest runs only' }),
}).meta({ id: 'TaskListRow' });
export type TaskListRow = z.infer<typeof TaskListRow>;

/** Code is for those who operate (decision 17): the work itself is in `work`, absent for viewers. */
export const TaskDetail = TaskRow.extend({
  upstreams: z.array(Upstream),
  selfDependent: z.boolean(),
  parameters: z.record(z.string(), z.string()),
  timeoutCeilingSeconds: z.int().optional(),
  runbook: z.string().optional(),
  work: z.json().optional(),
}).meta({ id: 'TaskDetail' });
export type TaskDetail = z.infer<typeof TaskDetail>;

/** What a change of priority did to instances that had been generated before. */
export const PriorityChanged = TaskRow.extend({
  instances: z
    .object({
      moved: z.int().min(0).meta({ description: 'not started; they have the new priority now' }),
      more: z.boolean().meta({ description: 'the look was bounded; call again for the rest' }),
    })
    .meta({ description: 'those whose priority somebody changed by hand keep theirs' }),
}).meta({ id: 'PriorityChanged' });
