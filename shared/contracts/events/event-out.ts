import * as z from 'zod';
import { Outcome, Status } from '../../domain/instance/instance.schema.ts';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { BizDate, Instant } from '../../domain/kernel/time.schema.ts';
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
  'Definition Published': envelope
    .extend({ workflow: Key, version: z.int().min(1), actor: z.string() })
    .meta({ description: 'A workflow has a new version' }),
} as const;

export type EventType = keyof typeof eventsOut;

/** An event of any type, before it is put on the bus. */
export type EventOut = {
  [T in EventType]: { readonly type: T; readonly detail: z.infer<(typeof eventsOut)[T]> };
}[EventType];
