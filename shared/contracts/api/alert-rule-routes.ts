import * as z from 'zod';
import { AlertRule, AlertWish, AlertWishes } from '../../domain/alert/alert-rule.schema.ts';
import { Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { ChannelKind } from '../../domain/notice/channel.schema.ts';
import { Receiver } from '../../domain/notice/receivers.schema.ts';
import { BatchResult, batchLimit, comment, none, projectParams } from './common.ts';
import type { RouteContract } from './route.ts';

/** A rule as lists show it. */
export const AlertRuleView = AlertRule.extend({
  rev: z.int().min(1),
  lastSentAt: Instant.optional(),
}).meta({ id: 'AlertRuleView' });
export type AlertRuleView = z.infer<typeof AlertRuleView>;

const ruleParams = z.object({ project: Key, rule: Key });

const edit = {
  tag: 'alert rules',
  role: 'developer',
  project: 'params',
  lambda: 'tell',
  idempotency: 'optional',
  query: none,
} as const;

const rules = z
  .array(Key)
  .min(1)
  .max(batchLimit, { error: `must name at most ${batchLimit} rules; make several calls` });

/** Offline task monitoring (nodes-and-instances 7.2). */
export const alertRuleRoutes = {
  listAlertRules: {
    method: 'GET',
    path: '/api/projects/{project}/alert-rules',
    summary: 'Alert rules of a project by name, and the channels that may be chosen',
    tag: 'alert rules',
    role: 'viewer',
    project: 'params',
    lambda: 'messages',
    params: projectParams,
    query: z.object({
      workflow: Key.optional().meta({ description: 'only those that watch a task of it' }),
      task: Key.optional().meta({
        description: 'with a workflow: only those that watch this task',
      }),
    }),
    reply: z.object({
      items: z.array(AlertRuleView),
      channels: z.array(ChannelKind).meta({ description: 'that are set up' }),
    }),
    status: 200,
    problems: ['project-not-found'],
  },
  getAlertRule: {
    method: 'GET',
    path: '/api/projects/{project}/alert-rules/{rule}',
    summary: 'One alert rule',
    tag: 'alert rules',
    role: 'viewer',
    project: 'params',
    lambda: 'messages',
    params: ruleParams,
    query: none,
    reply: AlertRuleView,
    status: 200,
    problems: ['rule-not-found'],
  },
  createAlertRules: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/alert-rules',
    summary: 'Add a rule for one condition and many objects, or one for each of several conditions',
    idempotency: 'required',
    params: projectParams,
    body: AlertWishes,
    reply: z.object({ items: z.array(AlertRuleView) }),
    status: 201,
    problems: ['project-not-found', 'already-exists', 'too-many-rules', 'changed-meanwhile'],
  },
  updateAlertRule: {
    ...edit,
    method: 'PUT',
    path: '/api/projects/{project}/alert-rules/{rule}',
    summary: 'Replace an alert rule',
    ifMatch: true,
    params: ruleParams,
    body: AlertWish,
    reply: AlertRuleView,
    status: 200,
    problems: ['rule-not-found', 'already-exists', 'changed-meanwhile'],
  },
  deleteAlertRule: {
    ...edit,
    method: 'DELETE',
    path: '/api/projects/{project}/alert-rules/{rule}',
    summary: 'Remove an alert rule; its events and push records stay',
    ifMatch: true,
    params: ruleParams,
    reply: z.object({ deleted: z.literal(true) }),
    status: 200,
    problems: ['rule-not-found'],
  },
  switchAlertRules: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/alert-rules/switch',
    summary: 'Switch alert rules on or off',
    role: 'operator',
    params: projectParams,
    body: z.object({ rules, enabled: z.boolean(), comment }),
    reply: BatchResult,
    status: 200,
    problems: [],
  },
  changeAlertReceivers: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/alert-rules/receivers',
    summary: 'Give alert rules other receivers',
    params: projectParams,
    body: z.object({
      rules,
      receivers: z.array(Receiver).min(1).max(50),
      channels: z
        .array(ChannelKind)
        .min(1)
        .max(9)
        .optional()
        .meta({ description: 'default: each keeps its own' }),
      comment,
    }),
    reply: BatchResult,
    status: 200,
    problems: [],
  },
  deleteAlertRules: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/alert-rules/delete',
    summary: 'Remove alert rules',
    params: projectParams,
    body: z.object({ rules, comment }),
    reply: BatchResult,
    status: 200,
    problems: [],
  },
  testAlertRule: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/alert-rules/{rule}/test',
    summary: 'Send a test message to its receivers, as they are now',
    idempotency: 'required',
    params: ruleParams,
    reply: z.object({ occurrence: z.string() }),
    status: 202,
    problems: ['rule-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
