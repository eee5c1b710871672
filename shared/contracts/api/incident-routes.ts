import * as z from 'zod';
import { Incident, IncidentStatus } from '../../domain/alert/incident.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { comment, Flag, listOf, none, pageOf, paging } from './common.ts';
import type { RouteContract } from './route.ts';

/** One instance that failed as part of an incident. */
export const IncidentMember = z
  .object({
    instance: z.string(),
    workflow: Key.optional(),
    task: Key.optional(),
    failedAt: Instant,
    error: z.string().optional(),
    recoveredAt: Instant.optional().meta({ description: 'missing: it has not succeeded yet' }),
  })
  .meta({ id: 'IncidentMember' });
export type IncidentMember = z.infer<typeof IncidentMember>;

/** Something that was done or told about an incident. */
export const IncidentStep = z
  .object({
    id: z.string(),
    at: Instant,
    kind: z.enum([
      'opened',
      'told',
      'acknowledged',
      'snoozed',
      'unsnoozed',
      'note',
      'recovered',
      'closed',
    ]),
    by: z.string().optional().meta({ description: 'person, or `system:…`' }),
    text: z.string().optional(),
    until: Instant.optional().meta({ description: 'of a snooze' }),
    notice: z.string().optional().meta({ description: 'what was told: its push records' }),
    reason: z.string().optional().meta({ description: 'why it was told: occurrence, digest, …' }),
    rule: z.string().optional(),
    count: z.int().optional().meta({ description: 'how many failures the message told of' }),
    recipients: z.array(z.string()).max(50).optional(),
  })
  .meta({ id: 'IncidentStep' });
export type IncidentStep = z.infer<typeof IncidentStep>;

const lastFix = z.object({
  instance: z.string(),
  move: z.string(),
  at: Instant,
  actor: z.string(),
  reason: z.string().optional(),
  sameError: z.boolean().meta({ description: 'it reads like the error of this incident' }),
});

/** An incident with all that happened to it. */
const IncidentDetail = Incident.extend({
  members: z
    .array(IncidentMember)
    .meta({ description: 'the first 25 by id; the rest by `listIncidentMembers`' }),
  moreMembers: z.boolean(),
  steps: z.array(IncidentStep).meta({ description: 'the last 200, the oldest first' }),
  lastFix: lastFix.optional().meta({ description: 'what helped the last time' }),
}).meta({ id: 'IncidentDetail' });

const params = z.object({ incident: z.string().min(1).max(300) });

const look = {
  method: 'GET',
  tag: 'incidents',
  role: 'member',
  project: 'each',
  lambda: 'messages',
  status: 200,
} as const;

const change = {
  method: 'POST',
  tag: 'incidents',
  role: 'member',
  project: 'each',
  lambda: 'tell',
  params,
  query: none,
  reply: Incident,
  status: 200,
} as const;

const changeProblems = ['incident-not-found', 'incident-over', 'changed-meanwhile'] as const;

export const incidentRoutes = {
  listIncidents: {
    ...look,
    path: '/api/incidents',
    summary: 'Incidents of the projects you may see: failures with one cause',
    params: none,
    query: z.object({
      ...paging,
      env: Env.default('prod'),
      project: Key.optional().meta({ description: 'default: all you may see' }),
      status: listOf(IncidentStatus.options)
        .optional()
        .meta({ description: 'default: those that are not over; they are found however old' }),
      from: Instant.optional().meta({
        description: 'opened since; default with a status that is over: 31 days before `to`',
      }),
      to: Instant.optional().meta({ description: 'opened up to; default: now' }),
      text: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'part of the error, of a workflow or of the cause' }),
      order: z.enum(['newest', 'worst']).default('newest').meta({
        description:
          'worst: severity, then failures that are open; only without a status that is over, of the first 500',
      }),
    }),
    reply: pageOf(Incident),
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getIncident: {
    ...look,
    path: '/api/incidents/{incident}',
    summary: 'One incident: cause, failures, what was done and whom it was told to',
    params,
    query: none,
    reply: IncidentDetail,
    problems: ['incident-not-found'],
  },
  listIncidentMembers: {
    ...look,
    path: '/api/incidents/{incident}/members',
    summary: 'The failed instances of an incident, by id',
    params,
    query: z.object({
      ...paging,
      open: Flag.optional().meta({ description: 'only those that have not succeeded since' }),
    }),
    reply: pageOf(IncidentMember),
    problems: ['incident-not-found', 'invalid-cursor'],
  },
  acknowledgeIncident: {
    ...change,
    path: '/api/incidents/{incident}/acknowledge',
    summary: 'You take care of it: no reminders and no escalation any more',
    idempotency: 'optional',
    body: z.object({ comment }),
    problems: [...changeProblems],
  },
  snoozeIncident: {
    ...change,
    path: '/api/incidents/{incident}/snooze',
    summary: 'No messages about it until then; what happens meanwhile comes as one digest',
    idempotency: 'optional',
    body: z.object({
      until: Instant.meta({ description: 'in the future, at most 30 days ahead' }),
      comment,
    }),
    problems: [...changeProblems],
  },
  unsnoozeIncident: {
    ...change,
    path: '/api/incidents/{incident}/unsnooze',
    summary: 'Tell of it again from now on',
    idempotency: 'optional',
    body: z.object({ comment }),
    problems: [...changeProblems, 'nothing-changed'],
  },
  noteIncident: {
    ...change,
    path: '/api/incidents/{incident}/notes',
    summary: 'Write down what you found',
    idempotency: 'required',
    body: z.object({
      text: z.string().trim().min(1, { error: 'must not be empty' }).max(4000),
    }),
    reply: IncidentStep,
    status: 201,
    problems: ['incident-not-found'],
  },
  closeIncident: {
    ...change,
    path: '/api/incidents/{incident}/close',
    summary: 'End it although not everything has succeeded: nobody will be told of it any more',
    idempotency: 'optional',
    body: z.object({ comment }),
    problems: [...changeProblems],
  },
} as const satisfies Record<string, RouteContract>;
