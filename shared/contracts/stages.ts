import * as z from 'zod';
import type { FaultName } from '../domain/kernel/fault.ts';
import { Env, Key } from '../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../domain/kernel/time.schema.ts';
import { LogLine } from '../domain/log/log-line.schema.ts';
import { ParameterName, TaskKind } from '../domain/workflow/task.schema.ts';

/**
 * What goes into and comes out of each stage Lambda. State machines carry these shapes between their states, so a change
 * raises `Contract` and keeps accepting the previous number: what is in flight survives a deploy (design.md §5).
 */
const Contract = z.literal(1);

const storeFaults: readonly FaultName[] = ['StoreThrottled', 'StoreConflict', 'InputInvalid'];

/** Input of a stage that is woken, not told anything. */
const asked = z.looseObject({});

const Generation = z.object({
  generationId: z.string(),
  env: Env,
  project: Key,
  bizDate: BizDate,
  cutoffAt: Instant.meta({ description: 'versions published after it wait for the next day' }),
  from: Instant.optional().meta({ description: 'cycles due before it are left out' }),
  requestId: z.string().optional().meta({ description: 'the request that asked for it' }),
});

const GenerationChunk = z.object({ generationId: z.string(), n: z.int().min(0) });
const GenerationCounts = z.object({
  instances: z.int().min(0),
  edges: z.int().min(0),
  existing: z.int().min(0),
});

/** What falls due at one second, in one stripe of the queue or in all of them. */
const DueSecond = z.object({ at: Instant, stripe: z.int().min(0).optional() });

/** One execution of a RunTask machine = one attempt. */
const AttemptRef = z.object({
  contract: Contract,
  instanceId: z.string(),
  attempt: z.int().min(1),
  timeoutSeconds: z.int().min(1),
  kind: TaskKind,
});

/** What dispatch starts a RunTask machine with. */
export const RunTaskInput = AttemptRef;
export type RunTaskInput = z.infer<typeof RunTaskInput>;

/** A dataset that a statement may name: a view on files. */
export const DatasetRef = z.object({
  name: Key,
  location: z.string(),
  format: z.enum(['csv', 'json', 'parquet']),
});
export type DatasetRef = z.infer<typeof DatasetRef>;

const outputs = z.array(ParameterName);

/** The work of an attempt with every parameter filled in. */
export const WorkRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lambda'),
    functionName: z.string(),
    payload: z
      .json()
      .meta({ description: 'what the function gets; the integration writes it as JSON' }),
    outputs,
  }),
  z.object({
    kind: z.literal('http'),
    url: z.string(),
    method: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string().optional(),
    allowHosts: z
      .array(z.string())
      .meta({ description: 'hosts the egress guard lets through although private' }),
    outputs,
  }),
  z.object({
    kind: z.literal('sql'),
    sql: z.string(),
    datasets: z.array(DatasetRef),
    writes: DatasetRef.optional(),
    outputs,
  }),
  z.object({
    kind: z.literal('check'),
    sql: z.string(),
    datasets: z.array(DatasetRef),
    expect: z.object({ op: z.enum(['=', '!=', '>', '<', '>=', '<=']), value: z.number() }),
    outputs,
  }),
]);
export type WorkRequest = z.infer<typeof WorkRequest>;
export type WorkRequestOf<K extends WorkRequest['kind']> = Extract<WorkRequest, { kind: K }>;

/** A claimed attempt: what every later state of the machine carries. */
export const ClaimedAttempt = AttemptRef.extend({
  proceed: z.literal(true),
  token: z.string(),
  runId: z.string(),
  request: WorkRequest,
  logContext: z.object({
    lines: z.array(LogLine).meta({ description: 'lines that finish will append' }),
    secrets: z.array(z.string()).meta({ description: 'values that no line may show' }),
  }),
});
export type ClaimedAttempt = z.infer<typeof ClaimedAttempt>;

/** Resources of one attempt; a figure that nobody measured is missing. */
export const Usage = z.object({
  allocatedMb: z.number().optional(),
  usedMb: z.number().optional(),
  cpuSeconds: z.number().optional(),
});
export type Usage = z.infer<typeof Usage>;

/** What our own task Lambdas answer. A task that fails is an answer, too: only then can its log lines be kept. */
export const TaskResult = z.object({
  ok: z.boolean(),
  error: z.string().optional().meta({ description: 'first line of why it failed' }),
  timedOut: z.boolean().optional(),
  outputs: z.record(z.string(), z.string()),
  lines: z.array(LogLine),
  usage: Usage,
  wrote: z
    .object({ dataset: Key, rows: z.int().min(0).optional() })
    .optional()
    .meta({ description: 'dataset that was written' }),
});
export type TaskResult = z.infer<typeof TaskResult>;

