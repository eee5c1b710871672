import * as z from 'zod';
import { Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { ChannelKind } from '../../domain/notice/channel.schema.ts';
import {
  NotificationRule,
  NotificationWish,
} from '../../domain/notice/notification-rule.schema.ts';
import { NotifySettings } from '../../domain/notice/notify-settings.schema.ts';
import { comment, none, projectParams } from './common.ts';
import type { RouteContract } from './route.ts';

/** A rule as lists show it. */
export const NotificationRuleView = NotificationRule.extend({
  rev: z.int().min(1),
  watched: z.int().min(0).meta({ description: 'workflows in its sphere now' }),
  lastSentAt: Instant.optional(),
}).meta({ id: 'NotificationRuleView' });
export type NotificationRuleView = z.infer<typeof NotificationRuleView>;

const ruleParams = z.object({ project: Key, rule: Key });

const edit = {
  tag: 'notifications',
  role: 'developer',
  project: 'params',
  lambda: 'tell',
  idempotency: 'optional',
  query: none,
} as const;

/** Notification management (workflows-and-logs A1.6): who is told when a workflow failed, started or succeeded. */
export const notificationRoutes = {
  listNotificationRules: {
    method: 'GET',
    path: '/api/projects/{project}/notification-rules',
    summary: 'Notifications of a project by name, and the channels that may be chosen',
    tag: 'notifications',
    role: 'viewer',
    project: 'params',
    lambda: 'messages',
    params: projectParams,
    query: none,
    reply: z.object({
      items: z.array(NotificationRuleView),
      channels: z.array(ChannelKind).meta({ description: 'that are set up' }),
    }),
    status: 200,
    problems: ['project-not-found'],
  },
  getNotificationRule: {
    method: 'GET',
    path: '/api/projects/{project}/notification-rules/{rule}',
    summary: 'One notification',
    tag: 'notifications',
    role: 'viewer',
    project: 'params',
    lambda: 'messages',
    params: ruleParams,
    query: none,
    reply: NotificationRuleView,
    status: 200,
    problems: ['rule-not-found'],
  },
  createNotificationRule: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/notification-rules',
    summary: 'Add a notification',
    idempotency: 'required',
    params: projectParams,
    body: NotificationWish,
    reply: NotificationRuleView,
    status: 201,
    problems: ['project-not-found', 'already-exists', 'too-many-rules', 'changed-meanwhile'],
  },
  updateNotificationRule: {
    ...edit,
    method: 'PUT',
    path: '/api/projects/{project}/notification-rules/{rule}',
    summary: 'Replace a notification',
    ifMatch: true,
    params: ruleParams,
    body: NotificationWish,
    reply: NotificationRuleView,
    status: 200,
    problems: ['rule-not-found', 'already-exists', 'changed-meanwhile'],
  },
  switchNotificationRule: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/notification-rules/{rule}/switch',
    summary: 'Activate or deactivate a notification',
    role: 'operator',
    ifMatch: true,
    params: ruleParams,
    body: z.object({ enabled: z.boolean(), comment }),
    reply: NotificationRuleView,
    status: 200,
    problems: ['rule-not-found', 'already-exists', 'changed-meanwhile'],
  },
  copyNotificationRule: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/notification-rules/{rule}/copy',
    summary: 'Add the same notification under another name',
    idempotency: 'required',
    params: ruleParams,
    body: z.object({ name: NotificationWish.shape.name }),
    reply: NotificationRuleView,
    status: 201,
    problems: ['rule-not-found', 'already-exists', 'too-many-rules', 'changed-meanwhile'],
  },
  deleteNotificationRule: {
    ...edit,
    method: 'DELETE',
    path: '/api/projects/{project}/notification-rules/{rule}',
    summary: 'Remove a notification; what it has told stays in the details',
    ifMatch: true,
    params: ruleParams,
    reply: z.object({ deleted: z.literal(true) }),
    status: 200,
    problems: ['rule-not-found'],
  },
  testNotificationRule: {
    ...edit,
    method: 'POST',
    path: '/api/projects/{project}/notification-rules/{rule}/test',
    summary: 'Send a test message to its receivers, as they are now',
    idempotency: 'required',
    params: ruleParams,
    reply: z.object({ occurrence: z.string() }),
    status: 202,
    problems: ['rule-not-found'],
  },
  getNotifySettings: {
    method: 'GET',
    path: '/api/notify-settings',
    summary: 'Which paid channels may be used, and which channels rules may name',
    tag: 'notifications',
    role: 'member',
    project: 'system',
    lambda: 'messages',
    params: none,
    query: none,
    reply: NotifySettings.extend({
      rev: z.int().min(0).meta({ description: '0: never changed' }),
      channels: z.array(ChannelKind),
    }),
    status: 200,
    problems: [],
  },
  putNotifySettings: {
    ...edit,
    method: 'PUT',
    path: '/api/notify-settings',
    summary: 'Switch text messages and calls on or off',
    role: 'admin',
    project: 'system',
    ifMatch: true,
    params: none,
    body: NotifySettings,
    reply: NotifySettings.extend({ rev: z.int().min(1) }),
    status: 200,
    problems: [],
  },
} as const satisfies Record<string, RouteContract>;
