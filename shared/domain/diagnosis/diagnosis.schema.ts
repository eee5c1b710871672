import * as z from 'zod';
import { Blocker, Decision } from '../gate/decision.schema.ts';
import { Family, Outcome, Status } from '../instance/instance.schema.ts';
import { Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';
import { ClearingAction } from './clearing-action.schema.ts';
import { ErrorHint } from './error-hint.ts';
import { RootState } from './root-of.ts';
import { DiagnosisStep, DiagnosisStepName } from './steps-of.ts';

const actions = z.array(ClearingAction).meta({ description: 'what would clear it' });

const ref = {
  id: z.string(),
  project: Key,
  workflow: Key,
  task: Key,
  index: z.int(),
  bizDate: BizDate,
  family: Family,
  hidden: z.boolean().meta({ description: 'of a project that the caller may not see' }),
};

/** Where everything below it really waits. */
export const RootBlocker = z
  .object({
    ...ref,
    state: RootState,
    level: z.int().min(1).meta({ description: 'how many steps upstream' }),
    status: Status.optional(),
    since: Instant.optional(),
    error: z.string().optional(),
    blockers: z
      .array(Blocker)
      .meta({ description: 'why it does not start itself, in the order of the gate' }),
    needsPerson: z.boolean(),
    clearsAt: Instant.optional().meta({
      description: 'when it is expected to end, or to be let go; missing: nobody can tell',
    }),
    runsSeconds: z.number().optional(),
    meanSeconds: z.number().optional(),
    slow: z.boolean().meta({ description: 'it runs more than half as long again as usual' }),
    actions,
  })
  .meta({ id: 'RootBlocker' });
export type RootBlocker = z.infer<typeof RootBlocker>;

const DirectUpstream = z
  .object({
    ...ref,
    status: Status.optional().meta({ description: 'missing: not generated' }),
    outcome: Outcome.optional(),
    met: z.boolean().meta({ description: 'it has succeeded and is waited for no longer' }),
  })
  .meta({ id: 'DirectUpstream' });

/** A limited pool that has no room for the instance. */
export const PoolWait = z
  .object({
    pool: z.string(),
    kind: z.enum(['throttle', 'resource']),
    name: z.string(),
    limit: z.int(),
    used: z.int(),
    reopensAt: Instant.optional(),
    since: Instant.meta({ description: 'since when it waits for it' }),
    position: z.int().min(1).optional().meta({
      description: 'its place in the queue; missing while it queues for another pool first',
    }),
    waiting: z.object({ count: z.int(), more: z.boolean() }),
    holders: z.array(
      z.object({ id: z.string(), since: Instant, expectedEndAt: Instant.optional() }),
    ),
    expectedAt: Instant.optional().meta({ description: 'when its turn is expected' }),
  })
  .meta({ id: 'PoolWait' });
export type PoolWait = z.infer<typeof PoolWait>;

/** What the last attempt did, and what is left. */
const Execution = z
  .object({
    status: Status,
    outcome: Outcome.optional(),
    attempts: z.int(),
    retriesLeft: z.int(),
    retryAt: Instant.optional(),
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    deadlineAt: Instant.optional(),
    seconds: z.number().optional(),
    meanSeconds: z.number().optional(),
    error: z.string().optional(),
    errorHint: ErrorHint.optional(),
    actions,
  })
  .meta({ id: 'DiagnosedExecution' });

/** Peculiarities that explain what surprises people. */
export const DiagnosisHint = z
  .enum([
    'no-upstream',
    'dry-run',
    'off-day',
    'out-of-range',
    'expired',
    'forced',
    'slow',
    'upstream-slow',
  ])
  .meta({ id: 'DiagnosisHint' });
export type DiagnosisHint = z.infer<typeof DiagnosisHint>;

/**
 * Why an instance does not run, or how it ran: the gate's own answer, the five steps that follow from it, and what would
 * clear each of the things in the way (nodes-and-instances 5).
 */
export const Diagnosis = z
  .object({
    decision: z
      .enum(['run', 'pass', 'fail', 'wait', 'active', 'ended'])
      .meta({ description: 'what dispatch would decide now' }),
    status: Status,
    at: Instant,
    blockers: z.array(Blocker.extend({ actions })),
    gate: Decision,
    blocking: DiagnosisStepName.nullable().meta({ description: 'the step in the way' }),
    steps: z.array(DiagnosisStep).length(5),
    upstream: z.object({
      total: z.int(),
      items: z.array(DirectUpstream).meta({ description: 'up to 200, open ones first' }),
      roots: z.array(RootBlocker).meta({
        description: 'at any depth, up to 50; what a person must act on first, then the nearest',
      }),
      searched: z.object({
        instances: z.int(),
        levels: z.int(),
        complete: z.boolean().meta({ description: 'false: there may be more roots' }),
      }),
    }),
    pools: z.array(PoolWait),
    execution: Execution,
    hints: z.array(DiagnosisHint),
    clearsAt: Instant.nullable().meta({
      description: 'when it is expected to be free to start; null: nobody can tell',
    }),
  })
  .meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof Diagnosis>;
