import * as z from 'zod';
import { Diagnosis } from '../../domain/diagnosis/diagnosis.schema.ts';
import { Attempt, Family, Move, Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { HoldReason, InstanceOperation } from '../../domain/operation/instance-operation.schema.ts';
import { Priority } from '../../domain/workflow/priority.schema.ts';
import { TaskKind } from '../../domain/workflow/task.schema.ts';
import { BatchResult, batchLimit, comment, Flag, listOf, none, pageOf, paging } from './common.ts';
import { InstanceDetail, InstanceRow } from './instance-view.ts';
import { LogPage, logQuery } from './log-view.ts';
import type { RouteContract } from './route.ts';

/** Business dates that one list may span. */
const mostDays = 31;

/** Days of a span, both ends included; infinite when it ends before it begins. */
const daysFrom = (from: BizDate, to: BizDate): number =>
  to < from ? Number.POSITIVE_INFINITY : (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

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

const until = Instant.optional().meta({ description: 'default: until somebody lifts it' });

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
    summary: 'Instances of one project and business date, or of several, by due time',
    tag: 'instances',
    role: 'viewer',
    project: 'query',
    lambda: 'read',
    params: none,
    query: z
      .object({
        project: Key,
        bizDate: BizDate,
        to: BizDate.optional().meta({
          description: `last business date, at most ${mostDays} days on; default: one day only`,
        }),
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
        kind: listOf(TaskKind.options).optional(),
        paused: Flag.optional(),
        held: Flag.optional(),
        asked: Flag.optional().meta({ description: 'approvals that wait for an answer' }),
        order: z.enum(['asc', 'desc']).default('asc'),
      })
      .refine(({ bizDate, to }) => to === undefined || daysFrom(bizDate, to) <= mostDays, {
        path: ['to'],
        error: `must not lie before bizDate nor more than ${mostDays} days after it`,
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
    reply: InstanceDetail,
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
    problems: ['instance-not-found', 'one-time-instance'],
  },
  getInstanceLog: {
    ...look,
    path: '/api/instances/{instance}/log',
    summary: 'The log of the instance, or of one attempt',
    role: 'operator',
    lambda: 'logs',
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
  setInstanceSuccess: {
    ...move,
    path: '/api/instances/{instance}/set-success',
    summary: 'Count a failed instance as succeeded; what waits for it goes on',
    body: z.object({ comment }),
  },
  forceRerunInstance: {
    ...move,
    path: '/api/instances/{instance}/force-rerun',
    summary:
      'Run it whatever its status, upstreams and due time; a running attempt is stopped first',
    body: z.object({ comment }),
  },
  removeInstanceUpstreams: {
    ...move,
    path: '/api/instances/{instance}/remove-upstreams',
    summary: 'Let this instance wait for some of its upstreams no longer; other cycles keep theirs',
    body: z.object({
      parents: z
        .array(z.string().max(400))
        .min(1)
        .max(30)
        .meta({ description: 'ids of upstream instances' }),
      comment,
    }),
    problems: ['instance-not-found', 'upstream-not-found', 'move-not-allowed', 'changed-meanwhile'],
  },
  holdInstance: {
    ...move,
    path: '/api/instances/{instance}/hold',
    summary: 'Keep it from starting, with a reason and, if known, an end',
    body: z.object({ reason: HoldReason, until }),
  },
  unholdInstance: {
    ...move,
    path: '/api/instances/{instance}/unhold',
    summary: 'Lift its hold',
    body: z.object({ comment }),
  },
  approveInstance: {
    ...move,
    path: '/api/instances/{instance}/approve',
    summary: 'Approve what waits for it; it succeeds',
    body: z.object({ comment }),
  },
  rejectInstance: {
    ...move,
    path: '/api/instances/{instance}/reject',
    summary: 'Reject what waits for approval; it fails',
    body: z.object({ comment }),
  },
  undoInstance: {
    ...move,
    path: '/api/instances/{instance}/undo',
    summary:
      'Take back the last set-success, pause, hold, priority or group, until something follows',
    body: z.object({ comment }),
    problems: ['instance-not-found', 'move-not-allowed', 'dependant-started', 'changed-meanwhile'],
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
        reason: HoldReason.optional(),
        until,
        comment,
      })
      .refine(({ op, reason }) => op !== 'hold' || reason !== undefined, {
        path: ['reason'],
        error: 'is needed by hold',
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
