import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import { WallClock } from '../pool/pool.schema.ts';
import { DstPolicy, Schedule } from '../schedule/schedule.schema.ts';
import { Priority } from '../workflow/priority.schema.ts';
import { Parameters } from '../workflow/task.schema.ts';

/** Largest number of tasks that list mode takes; massive mode takes more (nodes-and-instances 3.4, N54). */
export const maxListedTasks = 2_000;
/** Most dates that run side by side (N50). */
export const maxGroups = 12;
const groupsBound = `must be 1 to ${maxGroups}`;
/** Most business dates and instances of one backfill. */
export const maxBackfillDates = 366;
export const maxBackfillInstances = 100_000;

/** A task, named in full. */
const TaskId = z
  .string()
  .max(200)
  .regex(/^[^/]+\/[^/]+\/[^/]+$/, { error: 'must be project/workflow/task' });

const RootId = z
  .string()
  .max(200)
  .regex(/^[^/]+\/[^/]+(?:\/[^/]+)?$/, {
    error: 'must be project/workflow/task, or project/workflow for all its tasks',
  });

/** Keeps (`include`) or drops (`exclude`) what it matches. A downstream task must pass every filter. */
export const BackfillFilter = z
  .object({
    key: z
      .enum(['PROJECT', 'NODE_OUTPUT_NAME', 'NODE_NAME', 'NODE_ID', 'TARGETS', 'SOURCES'])
      .meta({
        description:
          'NODE_OUTPUT_NAME: an output or the dataset it writes; NODE_ID, TARGETS, SOURCES: project/workflow/task. TARGETS matches these and all above them, SOURCES these and all below them',
      }),
    op: z.enum(['include', 'exclude']),
    values: z.array(z.string().min(1).max(200)).min(1).max(500),
  })
  .meta({ id: 'BackfillFilter' });
export type BackfillFilter = z.infer<typeof BackfillFilter>;

/** Which tasks run: the roots and what is chosen below them. */
export const BackfillSelection = z
  .object({
    roots: z.array(RootId).min(1).max(500),
    mode: z
      .enum(['list', 'massive'])
      .default('list')
      .meta({
        description: `list: at most ${maxListedTasks} tasks; massive: all downstream that passes the filters`,
      }),
    levels: z
      .union([z.int().min(0).max(10), z.literal('all')])
      .default(0)
      .meta({ description: 'list mode: levels below the roots; 0: the roots alone' }),
    tasks: z
      .array(TaskId)
      .max(10_000)
      .optional()
      .meta({ description: 'list mode: the ticked tasks instead of levels' }),
    filters: z.array(BackfillFilter).max(20).default([]).meta({ description: 'massive mode' }),
    includeRoot: z
      .boolean()
      .default(true)
      .meta({ description: 'off: the roots are dry-run, only what is below them runs' }),
    skipPaused: z
      .boolean()
      .default(true)
      .meta({ description: 'leave out paused downstream tasks and everything below them' }),
  })
  .meta({ id: 'BackfillSelection' });
export type BackfillSelection = z.infer<typeof BackfillSelection>;

/** Business dates: ranges with both ends, or the last days before the one on which it is submitted. */
export const BackfillDates = z
  .union([
    z.object({
      ranges: z
        .array(
          z
            .object({ from: BizDate, to: BizDate })
            .refine(({ from, to }) => from <= to, { error: 'must not end before it begins' }),
        )
        .min(1)
        .max(7),
    }),
    z.object({ last: z.int().min(1).max(maxBackfillDates) }),
  ])
  .meta({ id: 'BackfillDates' });
export type BackfillDates = z.infer<typeof BackfillDates>;

/** When it becomes runnable. */
const BackfillWhen = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('now') }),
    z.object({ kind: z.literal('at'), at: Instant }),
    z.object({ kind: z.literal('periodic'), schedule: Schedule }),
    z.object({ kind: z.literal('manual') }),
  ])
  .meta({ id: 'BackfillWhen' });

const normally = z.enum(['run', 'keep']).default('run');

