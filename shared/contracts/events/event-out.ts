import * as z from 'zod';
import { Severity } from '../../domain/alert/alert-rule.schema.ts';
import { Family, Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
import { NoticeReason } from '../../domain/notice/notice.schema.ts';
import { OccurrenceKind, RuleRef } from '../../domain/notice/occurrence.schema.ts';
import { RunStatus } from '../../domain/run/run.schema.ts';

/** Every event on the bus has this source. */
export const eventSource = 'nightshift';

const envelope = z.object({
  schemaVersion: z.literal(1),
  id: z.string().meta({ description: 'same id, same fact: delivery is at least once' }),
  at: Instant,
  env: Env,
  project: Key,
});

const ofTask = { workflow: Key.optional(), task: Key.optional() };

/** Failures with one cause, as far as a listener needs to know them. */
const incident = envelope.extend({
  incident: z.string(),
  cause: z.object({
    kind: z.enum(['upstream', 'error']),
    instance: z.string().optional(),
    ...ofTask,
    error: z.string().optional(),
  }),
  failures: z.int().min(1).meta({ description: 'failed instances so far' }),
  openedAt: Instant,
});

/** What Nightshift announces, by EventBridge detail type (design.md §7). Fields are only ever added. */
export const eventsOut = {
  'Instance Ended': envelope
    .extend({
      runId: z.string(),
      workflow: Key,
      task: Key,
      instance: z.string(),
      bizDate: BizDate,
      status: Status,
      outcome: Outcome.optional(),
      attempt: z.int().min(0),
      error: z.string().optional(),
    })
    .meta({ description: 'An instance ended: after its last automatic retry, not before' }),
  'Instance Moved': envelope
    .extend({
      runId: z.string(),
      workflow: Key,
      task: Key,
      instance: z.string(),
      bizDate: BizDate,
      family: Family,
      seq: z.int().min(1).meta({ description: 'counts the moves of the instance' }),
      move: z.string(),
      from: Status.optional().meta({ description: 'missing: it was created' }),
      to: Status,
      outcome: Outcome.optional(),
      attempt: z.int().min(0),
      actor: z.string().meta({ description: '`system:<stage>` or who did it' }),
      reason: z.string().optional(),
    })
    .meta({
      description:
        'An instance made a move, whichever: off unless the deployment names projects (`announceMoves`)',
    }),
  'Workflow Run Started': envelope
    .extend({
      runId: z.string(),
      workflow: Key,
      bizDate: BizDate,
      family: Family,
      version: z.int().min(1),
    })
    .meta({ description: 'The first instance of a run has started' }),
  'Workflow Run Ended': envelope
    .extend({
      runId: z.string(),
      workflow: Key,
      bizDate: BizDate,
      status: RunStatus,
      total: z.int().min(0),
      failed: z.int().min(0),
    })
    .meta({ description: 'The instances of a run have come to an end' }),
  'Instances Generated': envelope
    .extend({ bizDate: BizDate, instances: z.int().min(0), existing: z.int().min(0) })
    .meta({ description: 'The instances of a business date exist' }),
  'Backfill Started': envelope
    .extend({ backfill: z.string(), instances: z.int().min(0), existing: z.int().min(0) })
    .meta({ description: 'The instances of a backfill exist and may run' }),
  'Backfill Ended': envelope
    .extend({
      backfill: z.string(),
      status: RunStatus.extract(['SUCCESS', 'FAILED']),
      runs: z.int().min(0),
      failedRuns: z.int().min(0),
      instances: z.int().min(0),
      failed: z.int().min(0),
    })
    .meta({
      description:
        'The last dates of all its groups have come to an end; announced again when one of them is run again',
    }),
  'Dataset Updated': envelope
    .extend({
      dataset: Key,
      rows: z.int().min(0).optional(),
      partition: z.string().max(256).optional(),
      by: z.string().meta({ description: 'project/workflow/task that wrote it' }),
      instance: z.string(),
      bizDate: BizDate,
    })
    .meta({ description: 'A task of kind `sql` has written a dataset' }),
  'Incident Opened': incident.meta({
    description: 'Something failed for good with a cause that no open incident has',
  }),
  'Incident Recovered': incident.meta({
    description: 'Every failure of an incident has succeeded in the end',
  }),
  'Alert Fired': envelope
    .extend({
      alert: z.string(),
      rule: z.string().meta({ description: 'its id' }),
      ruleName: z.string(),
      severity: Severity,
      kind: OccurrenceKind,
      object: z.string().meta({ description: 'instance id, or `project:<name>:<bizDate>`' }),
      ...ofTask,
      bizDate: BizDate.optional(),
      error: z.string().optional(),
      incident: z.string().optional(),
      count: z.int().min(1).meta({ description: 'how often it has fired for this object' }),
    })
    .meta({ description: 'An alert rule fired, whether or not anybody is told of it' }),
  'Notice Issued': envelope
    .extend({
      notice: z.string(),
      rule: RuleRef,
      reason: NoticeReason,
      kind: OccurrenceKind,
      ...ofTask,
      instance: z.string().optional(),
      runId: z.string().optional(),
      incident: z.string().optional(),
      count: z.int().min(1).meta({ description: 'occurrences that it tells of' }),
      recipients: z.int().min(0),
    })
    .meta({
      description: 'A message was queued for its receivers; texts and addresses stay inside',
    }),
  'Definition Published': envelope
    .extend({ workflow: Key, version: z.int().min(1), actor: z.string() })
    .meta({ description: 'A workflow has a new version' }),
} as const;

export type EventType = keyof typeof eventsOut;

/** An event of any type, before it is put on the bus. */
export type EventOut = {
  [T in EventType]: { readonly type: T; readonly detail: z.infer<(typeof eventsOut)[T]> };
}[EventType];
