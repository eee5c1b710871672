import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Priority } from '../../domain/workflow/priority.schema.ts';
import { TaskKind } from '../../domain/workflow/task.schema.ts';
import { NodeAllows } from '../../domain/workflow/task-graph.schema.ts';

/** A task in the graph of another one. Of a hidden task there is only its name. */
export const TaskGraphNode = z
  .object({
    id: z.string().meta({ description: '`project/workflow/task`' }),
    project: Key,
    workflow: Key,
    task: Key,
    level: z
      .int()
      .meta({ description: '0: the task asked for; below 0 upstream, above 0 downstream' }),
    foreign: z.boolean().meta({ description: 'of another project than the task asked for' }),
    hidden: z.boolean().meta({ description: 'of a project that the caller may not see' }),
    allows: NodeAllows,
    missing: z.boolean().meta({ description: 'no version that is online has it' }),
    kind: TaskKind.optional(),
    owner: z.string().optional(),
    priority: Priority.optional(),
    paused: z.boolean(),
    held: z.boolean(),
    dryRun: z.boolean(),
    deployed: z.boolean(),
    moreUp: z.int().min(0).meta({ description: 'upstreams that the picture leaves out' }),
    moreDown: z.int().min(0).meta({ description: 'downstreams that the picture leaves out' }),
  })
  .meta({ id: 'TaskGraphNode' });
export type TaskGraphNode = z.infer<typeof TaskGraphNode>;

export const TaskGraph = z
  .object({
    nodes: z.array(TaskGraphNode),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        kind: z
          .enum(['current', 'cross-cycle', 'self'])
          .meta({ description: 'all but `current` cross cycles and are drawn dashed' }),
      }),
    ),
    truncated: z.boolean().meta({ description: 'there is more than one answer may hold' }),
  })
  .meta({ id: 'TaskGraph' });
export type TaskGraph = z.infer<typeof TaskGraph>;

const levels = z
  .string()
  .regex(/^(all|10|\d)$/, { error: 'must be 0 to 10 or all' })
  .default('1');

const addresses = z
  .string()
  .max(8_000)
  .optional()
  .transform((text) => (text ?? '').split(',').filter((part) => part !== ''))
  .pipe(z.array(z.string()).max(100));

/** How far a graph reaches; single nodes of it can be opened one level further. */
export const taskGraphQuery = z.object({
  env: Env.default('prod'),
  up: levels,
  down: levels,
  openUp: addresses.meta({ description: 'nodes whose upstreams are wanted too, comma-separated' }),
  openDown: addresses.meta({ description: 'nodes whose downstreams are wanted too' }),
});
