import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate } from '../../domain/kernel/time.schema.ts';
import { Priority } from '../../domain/workflow/priority.schema.ts';
import { Parameters, Retries, TaskKind } from '../../domain/workflow/task.schema.ts';
import {
  BatchResult,
  batchLimit,
  comment,
  envQuery,
  Flag,
  listOf,
  none,
  pageOf,
  paging,
} from './common.ts';
import type { RouteContract } from './route.ts';
import { TaskGraph, taskGraphQuery } from './task-graph-view.ts';
import { PriorityChanged, TaskDetail, TaskListRow, TaskRow } from './task-view.ts';

/** How often a task falls due; `cron` stands for whatever a cron expression says. */
export const periods = ['minute', 'hour', 'day', 'week', 'month', 'year', 'cron'] as const;

const taskParams = z.object({ project: Key, workflow: Key, task: Key });
const env = Env.default('prod');
const asDefined = '; null: as the definition says';

/** What operators can set, each by an operation of its own. */
const fields = {
  owner: z
    .string()
    .min(1)
    .max(128)
    .nullable()
    .meta({ description: `a member of the project${asDefined}` }),
  priority: Priority.nullable().meta({
    description: `above MIDDLE only administrators${asDefined}`,
  }),
  resourceGroup: Key.nullable().meta({ description: `of new instances${asDefined}` }),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(604_800)
    .nullable()
    .meta({ description: `of new instances, at most the ceiling of the kind${asDefined}` }),
  retries: Retries.partial()
    .refine((retries) => Object.keys(retries).length > 0, { error: 'must name something' })
    .nullable()
    .meta({ description: `of new instances; what it leaves out stays${asDefined}` }),
  dryRun: z
    .boolean()
    .nullable()
    .meta({ description: `new instances succeed without running${asDefined}` }),
} as const;

const ids = z
  .array(z.string().regex(/^[^/]+\/[^/]+\/[^/]+$/, { error: 'must be project/workflow/task' }))
  .min(1)
  .max(batchLimit, {
    error: `must hold at most ${batchLimit} ids; send a longer selection in several calls`,
  });
const many = { ids, env, comment };

/** One operation on many tasks (nodes-and-instances 3.1). */
export const TaskBatch = z
  .discriminatedUnion('op', [
    z.object({ op: z.literal('pause'), ...many }),
    z.object({ op: z.literal('resume'), ...many }),
    z.object({ op: z.literal('set-owner'), owner: fields.owner, ...many }),
    z.object({ op: z.literal('set-priority'), priority: fields.priority, ...many }),
    z.object({
      op: z.literal('set-resource-group'),
      resourceGroup: fields.resourceGroup,
      ...many,
    }),
    z.object({ op: z.literal('set-timeout'), timeoutSeconds: fields.timeoutSeconds, ...many }),
    z.object({ op: z.literal('set-retries'), retries: fields.retries, ...many }),
    z.object({ op: z.literal('set-dry-run'), dryRun: fields.dryRun, ...many }),
    z.object({ op: z.literal('undeploy'), ...many }),
  ])
  .meta({ id: 'TaskBatch' });
export type TaskBatch = z.infer<typeof TaskBatch>;

const change = {
  method: 'POST',
  tag: 'tasks',
  role: 'operator',
  project: 'params',
  lambda: 'write',
  idempotency: 'optional',
  params: taskParams,
  query: none,
  reply: TaskRow,
  status: 200,
  problems: ['task-not-found', 'nothing-changed', 'changed-meanwhile'],
} as const;

const start = {
  method: 'POST',
  tag: 'tasks',
  role: 'operator',
  project: 'params',
  lambda: 'write',
  idempotency: 'required',
  params: taskParams,
  query: none,
  body: z.object({
    env,
    bizDate: BizDate.optional().meta({ description: 'default: yesterday in the project’s zone' }),
    parameters: Parameters.optional().meta({ description: 'override those of task and workflow' }),
    comment,
  }),
  reply: z.object({ run: z.string(), instance: z.string() }).meta({ id: 'TaskStarted' }),
  status: 202,
  problems: ['project-not-found', 'workflow-not-found', 'task-not-found', 'not-online'],
} as const;

const path = '/api/projects/{project}/workflows/{workflow}/tasks/{task}';

