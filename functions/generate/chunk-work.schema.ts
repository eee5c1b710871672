import * as z from 'zod';
import { Env, Key } from '../../shared/domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../shared/domain/kernel/time.schema.ts';

/** A version of a workflow, or a share of its tasks when it is large (`from` inclusive, `to` exclusive, in order). */
export const WorkflowShare = z.object({
  workflow: Key,
  version: z.int().min(1),
  content: z.string(),
  timing: z.enum(['ON', 'OFF']),
  tasks: z.object({ from: z.int().min(0), to: z.int().min(1) }).optional(),
});
export type WorkflowShare = z.infer<typeof WorkflowShare>;

const common = z.object({
  env: Env,
  project: Key,
  bizDate: BizDate,
  cutoffAt: Instant,
});

/** What one chunk generates: a share of a project's day, one start by hand, or some instances of a backfill. */
export const ChunkWork = z.discriminatedUnion('kind', [
  common.extend({
    kind: z.literal('day'),
    from: Instant.optional(),
    missedBefore: Instant.optional(),
    workflows: z.array(WorkflowShare),
  }),
  common.extend({
    kind: z.literal('start'),
    workflow: WorkflowShare,
    scope: z.string(),
    tasks: z.array(Key).optional(),
    dryRun: z.boolean().optional(),
    pinned: z.boolean().optional(),
    plannedAt: Instant.optional(),
    plannedAtOf: z.record(Key, Instant).optional(),
    actor: z.string(),
  }),
  common.extend({
    kind: z.literal('backfill'),
    backfill: z.string(),
    shares: z
      .array(z.object({ n: z.int().min(0), from: z.int().min(0), to: z.int().min(1) }))
      .meta({ description: 'places of dates in the plan, and of instances in each date' }),
    actor: z.string(),
  }),
]);
export type ChunkWork = z.infer<typeof ChunkWork>;
