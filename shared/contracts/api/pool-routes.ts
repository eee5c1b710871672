import * as z from 'zod';
import { Env } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { PoolState, ResourceGroup, ThrottleRule } from '../../domain/pool/pool.schema.ts';
import { Priority } from '../../domain/workflow/priority.schema.ts';
import { nameParams, none } from './common.ts';
import type { RouteContract } from './route.ts';

const revision = { rev: z.int().min(1) };

export const ThrottleRuleView = ThrottleRule.extend(revision).meta({ id: 'ThrottleRuleView' });
export const ResourceGroupView = ResourceGroup.extend(revision).meta({ id: 'ResourceGroupView' });

/** How many queue for a pool; counted up to a limit. */
const Waiting = z
  .object({
    count: z.int().min(0),
    more: z.boolean().meta({ description: 'there are more than were counted' }),
  })
  .meta({ id: 'WaitingCount' });

/** A pool with who holds its slots and who waits for one. */
const PoolUse = z
  .object({
    pool: PoolState,
    used: z.int().min(0),
    waiting: Waiting,
    holders: z.array(
      z.object({ id: z.string(), since: Instant, expectedEndAt: Instant.optional() }),
    ),
    waiters: z
      .array(z.object({ id: z.string(), priority: Priority, dueAt: Instant }))
      .meta({ description: 'the first of the queue' }),
  })
  .meta({ id: 'PoolUse' });

const Deleted = z.object({ deleted: z.literal(true) });

const look = {
  method: 'GET',
  tag: 'pools',
  role: 'member',
  project: 'system',
  lambda: 'read',
  status: 200,
} as const;

const edit = {
  tag: 'pools',
  role: 'admin',
  project: 'system',
  lambda: 'write',
  idempotency: 'optional',
  query: none,
} as const;

export const poolRoutes = {
  listThrottleRules: {
    ...look,
    path: '/api/throttle-rules',
    summary: 'All throttling rules',
    params: none,
    query: none,
    reply: z.object({ items: z.array(ThrottleRuleView) }),
    problems: [],
  },
  createThrottleRule: {
    ...edit,
    method: 'POST',
    path: '/api/throttle-rules',
    summary: 'Add a throttling rule; what runs goes on',
    params: none,
    body: ThrottleRule,
    reply: ThrottleRuleView,
    status: 201,
    problems: ['already-exists', 'too-many-rules'],
  },
  updateThrottleRule: {
    ...edit,
    method: 'PUT',
    path: '/api/throttle-rules/{name}',
    summary: 'Replace a throttling rule',
    ifMatch: true,
    params: nameParams,
    body: ThrottleRule.omit({ name: true }),
    reply: ThrottleRuleView,
    status: 200,
    problems: ['throttle-rule-not-found'],
  },
  deleteThrottleRule: {
    ...edit,
    method: 'DELETE',
    path: '/api/throttle-rules/{name}',
    summary: 'Remove a throttling rule; what waits for it goes on without it within a minute',
    ifMatch: true,
    params: nameParams,
    reply: Deleted,
    status: 200,
    problems: ['throttle-rule-not-found'],
  },
  listResourceGroups: {
    ...look,
    path: '/api/resource-groups',
    summary: 'All resource groups',
    params: none,
    query: none,
    reply: z.object({ items: z.array(ResourceGroupView) }),
    problems: [],
  },
  createResourceGroup: {
    ...edit,
    method: 'POST',
    path: '/api/resource-groups',
    summary: 'Add a resource group',
    params: none,
    body: ResourceGroup,
    reply: ResourceGroupView,
    status: 201,
    problems: ['already-exists'],
  },
  updateResourceGroup: {
    ...edit,
    method: 'PUT',
    path: '/api/resource-groups/{name}',
    summary: 'Replace a resource group',
    ifMatch: true,
    params: nameParams,
    body: ResourceGroup.omit({ name: true }),
    reply: ResourceGroupView,
    status: 200,
    problems: ['resource-group-not-found'],
  },
  deleteResourceGroup: {
    ...edit,
    method: 'DELETE',
    path: '/api/resource-groups/{name}',
    summary: 'Remove a resource group that no task names',
    ifMatch: true,
    params: nameParams,
    reply: Deleted,
    status: 200,
    problems: ['resource-group-not-found', 'in-use'],
  },
  listPools: {
    ...look,
    path: '/api/pools',
    summary: 'Limited pools with the slots in use and how many wait',
    params: none,
    query: z.object({ env: Env.default('prod') }),
    reply: z.object({
      items: z.array(z.object({ pool: PoolState, used: z.int().min(0), waiting: Waiting })),
    }),
    problems: [],
  },
  getPool: {
    ...look,
    path: '/api/pools/{pool}',
    summary: 'One pool: slots in use, holders and queue',
    params: z.object({
      pool: z
        .string()
        .regex(/^(throttle|group):.+$/, { error: 'must be throttle:NAME or group:NAME' }),
    }),
    query: z.object({ env: Env.default('prod') }),
    reply: PoolUse,
    problems: ['throttle-rule-not-found', 'resource-group-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
