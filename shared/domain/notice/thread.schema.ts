import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';
import { NoticeReason } from './notice.schema.ts';
import { OccurrenceKind, RuleRef } from './occurrence.schema.ts';

/** A message that was decided and is still to be queued: it is part of the thread, so that no crash can lose it. */
export const OwedMessage = z.object({
  n: z.int().min(1).meta({ description: 'which message of the thread it is, from 1' }),
  reason: NoticeReason,
  at: Instant,
  count: z.int().min(0).meta({ description: 'occurrences that it tells of for the first time' }),
  occurrences: z.array(z.string()).max(50).meta({ description: 'the first of them' }),
  nth: z.int().min(1).optional().meta({ description: 'of a reminder: which send of maxSends' }),
});
export type OwedMessage = z.infer<typeof OwedMessage>;

/**
 * Messages of one rule about one thing. Every occurrence that comes in is told (`told`), not told for a reason (`quiet`)
 * or waits for a digest (`pending`): their sum is the number of occurrences.
 */
export const Thread = z
  .object({
    thread: z.string().max(700).meta({
      description: 'incident, workflow and kind, or what an alert rule saw within five minutes',
    }),
    rule: RuleRef,
    env: Env,
    project: Key,
    kind: OccurrenceKind,
    lasting: z.boolean().meta({ description: 'it goes on until it is over: reminders make sense' }),
    incident: z.string().optional(),
    first: z.string().meta({ description: 'occurrence that opened it' }),
    openedAt: Instant,
    messages: z.int().min(0).meta({ description: 'messages of any reason; numbers them' }),
    sends: z.int().min(0).meta({ description: 'counted towards maxSends' }),
    told: z.int().min(0),
    quiet: z.int().min(0),
    pending: z.int().min(0),
    pendingIds: z.array(z.string()).max(50).meta({ description: 'the first that wait' }),
    lastSentAt: Instant.optional(),
    digestAt: Instant.optional().meta({ description: 'when what waits is told' }),
    reminderAt: Instant.optional(),
    escalateAt: Instant.optional(),
    acknowledgedBy: z.string().optional(),
    quietUntil: Instant.optional().meta({ description: 'end of do-not-disturb' }),
    overAt: Instant.optional().meta({ description: 'since when it is over' }),
    recoveredAt: Instant.optional().meta({ description: 'when "recovered" is to be told' }),
    owed: OwedMessage.optional(),
    seq: z.int().min(1),
  })
  .meta({ id: 'Thread' });
export type Thread = z.infer<typeof Thread>;
