import * as z from 'zod';
import { Hold, HoldTarget } from '../../domain/hold/hold.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { Priority } from '../../domain/workflow/priority.schema.ts';
import { comment, Flag, none } from './common.ts';
import type { RouteContract } from './route.ts';

/** Counted up to a limit. */
const Counted = z
  .object({
    count: z.int().min(0),
    more: z.boolean().meta({ description: 'there may be more than were looked at' }),
  })
  .meta({ id: 'Counted' });

/** A hold with its state now, and on request what it is about right now. */
export const HoldView = Hold.extend({
  rev: z.int().min(1),
  state: z.enum(['planned', 'active', 'over']),
  clearsAt: Instant.optional().meta({
    description: 'while active: when it ends by itself; missing when somebody must lift it',
  }),
  keptBack: Counted.optional().meta({
    description: 'instances due by now that it covers and that were set aside',
  }),
  running: Counted.optional().meta({ description: 'attempts that go on although it lasts' }),
}).meta({ id: 'HoldView' });
export type HoldView = z.infer<typeof HoldView>;

/** What of it still runs: a drain is done when nothing does. */
const HoldDetail = HoldView.extend({
  stillRunning: z
    .array(z.object({ id: z.string(), since: Instant, expectedEndAt: Instant.optional() }))
    .meta({ description: 'the first of them, the longest running first' }),
}).meta({ id: 'HoldDetail' });

const Tally = z.object({ project: Key, count: z.int().min(0) });

/** What a freeze would keep from starting, and what would go on. */
const FreezePlan = z
  .object({
    at: Instant,
    until: Instant.meta({ description: 'counted is what falls due up to here' }),
    waiting: Counted,
    running: Counted,
    projects: z.array(Tally.extend({ running: z.int().min(0) })),
  })
  .meta({ id: 'FreezePlan' });

/** What the stages of a thaw would let start at once. */
const ThawPlan = z
  .object({
    at: Instant,
    keptBack: Counted,
    stages: z
      .array(z.object({ priority: Priority, project: Key, count: z.int().min(1) }))
      .meta({ description: 'the higher priority first, then by project' }),
  })
  .meta({ id: 'ThawPlan' });

const hold = z.object({ hold: z.string().min(1).max(80) });

const reason = z.string().trim().min(1, { error: 'must say why' }).max(200);

const look = {
  method: 'GET',
  tag: 'holds',
  role: 'member',
  project: 'each',
  lambda: 'read',
  status: 200,
} as const;

const change = {
  tag: 'holds',
  role: 'member',
  project: 'each',
  lambda: 'write',
  idempotency: 'optional',
  ifMatch: true,
  params: hold,
  status: 200,
} as const;

const freeze = { tag: 'holds', role: 'admin', project: 'system' } as const;

export const holdRoutes = {
  listHolds: {
    ...look,
    path: '/api/holds',
    summary: 'Holds, drains, maintenance windows and freezes of the projects you may see',
    params: none,
    query: z.object({
      project: Key.optional().meta({
        description: 'also those of pools and of everything; default: all projects',
      }),
      active: Flag.default(false).meta({ description: 'only those that last now' }),
      counts: Flag.default(false).meta({ description: 'count what each is about right now' }),
    }),
    reply: z.object({ at: Instant, items: z.array(HoldView) }),
    problems: [],
  },
  getHold: {
    ...look,
    path: '/api/holds/{hold}',
    summary: 'One hold: what it keeps back and what still runs',
    params: hold,
    query: none,
    reply: HoldDetail,
    problems: ['hold-not-found'],
  },
  createHold: {
    method: 'POST',
    path: '/api/holds',
    summary: 'Keep a task, workflow, project, pool or everything from starting; what runs goes on',
    tag: 'holds',
    role: 'member',
    project: 'each',
    lambda: 'write',
    idempotency: 'required',
    params: none,
    query: none,
    body: z
      .object({
        purpose: Hold.shape.purpose.exclude(['freeze']),
        target: HoldTarget,
        env: Env.optional().meta({ description: 'default: both' }),
        reason,
        from: Instant.optional().meta({ description: 'default: at once' }),
        until: Instant.optional().meta({ description: 'default: until somebody lifts it' }),
        weekly: Hold.shape.weekly,
        comment,
      })
      .meta({ id: 'HoldWish' }),
    reply: HoldView,
    status: 201,
    problems: [
      'project-not-found',
      'workflow-not-found',
      'task-not-found',
      'throttle-rule-not-found',
      'resource-group-not-found',
      'already-exists',
      'too-many-holds',
    ],
  },
  updateHold: {
    ...change,
    method: 'PATCH',
    path: '/api/holds/{hold}',
    summary: 'Change its reason, its times or its weekly hours; null takes a time away',
    query: none,
    body: z.object({
      reason: reason.optional(),
      from: Instant.nullish(),
      until: Instant.nullish(),
      weekly: Hold.shape.weekly.nullable(),
      comment,
    }),
    reply: HoldView,
    problems: ['hold-not-found', 'nothing-changed'],
  },
  liftHold: {
    ...change,
    method: 'DELETE',
    path: '/api/holds/{hold}',
    summary: 'End it: what it kept back starts within a minute, in due order',
    query: z.object({ comment }),
    reply: z.object({ deleted: z.literal(true) }),
    problems: ['hold-not-found'],
  },
  planFreeze: {
    ...freeze,
    method: 'GET',
    path: '/api/freeze/plan',
    summary: 'What a freeze of everything would keep from starting within a day',
    lambda: 'read',
    params: none,
    query: z.object({ env: Env.optional().meta({ description: 'default: both' }) }),
    reply: FreezePlan,
    status: 200,
    problems: [],
  },
  freezeEverything: {
    ...freeze,
    method: 'POST',
    path: '/api/freeze',
    summary: 'Freeze everything: nothing starts any more until it is thawed; what runs goes on',
    lambda: 'write',
    idempotency: 'required',
    params: none,
    query: none,
    body: z.object({
      env: Env.optional().meta({ description: 'default: both' }),
      reason,
      expectedCount: z.int().min(0).meta({
        description: 'the number that the plan named; refused when it is quite another by now',
      }),
      comment,
    }),
    reply: HoldView,
    status: 201,
    problems: ['already-exists', 'plan-outdated', 'too-many-holds'],
  },
  planThaw: {
    ...look,
    path: '/api/holds/{hold}/thaw',
    summary: 'What each stage of a thaw would let start, by priority and project',
    params: hold,
    query: none,
    reply: ThawPlan,
    problems: ['hold-not-found'],
  },
  thawHold: {
    ...change,
    method: 'POST',
    path: '/api/holds/{hold}/thaw',
    summary: 'One stage of a thaw: a priority and above, some projects, or all',
    query: none,
    body: z.object({
      priority: Priority.optional(),
      projects: z.array(Key).max(100).optional(),
      all: z.boolean().optional(),
      comment,
    }),
    reply: HoldView.extend({
      over: z.boolean().meta({ description: 'nothing is frozen any more; the freeze is gone' }),
    }).meta({ id: 'ThawedHold' }),
    problems: ['hold-not-found', 'nothing-changed'],
  },
} as const satisfies Record<string, RouteContract>;
