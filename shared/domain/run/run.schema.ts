import * as z from 'zod';
import { Family, Outcome, Status } from '../instance/instance.schema.ts';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';

/** What the instances of a run add up to (spec/README decision 11). */
export const RunStatus = z
  .enum(['WAITING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED'])
  .meta({ id: 'RunStatus' });
export type RunStatus = z.infer<typeof RunStatus>;

/** The instances of one workflow for one cycle or one start. Folded from their moves, never decided. */
export const Run = z
  .object({
    runId: z.string(),
    env: Env,
    project: Key,
    workflow: Key,
    family: Family,
    scope: z.string(),
    bizDate: BizDate,
    cycle: z.int().min(1),
    version: z.int().min(1).meta({ description: 'newest workflow version among its instances' }),
    total: z.int().min(0),
    counts: z.record(Status, z.int().min(0)),
    outcomes: z.partialRecord(Outcome, z.int().min(1)),
    dueAt: Instant.meta({ description: 'earliest due time of its instances' }),
    startedAt: Instant.optional(),
    endedAt: Instant.optional().meta({ description: 'only while its status is final' }),
    status: RunStatus,
    beganAt: Instant.optional().meta({ description: 'when its first attempt was claimed' }),
    reruns: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'moves that took back an end of an instance; missing: none' }),
    retryOf: z.string().optional().meta({ description: 'run that this one repeats' }),
    autoRetries: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'automatic retries of its instances so far; missing: none' }),
    counted: z.boolean().optional().meta({
      description: 'the counters of runs hold it; missing: it was begun before they existed',
    }),
    startedBy: z.string().optional().meta({ description: 'actor of its generation' }),
    seq: z.int().min(1).meta({ description: 'moves folded so far' }),
    lastMoveAt: Instant,
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof Run>;
