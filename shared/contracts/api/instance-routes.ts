import * as z from 'zod';
import { Blocker, Decision } from '../../domain/gate/decision.schema.ts';
import { Attempt, Family, Move, Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { Priority } from '../../domain/workflow/priority.schema.ts';
import { BatchResult, batchLimit, comment, Flag, listOf, none, pageOf, paging } from './common.ts';
import { InstanceRow } from './instance-view.ts';
import { LogPage, logQuery } from './log-view.ts';
import type { RouteContract } from './route.ts';

/** The operations of operators on one instance. */
export const InstanceOperation = z.enum([
  'pause',
  'resume',
  'terminate',
  'rerun',
  'set-priority',
  'set-resource-group',
]);
export type InstanceOperation = z.infer<typeof InstanceOperation>;

const instanceParams = z.object({ instance: z.string().max(400) });

/** A node of the neighbourhood: an instance, or one that an edge names although it was not generated yet. */
export const NeighbourNode = z
  .object({
    id: z.string(),
    project: Key,
    workflow: Key,
    task: Key,
    index: z.int(),
    bizDate: BizDate,
    family: Family,
    level: z
      .int()
      .meta({ description: '0: the instance asked for; below 0 upstream, above 0 downstream' }),
    status: Status.optional().meta({ description: 'missing: not generated yet' }),
    outcome: Outcome.optional(),
    paused: z.boolean(),
    hidden: z.boolean().meta({ description: 'of a project that the caller may not see' }),
  })
  .meta({ id: 'NeighbourNode' });

const Neighbourhood = z
  .object({
    nodes: z.array(NeighbourNode),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        open: z.boolean().meta({ description: 'the child still waits for it' }),
        crossCycle: z.boolean(),
      }),
    ),
    truncated: z.boolean().meta({ description: 'more than 500 nodes' }),
  })
  .meta({ id: 'Neighbourhood' });

/** What the gate says about the instance now, with the blockers of a `wait` beside it as scripts read them. */
const Diagnosis = z
  .object({
    decision: z
      .enum(['run', 'pass', 'fail', 'wait', 'active', 'ended'])
      .meta({ description: 'what dispatch would decide now' }),
    status: Status,
    at: Instant,
    blockers: z.array(Blocker),
    gate: Decision,
  })
  .meta({ id: 'Diagnosis' });

const move = {
  method: 'POST',
  tag: 'instances',
  role: 'operator',
  project: 'instance',
  lambda: 'write',
  idempotency: 'optional',
  params: instanceParams,
  query: none,
  reply: InstanceRow,
  status: 200,
  problems: ['instance-not-found', 'move-not-allowed', 'changed-meanwhile'],
} as const;

const look = {
  method: 'GET',
  tag: 'instances',
  role: 'viewer',
  project: 'instance',
  lambda: 'read',
  params: instanceParams,
  status: 200,
} as const;