/** An event of others on our bus; its detail is parsed by its type (shared/contracts/events/event-in.ts). */
export const ReceivedEvent = z.looseObject({
  id: z.string(),
  source: z.string(),
  'detail-type': z.string(),
  time: z.string(),
  detail: z.unknown(),
});
export type ReceivedEvent = z.infer<typeof ReceivedEvent>;

/** What Step Functions catches. `Cause` of a Lambda error is JSON text. */
export const CaughtError = z.object({ Error: z.string(), Cause: z.string().optional() });
export type CaughtError = z.infer<typeof CaughtError>;

const Served = z.object({ done: z.int().min(0) });

/** A machine's execution ended without finishing its attempt (EventBridge `Step Functions Execution Status Change`). */
const ExecutionEnded = z.object({
  detail: z.object({
    status: z.string(),
    name: z.string(),
    input: z.string().nullish(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});

/** An operation on many instances, and how far its execution has got. */
const OperationWork = z.object({
  operationId: z.string(),
  phase: z.enum(['plan', 'run', 'export']),
  by: z.string().optional().meta({ description: 'whose export it is' }),
  from: z.int().min(0).optional().meta({ description: 'chunks before it are done' }),
});
const OperationWorked = OperationWork.extend({
  more: z.boolean().meta({ description: 'call again' }),
});

/** What SES says of a mail on the default bus (event publishing of a configuration set); the rest of it is left out. */
const MailReport = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      messageId: z.string(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    }),
    bounce: z
      .object({
        bounceType: z.string(),
        bounceSubType: z.string().optional(),
        bouncedRecipients: z
          .array(z.object({ emailAddress: z.string(), diagnosticCode: z.string().optional() }))
          .default([]),
      })
      .optional(),
    complaint: z.object({ complaintFeedbackType: z.string().nullish() }).optional(),
    reject: z.object({ reason: z.string().optional() }).optional(),
  }),
});

/** Every stage Lambda: shapes, the time its state waits for it, and the faults it raises. */
export const stages = {
  'generate-due': stage(asked, z.object({ started: z.array(z.string()) }), 60),
  'generate-plan': stage(Generation, Generation.extend({ chunks: z.array(GenerationChunk) }), 120),
  'generate-chunk': stage(GenerationChunk, GenerationCounts, 600),
  'generate-seal': stage(Generation.loose(), GenerationCounts, 120),
  'dispatch-look': stage(asked, z.object({ seconds: z.array(DueSecond) }), 30),
  'dispatch-admit': stage(DueSecond, z.object({ admitted: z.int(), waiting: z.int() }), 60),
  'run-claim': stage(
    AttemptRef.extend({ token: z.string() }),
    z.discriminatedUnion('proceed', [z.object({ proceed: z.literal(false) }), ClaimedAttempt]),
    30,
  ),
  'run-http': stage(ClaimedAttempt, TaskResult, 'as the task says'),
  'run-sql': stage(ClaimedAttempt, TaskResult, 'as the task says'),
  'run-finish': stage(
    ClaimedAttempt.extend({ result: z.unknown().optional(), error: CaughtError.optional() }),
    z.object({ status: z.enum(['SUCCESS', 'FAILED', 'WAIT_TIME']).optional() }),
    30,
  ),
  'run-ended': stage(ExecutionEnded, Served, 30),
  'receive-receive': stage(ReceivedEvent, z.object({ taken: z.boolean() }), 30),
  'bulk-plan': stage(OperationWork, OperationWorked, 120),
  'bulk-run': stage(OperationWork, OperationWorked, 60),
  'bulk-export': stage(OperationWork, OperationWorked, 120),
  'notify-sweep': stage(asked, Served, 90),
  'notify-feedback': stage(MailReport, Served, 30),
  'watch-watch': stage(asked, Served, 60),
  'watch-sentinel': stage(
    asked,
    z.object({
      holes: z.int().min(0).meta({ description: 'project days that are not whole' }),
      missedTicks: z.int().min(0),
    }),
    60,
  ),
} as const;

export type StageName = keyof typeof stages;
export type StageInput<N extends StageName> = z.infer<(typeof stages)[N]['input']>;
export type StageOutput<N extends StageName> = z.infer<(typeof stages)[N]['output']>;

/** A number is the TimeoutSeconds of the state; a task's own time-out comes with the attempt (TimeoutSecondsPath). */
export type StageTimeout = number | 'as the task says';

function stage<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  timeoutSeconds: StageTimeout,
) {
  return { input, output, timeoutSeconds, raises: storeFaults };
}
