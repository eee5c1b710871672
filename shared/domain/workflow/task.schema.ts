import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { BizDate } from '../kernel/time.schema.ts';
import { Schedule } from '../schedule/schedule.schema.ts';
import { Priority } from './priority.schema.ts';

export const TaskKind = z
  .enum(['lambda', 'http', 'sql', 'check', 'wait', 'noop', 'branch', 'approval'])
  .meta({ id: 'TaskKind' });
export type TaskKind = z.infer<typeof TaskKind>;

/** Automatic retry as an instance carries it; what a task leaves out comes from the runtime settings. */
export const Retries = z
  .object({
    count: z.int().min(0).max(10),
    intervalSeconds: z.int().min(1).max(3600),
    onTimeout: z.boolean().meta({ description: 'retry a timed-out attempt too' }),
    onLost: z.boolean().meta({
      description:
        'retry an attempt whose execution vanished; only where running twice is harmless',
    }),
  })
  .meta({ id: 'Retries' });
export type Retries = z.infer<typeof Retries>;

/** Which instances of an upstream this task waits for (nodes-and-instances 6.4). */
export const Upstream = z
  .object({
    task: Key,
    workflow: Key.optional().meta({ description: 'default: this workflow' }),
    project: Key.optional().meta({ description: 'default: this project' }),
    strategy: z.enum(['ALL', 'FIRST', 'LAST', 'NEAR']).optional().meta({
      description: 'which of the instances in the period; default by the two schedules',
    }),
    period: z
      .union([
        z.literal('current'),
        z.literal('last'),
        z.literal('last24h'),
        z.object({ last: z.int().min(1).max(31) }),
      ])
      .default('current')
      .meta({
        description: 'same business date, the one before, each of the last N, or the last 24 hours',
      }),
  })
  .meta({ id: 'Upstream' });
export type Upstream = z.infer<typeof Upstream>;

const text = z.string().max(65_536);
export const ParameterName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,31}$/, {
  error: 'must be a letter or "_", then up to 31 letters, digits or "_"',
});
export const Parameters = z.record(ParameterName, z.string().max(258)).meta({ id: 'Parameters' });
export type Parameters = z.infer<typeof Parameters>;

/** A comparison of two parameter texts; `<` and friends compare as numbers. */
export const Condition = z
  .object({
    left: z.string(),
    op: z.enum(['=', '!=', '>', '<', '>=', '<=', 'in', 'not-in']),
    right: z.string(),
  })
  .meta({ id: 'Condition' });
export type Condition = z.infer<typeof Condition>;

/** What each kind runs. Strings may carry parameters. */
export const TaskWork = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('lambda'),
      functionName: z.string().regex(/^[A-Za-z0-9-_:/$]{1,200}$/),
      payload: z.json().optional(),
    }),
    z.object({
      kind: z.literal('http'),
      url: z.string().max(2048),
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
      headers: z.record(z.string(), z.string()).default({}),
      body: z.json().optional(),
    }),
    z.object({
      kind: z.literal('sql'),
      sql: text,
      writes: Key.optional().meta({ description: 'dataset the result is written to' }),
    }),
    z.object({
      kind: z.literal('check'),
      sql: text.meta({ description: 'a SELECT of one row and one column' }),
      expect: z.object({ op: z.enum(['=', '!=', '>', '<', '>=', '<=']), value: z.number() }),
    }),
    z.object({
      kind: z.literal('wait'),
      seconds: z.number().min(0).max(604_800).optional(),
      until: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
        .optional()
        .meta({ description: 'HH:mm on the run date' }),
    }),
    z.object({ kind: z.literal('noop') }),
    z.object({
      kind: z.literal('branch'),
      cases: z
        .array(z.object({ when: Condition, take: z.array(Key).min(1) }))
        .min(1)
        .max(50),
      otherwise: z.array(Key).default([]),
    }),
    z.object({
      kind: z.literal('approval'),
      question: z.string().max(1024).optional().meta({ description: 'what is to be decided' }),
    }),
  ])
  .meta({ id: 'TaskWork' });
export type TaskWork = z.infer<typeof TaskWork>;

/** What every task may say, whatever its kind. */
export const TaskCommon = z.object({
  name: Key,
  description: z.string().max(1024).optional(),
  trigger: z.enum(['recurring', 'manual']).optional().meta({
    description: 'default: recurring when the task or its workflow has a schedule',
  }),
  schedule: Schedule.optional().meta({ description: 'default: the schedule of the workflow' }),
  upstreams: z
    .array(
      z.union([
        Key.transform((task): z.input<typeof Upstream> => ({ task })).pipe(Upstream),
        Upstream,
      ]),
    )
    .max(2000)
    .default([]),
  selfDependent: z
    .boolean()
    .default(false)
    .meta({ description: 'wait for the previous cycle of this task' }),
  parameters: Parameters.default({}),
  outputs: z.array(ParameterName).max(20).default([]).meta({
    description: 'names downstream may read as ${task.name}',
  }),
  owner: z.string().max(128).optional(),
  priority: Priority.default('MIDDLE'),
  timeoutSeconds: z.int().min(1).max(604_800).optional(),
  retries: Retries.partial().optional(),
  resourceGroup: Key.optional(),
  pools: z.array(Key).max(12).default([]).meta({ description: 'throttling rules joined by name' }),
  dryRun: z.boolean().default(false),
  effective: z.object({ from: BizDate.optional(), to: BizDate.optional() }).optional().meta({
    description: 'run dates outside do not execute code',
  }),
  calendar: Key.optional().meta({ description: 'run dates that it excludes are off days' }),
  tags: z.array(Key).max(20).default([]),
  runbook: z.string().max(16_384).optional(),
});

/** One node of a workflow. */
export const Task = z.intersection(TaskCommon, TaskWork).meta({ id: 'Task' });
export type Task = z.infer<typeof Task>;
