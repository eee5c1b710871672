import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';
import { Parameters } from '../workflow/task.schema.ts';

const asked = z.object({
  id: z
    .string()
    .min(1)
    .max(300)
    .meta({ description: 'same id, same request: asking twice is asking once' }),
  env: Env,
  project: Key,
  bizDate: BizDate,
  actor: z.string(),
  at: Instant,
});

/** What came of a request. */
export const RequestResult = z.object({
  instances: z
    .int()
    .min(0)
    .meta({ description: 'created by this request, however often it was tried' }),
  edges: z.int().min(0).meta({ description: 'dependencies of those' }),
  existing: z.int().min(0).meta({ description: 'found: another generation had made them' }),
});
export type RequestResult = z.infer<typeof RequestResult>;

const progress = z.object({
  status: z.enum(['REQUESTED', 'DONE', 'REFUSED']),
  result: RequestResult.optional(),
  reason: z.string().optional().meta({ description: 'why it was refused' }),
  finishedAt: Instant.optional(),
});

/** What the API writes instead of calling a stage: start a workflow by hand, or generate a date now. */
export const OperationRequest = z
  .intersection(
    progress,
    z.discriminatedUnion('kind', [
      asked.extend({
        kind: z.literal('start'),
        workflow: Key,
        scope: z.string().min(1),
        runId: z.string(),
        parameters: Parameters.default({}),
        tasks: z.array(Key).optional().meta({ description: 'default: every task' }),
        dryRun: z.boolean().optional().meta({ description: 'order and gate, but no code' }),
        retryOf: z.string().optional().meta({ description: 'run that this one repeats' }),
        version: z.int().min(1).optional().meta({
          description: 'version to run whatever is online; default: what is online',
        }),
        taskParameters: z.record(Key, Parameters).optional().meta({
          description: 'of single tasks; they beat `parameters`',
        }),
        plannedAt: Instant.optional().meta({
          description: 'due time that the parameters are about; default: that of the new run',
        }),
        plannedAtOf: z.record(Key, Instant).optional().meta({
          description: 'of the tasks for which it is another one',
        }),
      }),
      asked.extend({
        kind: z.literal('generate'),
        from: Instant.optional().meta({ description: 'cycles due before it are left out' }),
        cutoffAt: Instant,
      }),
      asked.extend({
        kind: z.literal('backfill'),
        backfill: z.string().meta({ description: 'its id; the date is its first' }),
      }),
    ]),
  )
  .meta({ id: 'OperationRequest' });
export type OperationRequest = z.infer<typeof OperationRequest>;
