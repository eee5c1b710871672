import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { BizDate, Instant } from '../kernel/time.schema.ts';
import { ChannelKind } from './channel.schema.ts';
import { OccurrenceKind, RuleRef } from './occurrence.schema.ts';

/** What became of a notice as a whole; folded from its deliveries when it has any. */
export const NoticeStatus = z
  .enum(['PENDING', 'SENT', 'PARTLY', 'FAILED', 'UNCONFIRMED', 'SUPPRESSED', 'MERGED'])
  .meta({
    id: 'NoticeStatus',
    description:
      'SUPPRESSED: told to nobody, `reason` says why; MERGED: part of a digest; UNCONFIRMED: accepted or not, nobody knows',
  });
export type NoticeStatus = z.infer<typeof NoticeStatus>;

/** Why a notice exists beside its rule: the first of its thread, a digest of what was merged, a reminder, … */
export const NoticeReason = z
  .enum(['occurrence', 'digest', 'reminder', 'escalation', 'recovered', 'test', 'resend'])
  .meta({ id: 'NoticeReason' });
export type NoticeReason = z.infer<typeof NoticeReason>;

/** One message about what happened, as a rule wanted it; told to each receiver by a delivery. */
export const Notice = z
  .object({
    id: z.string().max(700),
    at: Instant.meta({ description: 'when it was issued' }),
    env: Env,
    project: Key,
    rule: RuleRef,
    reason: NoticeReason,
    kind: OccurrenceKind,
    occurrences: z
      .array(z.string())
      .max(50)
      .meta({ description: 'what it tells of, the first of them' }),
    count: z.int().min(1).meta({ description: 'how many occurrences it tells of' }),
    incident: z.string().optional(),
    thread: z.string(),
    workflow: Key.optional(),
    task: Key.optional(),
    runId: z.string().optional(),
    instance: z.string().optional(),
    bizDate: BizDate.optional(),
    error: z.string().optional(),
    status: NoticeStatus,
    why: z.string().optional().meta({ description: 'why it was told to nobody' }),
    mergedInto: z.string().optional(),
    resendOf: z.string().optional(),
    recipients: z.int().min(0),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof Notice>;

/**
 * Where a delivery stands. `SENDING` is a lease: a process that dies in it leaves `UNCONFIRMED`, because SES has no
 * idempotency token (design.md §5). `DELIVERED`, `BOUNCED` and `COMPLAINED` are what the provider told later.
 */
export const DeliveryStatus = z
  .enum([
    'QUEUED',
    'SENDING',
    'SENT',
    'DELIVERED',
    'UNCONFIRMED',
    'BOUNCED',
    'COMPLAINED',
    'FAILED',
    'SUPPRESSED',
  ])
  .meta({ id: 'DeliveryStatus' });
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** What is sent, composed once when the delivery is queued, so that a retry sends the same. */
export const Content = z
  .object({
    subject: z.string(),
    text: z.string(),
    html: z.string().optional(),
    markdown: z.string().optional(),
    speech: z.string().optional(),
    payload: z.json().optional().meta({ description: 'body of a webhook' }),
  })
  .meta({ id: 'Content' });
export type Content = z.infer<typeof Content>;

/** A notice to one receiver by one channel: the push record (N80). */
export const Delivery = z
  .object({
    id: z.string().max(900),
    notice: z.string(),
    at: Instant.meta({ description: 'when the notice was issued' }),
    env: Env,
    project: Key,
    rule: RuleRef,
    kind: OccurrenceKind,
    channel: ChannelKind,
    receiver: z.object({
      type: z.enum(['contact', 'owner', 'duty', 'room']),
      name: z.string().meta({ description: 'contact, user or room' }),
      schedule: Key.optional().meta({ description: 'duty schedule that named the person' }),
    }),
    to: z.string().meta({ description: 'address, number, or name of the room' }),
    content: Content,
    thread: z.string().optional().meta({ description: 'mails of one thread stand together' }),
    status: DeliveryStatus,
    attempts: z.int().min(0),
    maxAttempts: z.int().min(1),
    resendUnconfirmed: z.boolean().default(false),
    nextAt: Instant.optional().meta({ description: 'when it is tried (again)' }),
    leaseUntil: Instant.optional(),
    sentAt: Instant.optional(),
    messageId: z.string().optional(),
    reason: z
      .enum([
        'no-address',
        'receiver-gone',
        'suppressed-address',
        'quota-reached',
        'provider-error',
        'provider-refused',
        'gave-up',
        'crashed',
        'channel-off',
      ])
      .optional(),
    error: z.string().optional(),
    seq: z
      .int()
      .min(1)
      .meta({ description: 'counts its changes; every write names the one it read' }),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

/** A delivery as lists and the send loop handle it: its content stands beside it, under `text`. */
export const DeliveryHead = Delivery.omit({ content: true }).extend({
  text: z.string().meta({ description: 'names the content; receivers that get the same share it' }),
});
export type DeliveryHead = z.infer<typeof DeliveryHead>;
