import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';
import { Priority } from '../workflow/priority.schema.ts';
import { Retries, TaskKind } from '../workflow/task.schema.ts';

/** How an instance came to be. A `barrier` stands between many parents and many children and runs nothing. */
export const Family = z
  .enum(['recurring', 'manual', 'backfill', 'barrier'])
  .meta({ id: 'Family', description: 'How the instance came to be' });
export type Family = z.infer<typeof Family>;

/** Where an instance is on its way (design.md §3). Paused, held and stopping are flags beside it. */
export const Status = z
  .enum([
    'NOT_RUN',
    'WAIT_TIME',
    'THROTTLED',
    'WAIT_RESOURCE',
    'SUBMITTED',
    'RUNNING',
    'SUCCESS',
    'FAILED',
  ])
  .meta({ id: 'Status', description: 'Where the instance is on its way' });
export type Status = z.infer<typeof Status>;

/** How an ended instance ended. */
export const Outcome = z
  .enum([
    'ran',
    'dry-run',
    'off-day',
    'out-of-range',
    'branch-not-taken',
    'set-by-hand',
    'expired',
    'failed',
    'timed-out',
    'terminated',
    'definition-missing',
    'lost',
  ])
  .meta({ id: 'Outcome', description: 'How an ended instance ended' });
export type Outcome = z.infer<typeof Outcome>;

/** Why an instance turns SUCCESS without running: decided when it is generated. */
export const Empty = z.enum(['dry-run', 'off-day', 'out-of-range', 'expired']);
export type Empty = z.infer<typeof Empty>;

/** One committed transition: the history of an instance is its moves. */
export const Move = z
  .object({
    seq: z.int().min(1),
    move: z.string(),
    from: Status.optional(),
    to: Status,
    at: Instant,
    actor: z.string().meta({ description: '`system:<stage>` or the user name' }),
    reason: z.string().optional(),
    operation: z.string().optional().meta({ description: 'bulk operation that it is part of' }),
  })
  .meta({ id: 'Move' });
export type Move = z.infer<typeof Move>;

/** A slot that the instance holds; given back in the transaction that ends the attempt. */
export const HeldSlot = z.object({ pool: z.string(), stripe: z.int().min(0) });
export type HeldSlot = z.infer<typeof HeldSlot>;

/** Somebody keeps an instance from starting, with a reason and, if known, an end. */
export const Held = z.object({
  since: Instant,
  by: z.string(),
  reason: z.string().max(200).optional(),
  until: Instant.optional().meta({ description: 'missing: until somebody lifts it' }),
});
export type Held = z.infer<typeof Held>;

/** What the last undoable operation of a person replaced; gone once anything follows from it. */
export const Undo = z.object({
  move: z.enum(['set-success', 'pause', 'hold', 'set-priority', 'set-resource-group']),
  operation: z.string().optional(),
  priority: Priority.optional(),
  resourceGroup: Key.optional(),
  outcome: Outcome.optional(),
  error: z.string().optional(),
  endedAt: Instant.optional(),
});
export type Undo = z.infer<typeof Undo>;

/** What a run of a workflow does while the run before has not ended (workflows-and-logs B1.5). */
const Overlap = z.enum(['wait', 'skip', 'newest-only']).meta({ id: 'Overlap' });

/** The execution record of a task for one cycle. Identity (project, workflow, task, …) is part of the id. */
export const Instance = z
  .object({
    id: z.string(),
    runId: z.string(),
    env: Env,
    project: Key,
    workflow: Key,
    task: Key,
    family: Family,
    scope: z.string(),
    bizDate: BizDate,
    cycle: z.int().min(1).meta({ description: 'cycle of the workflow run, from 1' }),
    index: z.int().min(1).meta({ description: 'cycle of the task on that day, from 1' }),

    kind: TaskKind,
    version: z.int().min(1).meta({ description: 'workflow version it was generated from' }),
    dueAt: Instant,
    plannedAt: Instant.optional().meta({
      description: 'due time of what it repeats: its parameters are about that',
    }),
    pinned: z.boolean().optional().meta({
      description: 'executes the version it was generated from, whatever is online',
    }),
    priority: Priority,
    resourceGroup: Key,
    timeoutSeconds: z.int().min(1),
    retries: Retries,
    empty: Empty.optional(),
    joins: z
      .enum(['branch'])
      .optional()
      .meta({ description: 'set when an upstream is, or may be skipped by, a branch' }),

    status: Status,
    outcome: Outcome.optional(),
    paused: z.boolean().optional(),
    parked: z.boolean().optional().meta({
      description: 'set aside because it or its task is paused, so that dispatch does not meet it',
    }),
    held: Held.optional(),
    forced: z.boolean().optional().meta({
      description: 'runs whatever its upstreams and its due time say, until it ends',
    }),
    askedAt: Instant.optional().meta({ description: 'since when an approval waits for a person' }),
    undo: Undo.optional(),
    overlap: Overlap.optional(),
    previousRun: z.string().optional().meta({ description: 'run before it, with an overlap rule' }),
    nextDueAt: Instant.optional().meta({
      description: 'when the next run falls due, with overlap newest-only',
    }),
    yields: z.boolean().optional().meta({
      description: 'queues behind everything that does not: a backfill with manners',
    }),
    stopping: z.enum(['terminate', 'timeout', 'rerun', 'force-rerun']).optional(),
    seq: z.int().min(1),
    attempt: z.int().min(0).meta({ description: 'attempts admitted so far' }),
    autoRetries: z
      .int()
      .min(0)
      .meta({ description: 'automatic retries used since the last rerun' }),
    token: z.string().optional().meta({ description: 'claim token of the running attempt' }),
    codeVersion: z.int().optional().meta({ description: 'workflow version the attempt executes' }),
    retryAt: Instant.optional(),
    waitUntil: Instant.optional().meta({
      description: 'end of a wait task, set when its upstreams have ended',
    }),
    submittedAt: Instant.optional(),
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    deadlineAt: Instant.optional().meta({ description: 'when the running attempt is out of time' }),
    slots: z.array(HeldSlot),
    waitingFor: z.string().optional().meta({ description: 'pool it queues for' }),
    passedOver: z.int().min(0).optional(),
    taken: z.array(Key).optional().meta({ description: 'tasks a branch chose' }),
    error: z.string().optional().meta({ description: 'first line of why the last attempt failed' }),
    usage: z
      .object({
        allocatedMb: z.number().optional(),
        usedMb: z.number().optional(),
        cpuSeconds: z.number().optional(),
      })
      .optional()
      .meta({ description: 'what the last attempt used, as far as it was measured' }),
    wrote: z
      .object({ dataset: Key, rows: z.int().min(0).optional() })
      .optional()
      .meta({ description: 'dataset that its last success has written' }),
    moves: z.array(Move),
    expiresAt: z.int().optional().meta({ description: 'epoch seconds; ended instances only' }),
  })
  .meta({ id: 'Instance' });
export type Instance = z.infer<typeof Instance>;

/** One try of an instance = one Step Functions execution. */
export const Attempt = z
  .object({
    attempt: z.int().min(1),
    status: Status,
    outcome: Outcome.optional(),
    codeVersion: z.int().optional(),
    submittedAt: Instant,
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    error: z.string().optional(),
    retried: z.boolean().optional().meta({ description: 'an automatic retry followed' }),
    allocatedMb: z.number().optional(),
    usedMb: z.number().optional(),
    cpuSeconds: z.number().optional(),
  })
  .meta({ id: 'Attempt' });
export type Attempt = z.infer<typeof Attempt>;