export const taskRoutes = {
  listTasks: {
    method: 'GET',
    path: '/api/tasks',
    summary: 'Tasks by project, workflow and name, with their last instance',
    tag: 'tasks',
    role: 'member',
    project: 'each',
    lambda: 'read',
    params: none,
    query: z.object({
      ...envQuery.shape,
      ...paging,
      trigger: z.enum(['recurring', 'manual']).optional(),
      project: Key.optional(),
      workflow: Key.optional().meta({ description: 'needs the project' }),
      text: z.string().max(200).optional().meta({
        description: 'part of the name, or a whole id (`project/workflow/task`)',
      }),
      kind: listOf(TaskKind.options).optional(),
      period: listOf(periods).optional(),
      owner: z.string().max(128).optional(),
      priority: listOf(Priority.options).optional(),
      paused: Flag.optional(),
      dryRun: Flag.optional(),
      held: Flag.optional(),
      deployed: Flag.optional(),
      tag: Key.optional(),
      resourceGroup: Key.optional(),
    }),
    reply: pageOf(TaskListRow),
    status: 200,
    problems: ['project-not-found', 'workflow-not-found', 'invalid-cursor'],
  },
  getTask: {
    method: 'GET',
    path,
    summary: 'One task',
    tag: 'tasks',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: taskParams,
    query: envQuery,
    reply: TaskDetail,
    status: 200,
    problems: ['task-not-found'],
  },
  getTaskGraph: {
    method: 'GET',
    path: `${path}/graph`,
    summary: 'The tasks around it, across workflows and projects, as published',
    tag: 'tasks',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: taskParams,
    query: taskGraphQuery,
    reply: TaskGraph,
    status: 200,
    problems: ['task-not-found'],
  },
  pauseTask: {
    ...change,
    path: `${path}/pause`,
    summary: 'Pause it: instances are still generated, none starts',
    body: z.object({ env, comment }),
  },
  resumeTask: {
    ...change,
    path: `${path}/resume`,
    summary: 'Let its instances start again',
    body: z.object({ env, comment }),
  },
  setTaskOwner: {
    ...change,
    path: `${path}/owner`,
    summary: 'Give it to another member of its project',
    body: z.object({ env, owner: fields.owner, comment }),
    problems: [...change.problems, 'project-not-found', 'not-a-member'],
  },
  setTaskPriority: {
    ...change,
    path: `${path}/priority`,
    summary: 'Change its priority, also for instances that have not started',
    body: z.object({ env, priority: fields.priority, comment }),
    reply: PriorityChanged,
  },
  setTaskResourceGroup: {
    ...change,
    path: `${path}/resource-group`,
    summary: 'Change the resource group of new instances',
    body: z.object({ env, resourceGroup: fields.resourceGroup, comment }),
    problems: [...change.problems, 'resource-group-not-found'],
  },
  setTaskTimeout: {
    ...change,
    path: `${path}/timeout`,
    summary: 'Change the time-out of new instances',
    body: z.object({ env, timeoutSeconds: fields.timeoutSeconds, comment }),
  },
  setTaskRetries: {
    ...change,
    path: `${path}/retries`,
    summary: 'Change the automatic retries of new instances',
    body: z.object({ env, retries: fields.retries, comment }),
  },
  setTaskDryRun: {
    ...change,
    path: `${path}/dry-run`,
    summary: 'Let new instances succeed without running, or run again',
    body: z.object({ env, dryRun: fields.dryRun, comment }),
  },
  undeployTask: {
    ...change,
    path: `${path}/undeploy`,
    summary: 'Take it away; its instances stay and fail with "definition missing" when they start',
    role: 'developer',
    body: z.object({ env, comment }),
    problems: [...change.problems, 'not-online', 'has-dependants'],
  },
  runTask: {
    ...start,
    path: `${path}/run`,
    summary: 'Run it once, alone; the same Idempotency-Key names the same run',
  },
  testRunTask: {
    ...start,
    path: `${path}/test-run`,
    summary: 'Try it once, alone: marked as a test, which alerts nobody',
  },
  batchTasks: {
    method: 'POST',
    path: '/api/batches/tasks',
    summary: 'One operation on up to 100 tasks, with a result for each',
    tag: 'tasks',
    role: 'member',
    project: 'each',
    lambda: 'write',
    idempotency: 'required',
    params: none,
    query: none,
    body: TaskBatch,
    reply: BatchResult,
    status: 200,
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
