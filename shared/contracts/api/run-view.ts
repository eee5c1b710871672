import * as z from 'zod';
import { Family, Status } from '../../domain/instance/instance.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { RunStatus } from '../../domain/run/run.schema.ts';
import { Parameters } from '../../domain/workflow/task.schema.ts';

/** The part of a run that scripts rely on. */
export const RunSummary = z
  .object({
    run: z.string(),
    workflow: Key,
    status: RunStatus,
    total: z.int().min(0),
    ended: z.int().min(0),
    failed: z.int().min(0),
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'RunSummary' });
export type RunSummary = z.infer<typeof RunSummary>;

/** A workflow run: the summary and what the console shows beside it. */
export const RunView = RunSummary.extend({
  env: Env,
  project: Key,
  family: Family,
  bizDate: BizDate,
  cycle: z.int().min(1),
  version: z.int().min(1).optional().meta({ description: 'missing until it is generated' }),
  dueAt: Instant.optional(),
  counts: z.partialRecord(Status, z.int().min(0)),
  startedBy: z.string().optional(),
  retryable: z.boolean().default(false).meta({
    description: 'failed for good, and no retry of it runs or has succeeded',
  }),
  retry: z
    .object({
      run: z.string(),
      status: RunStatus,
      at: Instant,
      by: z.string(),
      reason: z.string().optional(),
      count: z.int().min(1).meta({ description: 'manual retries so far' }),
    })
    .optional()
    .meta({ description: 'its latest manual retry, of a failed run only' }),
  autoRetries: z.int().min(1).optional().meta({
    description: 'automatic retries of its instances',
  }),
  retryOf: z.string().optional().meta({ description: 'run that this one repeats' }),
  parameters: Parameters.optional().meta({ description: 'given at its start' }),
}).meta({ id: 'RunView' });
export type RunView = z.infer<typeof RunView>;