export const instanceRoutes = {
  listInstances: {
    method: 'GET',
    path: '/api/instances',
    summary: 'Instances of one project and business date, by due time',
    tag: 'instances',
    role: 'viewer',
    project: 'query',
    lambda: 'read',
    params: none,
    query: z.object({
      project: Key,
      bizDate: BizDate,
      env: Env.default('prod'),
      family: Family.exclude(['barrier']).default('recurring'),
      ...paging,
      status: listOf(Status.options).optional(),
      outcome: listOf(Outcome.options).optional(),
      workflow: Key.optional(),
      task: z.string().max(64).optional().meta({ description: 'part of the name' }),
      owner: z.string().max(128).optional(),
      priority: listOf(Priority.options).optional(),
      resourceGroup: Key.optional(),
      paused: Flag.optional(),
      order: z.enum(['asc', 'desc']).default('asc'),
    }),
    reply: pageOf(InstanceRow),
    status: 200,
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getInstance: {
    ...look,
    path: '/api/instances/{instance}',
    summary: 'One instance',
    query: none,
    reply: InstanceRow,
    problems: ['instance-not-found'],
  },
  listMoves: {
    ...look,
    path: '/api/instances/{instance}/moves',
    summary: 'Its whole history, oldest first',
    query: none,
    reply: z.object({ items: z.array(Move) }),
    problems: ['instance-not-found'],
  },
  listAttempts: {
    ...look,
    path: '/api/instances/{instance}/attempts',
    summary: 'Its attempts, oldest first',
    query: none,
    reply: z.object({ items: z.array(Attempt) }),
    problems: ['instance-not-found'],
  },
  getNeighbourhood: {
    ...look,
    path: '/api/instances/{instance}/neighbourhood',
    summary: 'Instances around it, upstream and downstream',
    query: z.object({
      up: z.coerce.number().int().min(0).max(10).default(1),
      down: z.coerce.number().int().min(0).max(10).default(1),
    }),
    reply: Neighbourhood,
    problems: ['instance-not-found'],
  },
  diagnoseInstance: {
    ...look,
    path: '/api/instances/{instance}/diagnosis',
    summary: 'Why it does not run: what dispatch would decide now',
    query: none,
    reply: Diagnosis,
    problems: ['instance-not-found'],
  },
  getInstanceLog: {
    ...look,
    path: '/api/instances/{instance}/log',
    summary: 'The log of the instance, or of one attempt',
    role: 'operator',
    query: logQuery.extend({ attempt: z.coerce.number().int().min(1).optional() }),
    reply: LogPage,
    problems: ['instance-not-found', 'invalid-cursor'],
  },
  pauseInstance: {
    ...move,
    path: '/api/instances/{instance}/pause',
    summary: 'Do not start it until it is resumed',
    body: z.object({ comment }),
  },
  resumeInstance: {
    ...move,
    path: '/api/instances/{instance}/resume',
    summary: 'Let it start again; the gate decides when',
    body: z.object({ comment }),
  },
  terminateInstance: {
    ...move,
    path: '/api/instances/{instance}/terminate',
    summary: 'End it; its slots stay taken until the attempt is known to be dead',
    body: z.object({ comment }),
  },
  rerunInstance: {
    ...move,
    path: '/api/instances/{instance}/rerun',
    summary: 'Put an ended instance back in line',
    body: z.object({ comment }),
  },
  setInstancePriority: {
    ...move,
    path: '/api/instances/{instance}/priority',
    summary: 'Change its priority; above MIDDLE only administrators',
    body: z.object({ priority: Priority, comment }),
  },
  setInstanceResourceGroup: {
    ...move,
    path: '/api/instances/{instance}/resource-group',
    summary: 'Move it to another resource group before it starts',
    body: z.object({ resourceGroup: Key, comment }),
    problems: [
      'instance-not-found',
      'resource-group-not-found',
      'move-not-allowed',
      'changed-meanwhile',
    ],
  },
  batchInstances: {
    method: 'POST',
    path: '/api/batches/instances',
    summary: 'One operation on up to 100 instances, with a result for each',
    tag: 'instances',
    role: 'member',
    project: 'each',
    lambda: 'write',
    idempotency: 'required',
    params: none,
    query: none,
    body: z
      .object({
        op: InstanceOperation,
        ids: z
          .array(z.string().max(400))
          .min(1)
          .max(batchLimit, {
            error: `must hold at most ${batchLimit} ids; send a longer selection in several calls`,
          }),
        priority: Priority.optional(),
        resourceGroup: Key.optional(),
        comment,
      })
      .refine(({ op, priority }) => op !== 'set-priority' || priority !== undefined, {
        path: ['priority'],
        error: 'is needed by set-priority',
      })
      .refine(
        ({ op, resourceGroup }) => op !== 'set-resource-group' || resourceGroup !== undefined,
        {
          path: ['resourceGroup'],
          error: 'is needed by set-resource-group',
        },
      )
      .meta({ id: 'InstanceBatch' }),
    reply: BatchResult,
    status: 200,
    problems: ['resource-group-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
