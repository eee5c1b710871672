import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { RequestResult } from '../../domain/run/request.schema.ts';
import { RunStatus } from '../../domain/run/run.schema.ts';
import { Flag, listOf, none, pageOf, paging } from './common.ts';
import { InstanceRow } from './instance-view.ts';
import { LogPage, logQuery } from './log-view.ts';
import type { RouteContract } from './route.ts';
import { RunView } from './run-view.ts';

const runParams = z.object({ run: z.string().max(400) });

const look = {
  method: 'GET',
  tag: 'runs',
  role: 'viewer',
  project: 'run',
  lambda: 'read',
  params: runParams,
  status: 200,
} as const;

/** Where a request stands. `result` belongs to a generation, `run` to a start. */
const RequestView = z
  .object({
    id: z.string(),
    kind: z.enum(['start', 'generate', 'backfill']),
    status: z.enum(['REQUESTED', 'DONE', 'REFUSED']),
    env: Env,
    project: Key,
    bizDate: BizDate,
    workflow: Key.optional(),
    run: z.string().optional(),
    actor: z.string(),
    at: Instant,
    result: RequestResult.optional(),
    reason: z.string().optional().meta({ description: 'why it was refused' }),
  })
  .meta({ id: 'RequestView' });

export const runRoutes = {
  listRuns: {
    method: 'GET',
    path: '/api/runs',
    summary: 'Workflow runs, newest first',
    tag: 'runs',
    role: 'member',
    project: 'each',
    lambda: 'read',
    params: none,
    query: z.object({
      ...paging,
      env: Env.default('prod'),
      project: Key.optional(),
      workflow: Key.optional().meta({ description: 'needs the project' }),
      status: listOf(RunStatus.options).optional(),
      bizDate: BizDate.optional(),
      from: Instant.optional().meta({ description: 'only runs due at or after it' }),
      until: Instant.optional().meta({ description: 'only runs due at or before it' }),
      startedFrom: Instant.optional().meta({
        description: 'only runs that started at or after it',
      }),
      startedUntil: Instant.optional().meta({
        description: 'only runs that started before it; with `startedFrom` as the overview counts',
      }),
      trigger: listOf(['recurring', 'manual', 'backfill']).optional(),
      retryable: Flag.optional().meta({
        description: 'only runs that may be retried by hand now',
      }),
      failed: Flag.optional().meta({ description: 'only runs with, or without, a failed task' }),
      text: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'part of the name of the workflow or of the run id' }),
    }),
    reply: pageOf(RunView),
    status: 200,
    problems: ['invalid-cursor', 'project-not-found', 'workflow-not-found'],
  },
  getRun: {
    ...look,
    path: '/api/runs/{run}',
    summary: 'One run with its exact status; WAITING with total 0 until it is generated',
    query: none,
    reply: RunView,
    problems: ['run-not-found'],
  },
  listRunInstances: {
    ...look,
    path: '/api/runs/{run}/instances',
    summary: 'The instances of a run',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(2000).default(500),
      cursor: paging.cursor,
    }),
    reply: pageOf(InstanceRow),
    problems: ['run-not-found', 'invalid-cursor'],
  },
  getRunLog: {
    ...look,
    path: '/api/runs/{run}/log',
    summary: 'The log of a run, oldest first',
    role: 'operator',
    lambda: 'logs',
    query: logQuery,
    reply: LogPage,
    problems: ['run-not-found', 'invalid-cursor'],
  },
  requestGeneration: {
    method: 'POST',
    path: '/api/projects/{project}/generations',
    summary: 'Generate the instances of a business date; what exists stays as it is',
    tag: 'generations',
    role: 'operator',
    project: 'params',
    lambda: 'write',
    idempotency: 'required',
    params: z.object({ project: Key }),
    query: none,
    body: z.object({
      bizDate: BizDate,
      env: Env.default('prod'),
      from: Instant.optional().meta({ description: 'only instances due at or after it' }),
    }),
    reply: RequestView,
    status: 202,
    problems: ['project-not-found', 'not-dev-prod'],
  },
  getRequest: {
    method: 'GET',
    path: '/api/requests/{request}',
    summary: 'What became of a start or a generation',
    tag: 'generations',
    role: 'viewer',
    project: 'request',
    lambda: 'read',
    params: z.object({ request: z.string().max(200) }),
    query: none,
    reply: RequestView,
    status: 200,
    problems: ['request-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
