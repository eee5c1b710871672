import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { Instant, Zone } from '../kernel/time.schema.ts';
import { WallClock, Weekday } from '../pool/pool.schema.ts';
import { Priority } from '../workflow/priority.schema.ts';

/** What a hold keeps from starting. */
export const HoldTarget = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('task'), project: Key, workflow: Key, task: Key }),
    z.object({ kind: z.literal('workflow'), project: Key, workflow: Key }),
    z.object({ kind: z.literal('project'), project: Key }),
    z.object({
      kind: z.literal('pool'),
      pool: z
        .string()
        .regex(/^(throttle|group):.+$/, { error: 'must be throttle:<rule> or group:<group>' })
        .max(80),
    }),
    z.object({ kind: z.literal('everything') }),
  ])
  .meta({ id: 'HoldTarget' });
export type HoldTarget = z.infer<typeof HoldTarget>;

/**
 * Nothing that it covers starts while it lasts; what runs goes on. A `drain` is looked at until nothing runs any more, a
 * `maintenance` is planned for a time, once or each week, a `freeze` covers everything and is thawed in stages.
 */
export const Hold = z
  .object({
    id: z.string().min(1).max(80).meta({ description: '`project~…`, or `system~…`' }),
    purpose: z.enum(['hold', 'drain', 'maintenance', 'freeze']),
    target: HoldTarget,
    env: Env.optional().meta({ description: 'default: both' }),
    reason: z.string().min(1).max(200),
    by: z.string(),
    since: Instant.meta({ description: 'when it was set' }),
    from: Instant.optional().meta({ description: 'default: at once' }),
    until: Instant.optional().meta({ description: 'default: until somebody lifts it' }),
    weekly: z
      .object({ days: z.array(Weekday).min(1).max(7), from: WallClock, to: WallClock, zone: Zone })
      .optional()
      .meta({ description: 'only at these hours (closed at `from`, open at `to`)' }),
    drainedAt: Instant.optional().meta({
      description: 'of a drain: when nothing that it covers was seen running any more',
    }),
    thawed: z
      .object({
        priority: Priority.optional().meta({ description: 'this priority and above may start' }),
        projects: z.array(Key).max(100).optional().meta({ description: 'these may start' }),
      })
      .optional(),
  })
  .meta({ id: 'Hold' });
export type Hold = z.infer<typeof Hold>;
