import * as z from 'zod';
import { Family, Outcome, Status } from '../instance/instance.schema.ts';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';
import { Role } from '../project/project.schema.ts';
import { Priority } from '../workflow/priority.schema.ts';

/** What can be done to many instances at once. `rerun-downstream` is a rerun of what hangs below one of them. */
export const BulkOp = z
  .enum([
    'rerun',
    'force-rerun',
    'rerun-downstream',
    'set-success',
    'terminate',
    'pause',
    'resume',
    'hold',
    'unhold',
    'set-priority',
    'set-resource-group',
    'undo',
  ])
  .meta({ id: 'BulkOp' });
export type BulkOp = z.infer<typeof BulkOp>;

/** The operations that leave something to take back, as long as nothing has followed from it. */
export const undoableOps: readonly BulkOp[] = [
  'set-success',
  'pause',
  'hold',
  'set-priority',
  'set-resource-group',
];

/** Most instances of one operation; memory of its plan. */
export const mostTargets = 20_000;

/** What the moves of an operation set. */
export const OperationParameters = z
  .object({
    priority: Priority.optional(),
    resourceGroup: Key.optional(),
    reason: z.string().min(1).max(200).optional().meta({ description: 'why they are held' }),
    until: Instant.optional().meta({ description: 'end of the hold; default: until lifted' }),
    force: z
      .boolean()
      .optional()
      .meta({ description: 'rerun-downstream: whatever their status and upstreams outside' }),
  })
  .meta({ id: 'OperationParameters' });
export type OperationParameters = z.infer<typeof OperationParameters>;

/** All instances that match. Empty lists of values do not occur: a condition is given or left out. */
export const OperationFilter = z
  .object({
    env: Env.default('prod'),
    family: Family.exclude(['barrier']).default('recurring'),
    bizDate: z
      .object({ from: BizDate, to: BizDate })
      .optional()
      .meta({ description: 'both included, at most 31 days; needed unless a run is named' }),
    run: z.string().max(300).optional().meta({ description: 'instances of this workflow run' }),
    projects: z.array(Key).min(1).max(50).optional(),
    scope: z.string().max(64).optional().meta({ description: 'of a backfill or a start by hand' }),
    status: z.array(Status).min(1).optional(),
    outcome: z.array(Outcome).min(1).optional(),
    workflow: Key.optional(),
    task: z.string().min(1).max(64).optional().meta({ description: 'part of the name' }),
    owner: z.string().min(1).max(128).optional(),
    priority: z.array(Priority).min(1).optional(),
    resourceGroup: Key.optional(),
    paused: z.boolean().optional(),
    held: z.boolean().optional(),
  })
  .meta({ id: 'OperationFilter' });
export type OperationFilter = z.infer<typeof OperationFilter>;

/** Which of the instances below a root (nodes-and-instances 4.3): the ticked, the failed, all, or the ended ones. */
export const DownstreamRange = z.enum(['list', 'all-failed', 'all', 'terminal']);
export type DownstreamRange = z.infer<typeof DownstreamRange>;

export const DownstreamSelection = z
  .object({
    root: z.string().max(400),
    range: DownstreamRange,
    ids: z
      .array(z.string().max(400))
      .min(1)
      .max(1000)
      .optional()
      .meta({ description: 'the ticked ones, with range `list`' }),
    includeRoot: z.boolean().default(true),
    levels: z.int().min(1).max(1000).optional().meta({ description: 'default: any depth' }),
  })
  .meta({ id: 'DownstreamSelection' });
export type DownstreamSelection = z.infer<typeof DownstreamSelection>;

/** What an operation is about, as it was asked. `of` are items of an earlier operation: a retry or an undo. */
export const Selection = z
  .object({
    ids: z.array(z.string().max(400)).min(1).optional(),
    filter: OperationFilter.optional(),
    downstream: DownstreamSelection.optional(),
    of: z.object({ operation: z.string(), items: z.enum(['unfinished', 'succeeded']) }).optional(),
  })
  .meta({ id: 'OperationSelection' });
export type Selection = z.infer<typeof Selection>;

export const OperationStatus = z
  .enum(['PLANNING', 'PLANNED', 'RUNNING', 'DONE', 'ABORTED', 'REFUSED'])
  .meta({ id: 'OperationStatus', description: 'Where the bulk operation is on its way' });
export type OperationStatus = z.infer<typeof OperationStatus>;

/** An operation on many instances: planned, confirmed, then carried out by the server. */
export const BulkOperation = z
  .object({
    id: z.string(),
    op: BulkOp,
    status: OperationStatus,
    actor: z.string(),
    role: Role.optional().meta({ description: 'what the actor may do in every project' }),
    comment: z.string().optional(),
    at: Instant,
    touchedAt: Instant.meta({ description: 'last sign of life of whoever works on it' }),
    plannedAt: Instant.optional(),
    confirmedAt: Instant.optional(),
    finishedAt: Instant.optional(),
    reason: z.string().optional().meta({ description: 'why it was refused or aborted' }),
    of: z.string().optional().meta({ description: 'the operation that it retries or undoes' }),
    projects: z.array(Key).optional().meta({ description: 'of its instances, once planned' }),
    chunks: z.int().min(0),
    total: z.int().min(0).meta({ description: 'instances that it is carried out on' }),
    ineligible: z.int().min(0).meta({ description: 'selected, but left out with a reason' }),
    succeeded: z.int().min(0),
    skipped: z.int().min(0).meta({ description: 'no longer in a state for it' }),
    failed: z.int().min(0),
  })
  .meta({ id: 'BulkOperation' });
export type BulkOperation = z.infer<typeof BulkOperation>;

/** What an operation was asked for: frozen when it is written down. */
export const OperationAsk = z.object({
  selection: Selection,
  parameters: OperationParameters,
});
export type OperationAsk = z.infer<typeof OperationAsk>;

export const ItemResult = z.enum(['succeeded', 'skipped', 'failed']);
export type ItemResult = z.infer<typeof ItemResult>;

/** One instance of an operation. Lower levels are moved first; those of one level wait for nobody of it. */
export const OperationItem = z.object({
  id: z.string(),
  level: z.int().min(0),
  root: z.boolean().optional(),
  refusal: z.string().optional().meta({ description: 'why it is left out: never moved' }),
  result: ItemResult.optional(),
  reason: z.string().optional().meta({ description: 'why it was skipped or failed' }),
});
export type OperationItem = z.infer<typeof OperationItem>;
