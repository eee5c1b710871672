import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { Schedule } from '../../domain/schedule/schedule.schema.ts';
import { Priority } from '../../domain/workflow/priority.schema.ts';
import { TaskKind, Upstream } from '../../domain/workflow/task.schema.ts';
import { BatchResult, batchLimit, comment, envQuery, none, pageOf, paging } from './common.ts';
import type { RouteContract } from './route.ts';

/** A task of what is online (else of the newest version), with what operators set beside the definition. */
export const TaskRow = z
  .object({
    id: z.string().meta({ description: '`project/workflow/task`' }),
    project: Key,
    workflow: Key,
    task: Key,
    env: Env,
    kind: TaskKind,
    version: z.int().min(1),
    description: z.string().optional(),
    trigger: z.enum(['recurring', 'manual']),
    schedule: Schedule.optional(),
    owner: z.string().optional(),
    priority: Priority,
    resourceGroup: z.string().optional(),
    pools: z.array(z.string()),
    tags: z.array(z.string()),
    dryRun: z.boolean(),
    deployed: z.boolean().meta({ description: 'false once it was undeployed' }),
    paused: z.object({ since: Instant, by: z.string(), reason: z.string().optional() }).optional(),
    rev: z.int().min(0).meta({ description: 'of what operators set; 0: nothing yet' }),
  })
  .meta({ id: 'TaskRow' });
export type TaskRow = z.infer<typeof TaskRow>;

const taskParams = z.object({ project: Key, workflow: Key, task: Key });

/** Code is for those who operate (decision 17): the work itself is in `work`, absent for viewers. */
const TaskDetail = TaskRow.extend({
  upstreams: z.array(Upstream),
  selfDependent: z.boolean(),
  parameters: z.record(z.string(), z.string()),
  timeoutSeconds: z.int().optional(),
  timeoutCeilingSeconds: z.int().optional(),
  retries: z.record(z.string(), z.unknown()).optional(),
  runbook: z.string().optional(),
  work: z.json().optional(),
}).meta({ id: 'TaskDetail' });

const change = {
  tag: 'tasks',
  role: 'operator',
  project: 'params',
  lambda: 'write',
  idempotency: 'optional',
  params: taskParams,
  query: none,
  reply: TaskRow,
  status: 200,
} as const;

export const taskRoutes = {
  listTasks: {
    method: 'GET',
    path: '/api/projects/{project}/tasks',
    summary: 'The tasks of a project or workflow',
    tag: 'tasks',
    role: 'viewer',
    project: 'params',
    lambda: 'read',
    params: z.object({ project: Key }),
    query: z.object({
      ...envQuery.shape,
      ...paging,
      workflow: Key.optional(),
      text: z.string().max(200).optional(),
      owner: z.string().max(128).optional(),
      paused: z.enum(['true', 'false']).optional(),
    }),
    reply: pageOf(TaskRow),
    status: 200,
    problems: ['project-not-found', 'workflow-not-found', 'invalid-cursor'],
  },
  getTask: {
    method: 'GET',
    path: '/api/projects/{project}/workflows/{workflow}/tasks/{task}',
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
  pauseTask: {
    ...change,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/tasks/{task}/pause',
    summary: 'Pause it: instances are still generated, none starts',
    body: z.object({ env: Env.default('prod'), comment }),
    problems: ['task-not-found', 'nothing-changed', 'changed-meanwhile'],
  },
  resumeTask: {
    ...change,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/tasks/{task}/resume',
    summary: 'Let its instances start again',
    body: z.object({ env: Env.default('prod'), comment }),
    problems: ['task-not-found', 'nothing-changed', 'changed-meanwhile'],
  },
  setTaskPriority: {
    ...change,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/tasks/{task}/priority',
    summary: 'Change its priority for instances from now on; above MIDDLE only administrators',
    body: z.object({ env: Env.default('prod'), priority: Priority, comment }),
    problems: ['task-not-found', 'changed-meanwhile'],
  },
  undeployTask: {
    ...change,
    method: 'POST',
    path: '/api/projects/{project}/workflows/{workflow}/tasks/{task}/undeploy',
    summary: 'Take it away; its instances stay and fail with "definition missing" when they start',
    role: 'developer',
    body: z.object({ env: Env.default('prod'), comment }),
    problems: [
      'task-not-found',
      'not-online',
      'nothing-changed',
      'has-dependants',
      'changed-meanwhile',
    ],
  },
  batchTasks: {
    method: 'POST',
    path: '/api/batches/tasks',
    summary: 'Pause, resume or change the priority of up to 100 tasks',
    tag: 'tasks',
    role: 'member',
    project: 'each',
    lambda: 'write',
    idempotency: 'required',
    params: none,
    query: none,
    body: z
      .object({
        op: z.enum(['pause', 'resume', 'set-priority']),
        env: Env.default('prod'),
        ids: z
          .array(
            z.string().regex(/^[^/]+\/[^/]+\/[^/]+$/, { error: 'must be project/workflow/task' }),
          )
          .min(1)
          .max(batchLimit, {
            error: `must hold at most ${batchLimit} ids; send a longer selection in several calls`,
          }),
        priority: Priority.optional(),
        comment,
      })
      .refine(({ op, priority }) => op !== 'set-priority' || priority !== undefined, {
        path: ['priority'],
        error: 'is needed by set-priority',
      })
      .meta({ id: 'TaskBatch' }),
    reply: BatchResult,
    status: 200,
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
