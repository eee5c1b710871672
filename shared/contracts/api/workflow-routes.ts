import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant, Zone } from '../../domain/kernel/time.schema.ts';
import { RunStatus } from '../../domain/run/run.schema.ts';
import { DstPolicy, Occurrence, Schedule } from '../../domain/schedule/schedule.schema.ts';
import {
  CatchUp,
  Concurrency,
  Problem,
  WorkflowDefinition,
  WorkflowState,
} from '../../domain/workflow/definition.schema.ts';
import { Parameters } from '../../domain/workflow/task.schema.ts';
import {
  BatchResult,
  batchLimit,
  comment,
  envQuery,
  listOf,
  none,
  pageOf,
  paging,
  workflowParams,
} from './common.ts';
import type { RouteContract } from './route.ts';

const RunMark = z
  .object({
    run: z.string(),
    status: RunStatus,
    bizDate: BizDate,
    dueAt: Instant,
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
  })
  .meta({ id: 'RunMark' });

/** A workflow in a list, in one environment. */
export const WorkflowRow = z
  .object({
    id: z.string().meta({ description: '`project/workflow`' }),
    project: Key,
    workflow: Key,
    env: Env,
    description: z.string().optional(),
    owner: z.string().optional(),
    tags: z.array(z.string()),
    state: WorkflowState,
    periodic: z.boolean().meta({ description: 'some task of it has a schedule' }),
    schedule: Schedule.optional().meta({
      description: 'default schedule of the version of `state`',
    }),
    tasks: z.int().min(0),
    nextFireAt: Instant.optional().meta({ description: 'while its timing is on' }),
    lastRun: RunMark.optional(),
    recentRuns: z.array(RunMark).meta({ description: 'up to 14, newest first' }),
    updatedAt: Instant,
    rev: z.int().min(1),
  })
  .meta({ id: 'WorkflowRow' });
export type WorkflowRow = z.infer<typeof WorkflowRow>;

const WorkflowVersion = z
  .object({
    version: z.int().min(1),
    at: Instant,
    by: z.string(),
    comment: z.string().optional(),
    tasks: z.int().min(0),
    online: z.array(Env).meta({ description: 'environments that have it online' }),
  })
  .meta({ id: 'WorkflowVersion' });

const VersionDiff = z
  .object({
    from: z.int(),
    to: z.int(),
    workflow: z.array(z.string()).meta({ description: 'changed fields of the workflow itself' }),
    added: z.array(Key),
    removed: z.array(Key),
    changed: z.array(z.object({ task: Key, fields: z.array(z.string()) })),
  })
  .meta({ id: 'VersionDiff' });

const Published = z
  .object({ project: Key, workflow: Key, version: z.int().min(1), env: Env })
  .meta({ id: 'Published' });

const StartOptions = {
  bizDate: BizDate.optional().meta({
    description: 'default: yesterday in the zone of the project',
  }),
  parameters: Parameters.optional().meta({ description: 'override those of the workflow' }),
  tasks: z.array(Key).min(1).max(1000).optional().meta({ description: 'default: all tasks' }),
  dryRun: z.boolean().optional().meta({
    description: 'order and gate as usual, but every task succeeds without running',
  }),
};

const ids = z
  .array(z.string().regex(/^[^/]+\/[^/]+$/, { error: 'must be project/workflow' }))
  .min(1)
  .max(batchLimit, {
    error: `must hold at most ${batchLimit} ids; send a longer selection in several calls`,
  });

/** Start, stop or timing of many workflows (workflows-and-logs A1.4). */
export const WorkflowBatch = z
  .discriminatedUnion('op', [
    z.object({
      op: z.literal('start'),
      ids,
      env: Env.default('prod'),
      bizDate: BizDate.optional(),
      comment,
    }),
    z.object({
      op: z.literal('stop'),
      ids,
      env: Env.default('prod'),
      timingOff: z
        .boolean()
        .default(false)
        .meta({ description: 'switch their timing off, too (W20)' }),
      comment,
    }),
    z.object({ op: z.literal('timing'), ids, env: Env.default('prod'), on: z.boolean(), comment }),
    z.object({ op: z.literal('online'), ids, env: Env.default('prod'), comment }),
    z.object({
      op: z.literal('offline'),
      ids,
      env: Env.default('prod'),
      stopRunning: z.boolean().default(false),
      comment,
    }),
  ])
  .meta({ id: 'WorkflowBatch' });

