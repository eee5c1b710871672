import * as z from 'zod';
import { AuditEntry } from '../../domain/audit/audit-entry.schema.ts';
import { HandoverNote } from '../../domain/handover/handover-note.schema.ts';
import { Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { envQuery, none, pageOf, paging, projectParams } from './common.ts';
import { HoldView } from './hold-routes.ts';
import type { RouteContract } from './route.ts';

/** An instance that the next shift should know of. */
const HandoverInstance = z
  .object({
    id: z.string(),
    workflow: Key,
    task: Key,
    bizDate: BizDate,
    status: Status,
    outcome: Outcome.optional(),
    dueAt: Instant,
    at: Instant.meta({ description: 'since when it is so' }),
    error: z.string().optional(),
    by: z.string().optional().meta({ description: 'who did something about it' }),
    move: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'HandoverInstance' });
export type HandoverInstance = z.infer<typeof HandoverInstance>;

/** What happened in a project since somebody looked. The look is bounded: `more` says where it ended early. */
const Handover = z
  .object({
    project: Key,
    env: Env,
    since: Instant,
    looked: z.boolean().meta({ description: 'false: you never looked; the last day is shown' }),
    at: Instant,
    broke: z.array(HandoverInstance),
    healed: z.array(HandoverInstance),
    kept: z.array(HandoverInstance).meta({ description: 'paused or held one by one' }),
    holds: z.array(HoldView).meta({ description: 'of the project, of pools and of everything' }),
    pausedTasks: z.array(
      z.object({
        workflow: Key,
        task: Key,
        since: Instant,
        by: z.string(),
        reason: z.string().optional(),
      }),
    ),
    atRisk: z.array(HandoverInstance.extend({ meanSeconds: z.number().min(0) })),
    operations: z.array(AuditEntry),
    operators: z.array(z.object({ actor: z.string(), count: z.int().min(1) })),
    more: z
      .array(z.enum(['runs', 'operations', 'tasks']))
      .meta({ description: 'there was more of this than was looked at' }),
  })
  .meta({ id: 'Handover' });
export type Handover = z.infer<typeof Handover>;

const NoteView = HandoverNote.extend({ rev: z.int().min(1) }).meta({ id: 'HandoverNoteView' });

const noteText = z.string().trim().min(1, { error: 'must not be empty' }).max(4000);

/** What helps with a failed instance: what its author wrote down, and what helped the last time. */
const Runbook = z
  .object({
    runbook: z.string().optional(),
    lastFix: z
      .object({
        instance: z.string(),
        bizDate: BizDate,
        move: z.string(),
        at: Instant,
        actor: z.string(),
        reason: z.string().optional(),
        error: z.string().optional().meta({ description: 'what had failed then' }),
        sameError: z.boolean().meta({ description: 'it reads like the error of this instance' }),
      })
      .optional(),
    looked: z.int().min(0).meta({ description: 'earlier instances that were looked at' }),
  })
  .meta({ id: 'Runbook' });

const look = {
  method: 'GET',
  tag: 'handover',
  lambda: 'read',
  status: 200,
} as const;

const write = {
  tag: 'handover',
  role: 'operator',
  project: 'params',
  lambda: 'write',
  query: none,
} as const;

export const handoverRoutes = {
  getHandover: {
    ...look,
    path: '/api/projects/{project}/handover',
    summary: 'What broke, healed, is kept back or at risk, and who did what, since you last looked',
    role: 'viewer',
    project: 'params',
    params: projectParams,
    query: envQuery.extend({
      since: Instant.optional().meta({
        description: 'default: when you marked it as read, else a day ago; at most a week',
      }),
    }),
    reply: Handover,
    problems: ['project-not-found'],
  },
  markHandoverRead: {
    ...write,
    method: 'POST',
    path: '/api/projects/{project}/handover/read',
    summary: 'You have looked, up to this instant',
    idempotency: 'optional',
    params: projectParams,
    body: z.object({ at: Instant.meta({ description: 'the `at` of what you looked at' }) }),
    reply: z.object({ at: Instant }),
    status: 200,
    problems: ['project-not-found'],
  },
  listHandoverNotes: {
    ...look,
    path: '/api/projects/{project}/notes',
    summary: 'Notes to the next shift, the newest first',
    role: 'viewer',
    project: 'params',
    params: projectParams,
    query: z.object(paging),
    reply: pageOf(NoteView),
    problems: ['project-not-found', 'invalid-cursor'],
  },
  addHandoverNote: {
    ...write,
    method: 'POST',
    path: '/api/projects/{project}/notes',
    summary: 'Leave a note to the next shift',
    idempotency: 'required',
    params: projectParams,
    body: z.object({ text: noteText }),
    reply: NoteView,
    status: 201,
    problems: ['project-not-found', 'already-exists'],
  },
  editHandoverNote: {
    ...write,
    method: 'PATCH',
    path: '/api/projects/{project}/notes/{note}',
    summary: 'Change your own note while the shift lasts',
    idempotency: 'optional',
    ifMatch: true,
    params: projectParams.extend({ note: z.string().min(1).max(64) }),
    body: z.object({ text: noteText }),
    reply: NoteView,
    status: 200,
    problems: ['note-not-found'],
  },
  getRunbook: {
    ...look,
    path: '/api/instances/{instance}/runbook',
    summary: 'The runbook of its task, and what fixed it the last time',
    role: 'viewer',
    project: 'instance',
    params: z.object({ instance: z.string().max(400) }),
    query: none,
    reply: Runbook,
    problems: ['instance-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
