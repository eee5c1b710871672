import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Schedule } from '../schedule/schedule.schema.ts';
import { Parameters, Task } from './task.schema.ts';

/** `wait` for the run before, `skip` this run, or of those that wait run `newest-only` (spec/README 18). */
export const Concurrency = z
  .enum(['parallel', 'wait', 'skip', 'newest-only'])
  .meta({ id: 'Concurrency' });
export type Concurrency = z.infer<typeof Concurrency>;

/**
 * What becomes of runs that were due while nothing was generated. They are always created; those that may not run expire
 * (spec/README 19).
 */
export const CatchUp = z
  .object({
    run: z
      .enum(['all', 'newest', 'none'])
      .default('all')
      .meta({ description: 'oldest first, only the newest, or none' }),
    atMost: z
      .int()
      .min(1)
      .max(288)
      .default(288)
      .meta({ description: 'missed runs of a day that may run with `all`: the newest ones' }),
  })
  .meta({ id: 'CatchUp' });
export type CatchUp = z.infer<typeof CatchUp>;

/** What a team writes (YAML or JSON) and publishes: a DAG of tasks and their default schedule. */
export const WorkflowDefinition = z
  .object({
    workflow: Key,
    description: z.string().max(1024).optional(),
    owner: z.string().max(128).optional(),
    tags: z.array(Key).max(20).default([]),
    schedule: Schedule.optional().meta({
      description: 'default schedule of its tasks; none: started by hand',
    }),
    concurrency: Concurrency.optional().meta({
      description: 'what a run does while the run before has not ended; default: parallel',
    }),
    catchUp: CatchUp.optional(),
    parameters: Parameters.default({}),
    tasks: z.array(Task).min(1).max(10_000),
  })
  .meta({ id: 'WorkflowDefinition' });
export type WorkflowDefinition = z.infer<typeof WorkflowDefinition>;

/** One thing wrong with a definition. `path` is a JSON pointer-like path such as `tasks[3].upstreams[0]`. */
export const Problem = z
  .object({
    path: z.string(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'DefinitionProblem' });
export type Problem = z.infer<typeof Problem>;

/** Where a workflow stands in one environment: three independent axes (workflows-and-logs A1.3). */
export const WorkflowState = z
  .object({
    publish: z.enum(['DRAFT', 'PUBLISHED', 'MODIFIED']),
    online: z.enum(['ONLINE', 'OFFLINE']),
    timing: z.enum(['ON', 'OFF']),
    version: z
      .int()
      .min(0)
      .meta({ description: 'pinned version while online, else the newest published; 0: none' }),
    latestVersion: z.int().min(0),
  })
  .meta({ id: 'WorkflowState' });
export type WorkflowState = z.infer<typeof WorkflowState>;
