import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';
import { OccurrenceKind, RuleRef } from '../notice/occurrence.schema.ts';
import { Severity } from './alert-rule.schema.ts';

/** Alert center (nodes-and-instances 7.4): SILENCING is the pause between two reminders. */
export const AlertStatus = z
  .enum(['ALERTING', 'SILENCING', 'DO_NOT_DISTURB', 'FINISH'])
  .meta({ id: 'AlertStatus' });
export type AlertStatus = z.infer<typeof AlertStatus>;

/** Same rule and same object: one event, which counts up (7.4). */
export const AlertEvent = z
  .object({
    id: z.string().max(700),
    env: Env,
    project: Key,
    rule: RuleRef,
    ruleName: z.string(),
    severity: Severity,
    kind: OccurrenceKind,
    object: z.string().meta({ description: 'instance id, or `project:<name>:<bizDate>`' }),
    workflow: Key.optional(),
    task: Key.optional(),
    runId: z.string().optional(),
    bizDate: BizDate.optional(),
    owner: z.string().optional(),
    error: z.string().optional(),
    incident: z.string().optional(),
    thread: z.string().meta({ description: 'where its messages go: the incident, or itself' }),
    receivers: z
      .array(z.object({ type: z.enum(['contact', 'owner', 'duty', 'room']), name: z.string() }))
      .max(50)
      .default([])
      .meta({ description: 'whom its rule told of, as far as they were found when it fired' }),
    status: AlertStatus,
    firstAt: Instant,
    latestAt: Instant,
    count: z.int().min(1).meta({ description: 'how often it fired' }),
    silent: z.string().optional().meta({ description: 'why its last firing was told to nobody' }),
    sends: z.int().min(0).meta({ description: 'how often it was told' }),
    nextAt: Instant.optional().meta({ description: 'next reminder' }),
    quietUntil: Instant.optional().meta({ description: 'end of do-not-disturb' }),
    acknowledgedBy: z.string().optional(),
    acknowledgedAt: Instant.optional(),
    finishedAt: Instant.optional(),
    seq: z.int().min(1),
  })
  .meta({ id: 'AlertEvent' });
export type AlertEvent = z.infer<typeof AlertEvent>;