/** What a person asks for (nodes-and-instances 3.4). */
export const BackfillSpec = z
  .object({
    name: z.string().min(1).max(128).optional().meta({ description: 'default: task_runDate_n' }),
    env: Env.default('prod'),
    selection: BackfillSelection,
    dates: BackfillDates,
    window: z
      .object({ from: WallClock, to: WallClock })
      .refine(({ from, to }) => from <= to, { error: 'must not end before it begins' })
      .default({ from: '00:00', to: '23:59' })
      .meta({ description: 'due times of hour and minute tasks, both ends included' }),
    groups: z
      .int({ error: groupsBound })
      .min(1, { error: groupsBound })
      .max(maxGroups, { error: groupsBound })
      .default(1)
      .meta({ description: 'dates side by side' }),
    order: z.enum(['asc', 'desc']).default('asc'),
    pausedTasks: normally.meta({ description: 'keep: instances of paused tasks wait' }),
    dryRunTasks: normally.meta({ description: 'keep: dry-run tasks run nothing here either' }),
    parameters: Parameters.default({}),
    taskParameters: z
      .record(TaskId, Parameters)
      .default({})
      .meta({ description: 'win over `parameters` for one task' }),
    resourceGroup: Key.optional(),
    priority: Priority.optional(),
    alert: z.enum(['none', 'success', 'failure', 'both']).default('failure'),
    runWindow: z
      .object({ from: WallClock, to: WallClock, weekends: z.boolean().default(false) })
      .optional()
      .meta({ description: 'starts only at these hours, with `weekends` also all weekend' }),
    futureDue: z
      .enum(['run', 'wait'])
      .default('run')
      .meta({ description: 'what is due in the future runs at once or waits until it is due' }),
    existing: z.enum(['all', 'missing', 'failed']).default('all').meta({
      description: 'missing: only where nothing has succeeded; failed: only where it failed',
    }),
    yields: z
      .boolean()
      .default(true)
      .meta({ description: 'queues behind everything that is no backfill' }),
    continueOnFailure: z
      .boolean()
      .default(false)
      .meta({ description: 'the next date starts although one has failed' }),
    when: BackfillWhen.default({ kind: 'now' }),
  })
  .meta({ id: 'BackfillSpec' });
export type BackfillSpec = z.infer<typeof BackfillSpec>;

/** A backfill as it is kept. `pending` ones wait for their time or for a person, `submitted` ones have instances. */
export const Backfill = BackfillSpec.extend({
  id: z.string().min(1).max(64),
  name: z.string(),
  project: Key.meta({ description: 'project of its first root' }),
  owner: z.string(),
  zone: Zone,
  dst: DstPolicy,
  operated: z
    .union([z.literal('all'), z.array(Key)])
    .meta({ description: 'projects whose tasks its owner may run' }),
  state: z.enum(['pending', 'submitted']),
  paused: z.boolean().optional(),
  of: z.string().optional().meta({ description: 'the pending one that it was made from' }),
  nextAt: Instant.optional().meta({ description: 'pending: when it will be submitted' }),
  startAt: Instant.optional().meta({ description: 'submitted: nothing of it starts before' }),
  submittedAt: Instant.optional(),
  request: z.string().optional().meta({ description: 'request that creates its instances' }),
  createdAt: Instant,
  updatedAt: Instant,
}).meta({ id: 'Backfill' });
export type Backfill = z.infer<typeof Backfill>;

/** What was resolved when it was submitted, so that whoever plans it again plans the same. */
export const BackfillPlan = z.object({
  workflows: z.array(
    z.object({
      project: Key,
      workflow: Key,
      version: z.int().min(1),
      content: z.string(),
      zone: Zone,
      dst: DstPolicy,
      run: z.array(Key),
      dryRun: z.array(Key).meta({ description: 'stand between others and run nothing' }),
    }),
  ),
  dates: z
    .array(
      z.object({
        bizDate: BizDate,
        group: z.int().min(0),
        instances: z.int().min(1),
        runs: z.array(z.string()).meta({ description: 'ids of its workflow runs' }),
        only: z
          .object({ run: z.array(z.string()), dryRun: z.array(z.string()) })
          .optional()
          .meta({
            description: 'run: `project/workflow/task/index`; dryRun: tasks between them',
          }),
      }),
    )
    .meta({ description: 'in the order in which they run' }),
  instances: z.int().min(0),
});
export type BackfillPlan = z.infer<typeof BackfillPlan>;
