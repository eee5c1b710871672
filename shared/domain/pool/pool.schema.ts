import * as z from 'zod';
import { Family } from '../instance/instance.schema.ts';
import { Env, Key } from '../kernel/key.schema.ts';
import { Instant, Zone } from '../kernel/time.schema.ts';
import { Priority } from '../workflow/priority.schema.ts';
import { TaskKind } from '../workflow/task.schema.ts';

/** A time of day on a wall. */
export const WallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be HH:mm' });
export const Weekday = z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']);

/** Largest number of throttling rules of an installation (nodes-and-instances 8.1). */
export const maxThrottleRules = 50;

/** What is throttled: offline instances. Real-time ones have no slots to wait for. */
export const ThrottledFamily = Family.extract(['recurring', 'backfill', 'manual']);
export type ThrottledFamily = z.infer<typeof ThrottledFamily>;

/** A limit that holds on some days between two times (closed at `from`, open at `to`; may cross midnight). */
const LimitWindow = z.object({
  days: z.array(Weekday).min(1).max(7),
  from: WallClock,
  to: WallClock,
  maxConcurrency: z.int().min(0).max(1000),
});

/**
 * Limits how many attempts of matching instances are out at once (nodes-and-instances 8.1). Every named dimension of the
 * scope must match; an instance passes only when each matching rule has room. 0 blocks.
 */
export const ThrottleRule = z
  .object({
    name: Key,
    description: z.string().max(1024).optional(),
    enabled: z.boolean().default(true),
    env: Env.optional().meta({ description: 'default: both' }),
    scope: z.object({
      projects: z.array(Key).max(100).optional(),
      workflows: z
        .array(z.string().max(130))
        .max(100)
        .optional()
        .meta({ description: '`project/workflow`' }),
      tasks: z
        .array(z.string().max(200))
        .max(100)
        .optional()
        .meta({ description: '`project/workflow/task`' }),
      kinds: z.array(TaskKind).optional(),
      resourceGroups: z.array(Key).max(100).optional(),
      byName: z
        .boolean()
        .optional()
        .meta({ description: 'tasks that list this rule under `pools`' }),
    }),
    families: z.array(ThrottledFamily).optional(),
    upTo: Priority.optional().meta({ description: 'only instances of this priority or lower' }),
    maxConcurrency: z.int().min(0).max(1000),
    windows: z.array(LimitWindow).max(10, { error: 'may hold 10 windows at most' }).default([]),
    zone: Zone.default('UTC'),
  })
  .meta({ id: 'ThrottleRule' });
export type ThrottleRule = z.infer<typeof ThrottleRule>;

/** Slots that instances of a group share; no number: no limit. */
export const ResourceGroup = z
  .object({
    name: Key,
    description: z.string().max(1024).optional(),
    slots: z.int().min(0).max(10_000).optional(),
  })
  .meta({ id: 'ResourceGroup' });
export type ResourceGroup = z.infer<typeof ResourceGroup>;

/** One item of a pool's counter. Limits above 20 are spread over several, so that none becomes hot (design.md §4). */
export const Stripe = z.object({
  stripe: z.int().min(0),
  used: z.int().min(0),
  reservedFor: z
    .string()
    .optional()
    .meta({ description: 'instance that was passed over too often' }),
});
export type Stripe = z.infer<typeof Stripe>;

/** A limited pool as the gate sees it now. */
export const PoolState = z
  .object({
    id: z.string().meta({ description: '`throttle:<rule>` or `group:<resource group>`' }),
    kind: z.enum(['throttle', 'resource']),
    name: z.string(),
    limit: z.int().min(0),
    stripes: z.array(Stripe).min(1),
    reopensAt: Instant.optional().meta({ description: 'next change of a limit of 0' }),
  })
  .meta({ id: 'PoolState' });
export type PoolState = z.infer<typeof PoolState>;
