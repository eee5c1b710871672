import * as z from 'zod';
import { Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';
import { ChannelKind } from '../notice/channel.schema.ts';
import { Receiver } from '../notice/receivers.schema.ts';
import { TaskKind } from '../workflow/task.schema.ts';

/** Most alert rules of a project (nodes-and-instances 7.2). */
export const maxAlertRules = 100;

const clock = z.string().regex(/^(?:[0-3]\d|4[0-7]):[0-5]\d$/, {
  error: 'must be HH:mm, hours 00 to 47 counted from the run date',
});

/** When a rule fires (nodes-and-instances 7.2). */
export const AlertCondition = z
  .discriminatedUnion('on', [
    z.object({ on: z.literal('error') }),
    z.object({ on: z.literal('completed') }),
    z.object({ on: z.literal('timeout'), minutes: z.int().min(1).max(21_600) }),
    z.object({
      on: z.literal('not-completed'),
      by: clock.optional(),
      byCycle: z
        .record(z.string().regex(/^(?:[1-9]|[1-9]\d|1\d\d|2[0-7]\d|28[0-8])$/), clock)
        .optional()
        .meta({ description: 'cycle (1 to 288) → time; for tasks with several cycles a day' }),
    }),
    z.object({ on: z.literal('not-started'), by: clock }),
    z.object({ on: z.literal('auto-retried') }),
    z.object({ on: z.literal('log-keyword'), text: z.string().trim().min(2).max(128) }),
    z.object({ on: z.literal('failed-count'), atLeast: z.int().min(1).max(100_000) }),
    z.object({ on: z.literal('failed-share'), percent: z.int().min(1).max(100) }),
  ])
  .meta({ id: 'AlertCondition' });
export type AlertCondition = z.infer<typeof AlertCondition>;

/** What it watches: some tasks, or all of the project (or of some kinds), minus a whitelist. */
export const AlertScope = z
  .discriminatedUnion('level', [
    z.object({
      level: z.literal('task'),
      tasks: z
        .array(z.object({ workflow: Key, task: Key }))
        .min(1)
        .max(100, { error: 'must name at most 100 tasks; use a rule for the project instead' }),
    }),
    z.object({ level: z.literal('project'), kinds: z.array(TaskKind).min(1).max(20).optional() }),
  ])
  .meta({ id: 'AlertScope' });
export type AlertScope = z.infer<typeof AlertScope>;

/** A time of day window in the zone of the project; `from` after `to` goes over midnight. */
export const DayWindow = z
  .object({
    from: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
    to: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  })
  .meta({ id: 'DayWindow' });
export type DayWindow = z.infer<typeof DayWindow>;

export const Severity = z.enum(['info', 'warning', 'critical']).meta({ id: 'Severity' });
export type Severity = z.infer<typeof Severity>;

/** What an author says of a rule besides its name and condition. */
const settings = z.object({
  scope: AlertScope,
  whitelist: z
    .array(z.object({ workflow: Key, task: Key.optional() }))
    .max(100)
    .default([])
    .meta({
      description: 'left out of a scope of the project; without a task: the whole workflow',
    }),
  severity: Severity.default('warning'),
  channels: z.array(ChannelKind).min(1).max(9),
  receivers: z.array(Receiver).min(1).max(50),
  frequencyMinutes: z.int().min(1).max(1440).default(30).meta({
    description: 'between reminders while it lasts',
  }),
  maxSends: z.int().min(1).max(24).default(3),
  effective: DayWindow.optional().meta({ description: 'default: all day; silent outside of it' }),
  escalation: z
    .object({ afterMinutes: z.int().min(1).max(1440), receivers: z.array(Receiver).min(1).max(20) })
    .optional()
    .meta({ description: 'whom to tell when nobody has acknowledged the incident' }),
  otherRuns: z.boolean().default(false).meta({
    description: 'also instances started by hand and those of backfills (N82)',
  }),
  enabled: z.boolean().default(true),
  resendUnconfirmed: z.boolean().default(false).meta({
    description: 'send again when nobody knows whether a message got out',
  }),
});

const name = z
  .string()
  .trim()
  .min(1)
  .max(36)
  .regex(/^[\p{Script=Han}A-Za-z0-9_-]+$/u, {
    error: 'must be Chinese characters, letters, digits, "_" or "-"',
  });

/** Most conditions that one call may make rules of. */
const mostConditions = 9;

/** A rule as it is edited: one condition, and up to 100 objects or the project. */
export const AlertWish = settings
  .extend({ name, condition: AlertCondition })
  .meta({ id: 'AlertWish' });
export type AlertWish = z.infer<typeof AlertWish>;

/**
 * What rules are made of, in both ways of creating them (nodes-and-instances 7.2): one condition for many objects makes
 * one rule, many conditions for the same objects make a rule each, named `name-condition`.
 */
export const AlertWishes = settings
  .extend({ name, conditions: z.array(AlertCondition).min(1).max(mostConditions) })
  .meta({ id: 'AlertWishes' });
export type AlertWishes = z.infer<typeof AlertWishes>;

/** An alert rule of a project (Dataphin's offline task monitoring). */
export const AlertRule = AlertWish.extend({
  id: Key,
  project: Key,
  createdBy: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
}).meta({ id: 'AlertRule' });
export type AlertRule = z.infer<typeof AlertRule>;
