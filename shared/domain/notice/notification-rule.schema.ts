import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';
import { ChannelKind } from './channel.schema.ts';
import { Receiver } from './receivers.schema.ts';

/** Most notification rules of a project. */
export const maxNotificationRules = 100;

/** What a notification tells of, about whole runs (seed 000; W32). */
export const NotificationItem = z
  .enum(['failed', 'started', 'succeeded'])
  .meta({ id: 'NotificationItem' });
export type NotificationItem = z.infer<typeof NotificationItem>;

/** The workflows that a notification watches. `project` and `tags` are dynamic: new workflows join. */
export const Sphere = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('project') }),
    z.object({ kind: z.literal('workflows'), workflows: z.array(Key).min(1).max(100) }),
    z.object({ kind: z.literal('tags'), tags: z.array(z.string().min(1).max(64)).min(1).max(20) }),
  ])
  .meta({ id: 'Sphere' });
export type Sphere = z.infer<typeof Sphere>;

/** What people fill in: five required fields, each refused by name when it is missing (seed 000; W31). */
export const NotificationWish = z
  .object({
    name: z.string().trim().min(1).max(64).meta({ description: 'unique in the project' }),
    items: z.array(NotificationItem).min(1).max(3),
    sphere: Sphere,
    methods: z.array(ChannelKind).min(1).max(9),
    receivers: z.array(Receiver).min(1).max(50),
    enabled: z.boolean().default(true),
    mergeMinutes: z.int().min(0).max(1440).default(5).meta({
      description:
        'after a message about a workflow, further ones are merged for so long; 0: none are',
    }),
    otherRuns: z.boolean().default(false).meta({
      description: 'also runs started by hand and runs of backfills (N82)',
    }),
    everyAttempt: z.boolean().default(false).meta({
      description: 'with the item `failed`: also each failure that is retried automatically',
    }),
    resendUnconfirmed: z.boolean().default(false).meta({
      description: 'send again when nobody knows whether a message got out',
    }),
  })
  .meta({ id: 'NotificationWish' });
export type NotificationWish = z.infer<typeof NotificationWish>;

/** A rule of notification management. */
export const NotificationRule = NotificationWish.extend({
  id: Key,
  project: Key,
  createdBy: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
}).meta({ id: 'NotificationRule' });
export type NotificationRule = z.infer<typeof NotificationRule>;