/** What a stop did: runs that were asked to end, and why others were left. */
export const StopResult = z
  .object({
    runs: z.array(z.string()),
    terminated: z.array(z.string()).meta({ description: 'instances asked to end' }),
    paused: z.array(z.string()).meta({ description: 'instances that had not begun: paused' }),
    failed: z.array(z.object({ id: z.string(), code: z.string(), error: z.string() })),
    more: z.boolean().meta({ description: 'the look was bounded; call again for the rest' }),
  })
  .meta({ id: 'StopResult' });
export type StopResult = z.infer<typeof StopResult>;

const workflow = {
  tag: 'workflows',
  project: 'params',
  params: workflowParams,
} as const;

export const workflowRoutes = {
  listWorkflows: {
    method: 'GET',
    path: '/api/workflows',
    summary: 'Workflows with their state, next fire and last runs',
    tag: 'workflows',
    role: 'member',
    project: 'each',
    lambda: 'read',
    params: none,
    query: z.object({
      ...envQuery.shape,
      ...paging,
      project: Key.optional(),
      text: z.string().max(200).optional().meta({ description: 'part of the name or description' }),
      owner: z.string().max(128).optional(),
      tag: z.string().max(64).optional(),
      publish: WorkflowState.shape.publish.optional(),
      online: WorkflowState.shape.online.optional(),
      timing: WorkflowState.shape.timing.optional(),
      lastRun: listOf(RunStatus.options).optional(),
    }),
    reply: pageOf(WorkflowRow),
    status: 200,
    problems: ['invalid-cursor', 'project-not-found'],
  },
  getWorkflow: {
    ...workflow,
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}',
    summary: 'One workflow with its state',
    role: 'viewer',
    lambda: 'read',
    query: envQuery,
    reply: WorkflowRow.extend({
      hasDraft: z.boolean(),
      zone: Zone,
      dst: DstPolicy,
      concurrency: Concurrency.optional().meta({ description: 'default: parallel' }),
      catchUp: CatchUp.optional(),
    }),
    status: 200,
    problems: ['workflow-not-found'],
  },
  getDefinition: {
    ...workflow,
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/definition',
    summary: 'The definition of a version, of what is online, or of the draft',
    role: 'operator',
    lambda: 'read',
    query: z.object({
      ...envQuery.shape,
      version: z
        .union([z.coerce.number().int().min(1), z.enum(['online', 'latest', 'draft'])])
        .default('latest'),
    }),
    reply: z.object({
      version: z.int().min(1).optional().meta({ description: 'missing for the draft' }),
      definition: WorkflowDefinition,
      rev: z.int().min(1),
    }),
    status: 200,
    problems: ['workflow-not-found', 'version-not-found', 'no-draft', 'not-online'],
  },
  getGraph: {
    ...workflow,
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/graph',
    summary: 'Tasks and edges of a version: what a DAG picture needs, without the code',
    role: 'viewer',
    lambda: 'read',
    query: z.object({
      ...envQuery.shape,
      version: z
        .union([z.coerce.number().int().min(1), z.enum(['online', 'latest'])])
        .default('latest'),
    }),
    reply: z.object({
      version: z.int().min(1),
      tasks: z.array(
        z.object({
          task: Key,
          kind: z.string(),
          level: z.int(),
          description: z.string().optional(),
        }),
      ),
      edges: z.array(
        z.object({
          from: z
            .string()
            .meta({ description: 'task, or `project/workflow/task` of another workflow' }),
          to: Key,
          crossCycle: z.boolean(),
        }),
      ),
      depth: z.int(),
      width: z.int(),
    }),
    status: 200,
    problems: ['workflow-not-found', 'version-not-found', 'not-online'],
  },
  listVersions: {
    ...workflow,
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/versions',
    summary: 'Published versions, newest first',
    role: 'viewer',
    lambda: 'read',
    query: z.object(paging),
    reply: pageOf(WorkflowVersion),
    status: 200,
    problems: ['workflow-not-found', 'invalid-cursor'],
  },
  diffVersions: {
    ...workflow,
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/diff',
    summary: 'What differs between two versions',
    role: 'operator',
    lambda: 'read',
    query: z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
    reply: VersionDiff,
    status: 200,
    problems: ['workflow-not-found', 'version-not-found'],
  },
  previewWorkflow: {
    ...workflow,
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/preview',
    summary: 'The next fires of its default schedule, in the zone of its project',
    role: 'viewer',
    lambda: 'read',
    query: z.object({
      ...envQuery.shape,
      from: Instant.optional().meta({ description: 'exclusive; default: now' }),
      count: z.coerce.number().int().min(1).max(200).default(10),
    }),
    reply: z.object({ occurrences: z.array(Occurrence), zone: Zone, dst: DstPolicy }),
    status: 200,
    problems: ['workflow-not-found', 'project-not-found', 'not-periodic', 'schedule-invalid'],
  },
  previewSchedule: {
    method: 'POST',
    path: '/api/preview',
    summary: 'The next fires of any schedule',
    tag: 'workflows',
    role: 'member',
    project: 'system',
    lambda: 'read',
    params: none,
    query: none,
    body: z.object({
      schedule: Schedule,
      zone: Zone.default('UTC'),
      dst: DstPolicy.default('shift'),
      from: Instant.optional(),
      count: z.int().min(1).max(200).default(10),
    }),
    reply: z.object({ occurrences: z.array(Occurrence) }),
    status: 200,
    problems: ['schedule-invalid'],
  },
  validateDefinition: {
    method: 'POST',
    path: '/api/projects/{project}/validate',
    summary: 'All problems of a definition, without storing it',
    tag: 'workflows',
    role: 'developer',
    project: 'params',
    lambda: 'publish',
    params: z.object({ project: Key }),
    query: none,
    body: z.object({ definition: z.json() }),
    reply: z.object({ problems: z.array(Problem) }),
    status: 200,
    problems: ['project-not-found'],
  },
  saveDraft: {
    ...workflow,
    method: 'PUT',
    path: '/api/projects/{project}/workflows/{workflow}/draft',
    summary: 'Store a draft; what is online does not change (W16)',
    role: 'developer',
    lambda: 'publish',
    idempotency: 'optional',
    query: none,
    body: z.object({
      definition: WorkflowDefinition,
      rev: z.int().min(1).optional().meta({ description: 'revision edited; missing: create' }),
    }),
    reply: z.object({ rev: z.int().min(1), problems: z.array(Problem) }),
    status: 200,
    problems: ['project-not-found', 'stale-rev', 'already-exists'],
  },
  publishWorkflow: {
    ...workflow,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/publish',
    summary: 'Publish a definition or the draft as a new version; by default it goes online',
    role: 'developer',
    lambda: 'publish',
    idempotency: 'optional',
    query: none,
    body: z.object({
      definition: z
        .json()
        .optional()
        .meta({ description: 'a WorkflowDefinition; missing: the draft' }),
      env: Env.default('prod').meta({ description: '`dev`: submit, only in dev-prod projects' }),
      online: z.boolean().default(true).meta({
        description: 'the first time its timing goes on, too, when it has a schedule',
      }),
      comment,
    }),
    reply: Published,
    status: 201,
    problems: [
      'project-not-found',
      'workflow-not-found',
      'no-draft',
      'definition-invalid',
      'not-dev-prod',
      'changed-meanwhile',
    ],
  },
  promoteWorkflow: {
    ...workflow,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/promote',
    summary: 'Put the version that is online in dev online in prod',
    role: 'developer',
    lambda: 'publish',
    idempotency: 'optional',
    query: none,
    body: z.object({ version: z.int().min(1).optional(), comment }),
    reply: Published,
    status: 200,
    problems: [
      'project-not-found',
      'workflow-not-found',
      'not-dev-prod',
      'not-online',
      'version-not-found',
      'definition-invalid',
      'changed-meanwhile',
    ],
  },
  onlineWorkflow: {
    ...workflow,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/online',
    summary: 'Pin a published version; a draft cannot go online (W13)',
    role: 'developer',
    lambda: 'write',
    idempotency: 'optional',
    query: none,
    body: z.object({
      env: Env.default('prod'),
      version: z.int().min(1).optional().meta({ description: 'default: the latest' }),
      timing: z.boolean().optional().meta({ description: 'default: as it was; off when new' }),
      comment,
    }),
    reply: WorkflowState,
    status: 200,
    problems: [
      'workflow-not-found',
      'version-not-found',
      'not-published',
      'not-periodic',
      'changed-meanwhile',
    ],
  },
  offlineWorkflow: {
    ...workflow,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/offline',
    summary: 'Take it offline: timing off; runs go on unless asked (W15)',
    role: 'developer',
    lambda: 'write',
    idempotency: 'optional',
    query: none,
    body: z.object({ env: Env.default('prod'), stopRunning: z.boolean().default(false), comment }),
    reply: z.object({ state: WorkflowState, stopped: StopResult.optional() }),
    status: 200,
    problems: ['workflow-not-found', 'not-online', 'changed-meanwhile'],
  },
  setTiming: {
    ...workflow,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/timing',
    summary: 'Switch its schedule on or off',
    role: 'operator',
    lambda: 'write',
    idempotency: 'optional',
    query: none,
    body: z.object({ env: Env.default('prod'), on: z.boolean(), comment }),
    reply: WorkflowState,
    status: 200,
    problems: ['workflow-not-found', 'not-online', 'not-periodic', 'changed-meanwhile'],
  },
  startWorkflow: {
    ...workflow,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/start',
    summary: 'Start a run now; the same Idempotency-Key names the same run',
    role: 'operator',
    lambda: 'write',
    idempotency: 'required',
    query: none,
    body: z.object({ env: Env.default('prod'), ...StartOptions, comment }),
    reply: z.object({ run: z.string() }).meta({ id: 'Started' }),
    status: 202,
    problems: ['project-not-found', 'workflow-not-found', 'not-online', 'task-not-found'],
  },
  stopWorkflow: {
    ...workflow,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/stop',
    summary: 'End its active runs; its timing stays as it is (W20)',
    role: 'operator',
    lambda: 'write',
    idempotency: 'optional',
    query: none,
    body: z.object({ env: Env.default('prod'), comment }),
    reply: StopResult,
    status: 200,
    problems: ['workflow-not-found'],
  },
  deleteWorkflow: {
    ...workflow,
    method: 'DELETE',
    path: '/api/projects/{project}/workflows/{workflow}',
    summary: 'Delete it; refused while online, running or depended on (W18)',
    role: 'admin',
    lambda: 'write',
    idempotency: 'optional',
    ifMatch: true,
    query: none,
    reply: z.object({ deleted: z.literal(true) }).meta({ id: 'Deleted' }),
    status: 200,
    problems: [
      'workflow-not-found',
      'not-offline',
      'active-runs',
      'has-dependants',
      'changed-meanwhile',
    ],
  },
  batchWorkflows: {
    method: 'POST',
    path: '/api/batches/workflows',
    summary:
      'Start, stop, timing, online or offline of up to 100 workflows, with a result for each',
    tag: 'workflows',
    role: 'member',
    project: 'each',
    lambda: 'write',
    idempotency: 'required',
    params: none,
    query: none,
    body: WorkflowBatch,
    reply: BatchResult,
    status: 200,
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
