import * as z from 'zod';
import { AlertEvent, AlertStatus } from '../../domain/alert/alert-event.schema.ts';
import { Severity } from '../../domain/alert/alert-rule.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { OccurrenceKind } from '../../domain/notice/occurrence.schema.ts';
import { BatchResult, batchLimit, comment, listOf, none, pageOf, paging } from './common.ts';
import type { RouteContract } from './route.ts';

const alertId = z.string().min(1).max(300);

const ids = z
  .array(alertId)
  .min(1)
  .max(batchLimit, { error: `must name at most ${batchLimit} alerts; send several calls` });

const look = {
  method: 'GET',
  tag: 'alerts',
  role: 'member',
  project: 'each',
  lambda: 'messages',
  status: 200,
} as const;

const change = {
  method: 'POST',
  tag: 'alerts',
  role: 'member',
  project: 'each',
  lambda: 'tell',
  idempotency: 'optional',
  params: none,
  query: none,
  reply: BatchResult,
  status: 200,
  problems: [],
} as const;

export const alertEventRoutes = {
  listAlertEvents: {
    ...look,
    path: '/api/alerts',
    summary: 'Alert events of the projects you may see, newest first',
    params: none,
    query: z.object({
      ...paging,
      env: Env.default('prod'),
      project: Key.optional().meta({ description: 'default: all you may see' }),
      status: listOf(AlertStatus.options).optional(),
      kind: listOf(OccurrenceKind.options).optional().meta({ description: 'reason type' }),
      severity: listOf(Severity.options).optional(),
      receiver: z.enum(['all', 'me', 'owner', 'duty', 'contact', 'room']).default('all').meta({
        description: 'me: you are one of those told; owner, duty, …: somebody told as such',
      }),
      name: z.string().max(128).optional().meta({ description: 'told to this contact or room' }),
      from: Instant.optional().meta({ description: 'first fired since; default: a month ago' }),
      to: Instant.optional().meta({ description: 'first fired up to; default: now' }),
      text: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'part of the object, the rule or the error' }),
    }),
    reply: pageOf(AlertEvent),
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getAlertEvent: {
    ...look,
    path: '/api/alerts/{alert}',
    summary: 'One alert event',
    params: z.object({ alert: alertId }),
    query: none,
    reply: AlertEvent,
    problems: ['alert-not-found'],
  },
  acknowledgeAlerts: {
    ...change,
    path: '/api/alerts/acknowledge',
    summary: 'You handle them: no reminders any more',
    body: z.object({ ids, comment }),
  },
  quietAlerts: {
    ...change,
    path: '/api/alerts/quiet',
    summary: 'Do not disturb: no messages about them for the rest of the day or until then',
    body: z.object({
      ids,
      until: Instant.optional().meta({
        description:
          'at most 30 days ahead; default: the end of the day in the zone of the project',
      }),
      comment,
    }),
  },
  finishAlerts: {
    ...change,
    path: '/api/alerts/finish',
    summary: 'They are over, whatever their objects do: nobody is reminded of them',
    body: z.object({ ids, comment }),
  },
} as const satisfies Record<string, RouteContract>;
