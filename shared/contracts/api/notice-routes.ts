import * as z from 'zod';
import { Env, Key } from '../../domain/kernel/key.schema.ts';
import { Instant } from '../../domain/kernel/time.schema.ts';
import { ChannelKind } from '../../domain/notice/channel.schema.ts';
import {
  Content,
  Delivery,
  DeliveryStatus,
  Notice,
  NoticeReason,
  NoticeStatus,
} from '../../domain/notice/notice.schema.ts';
import { OccurrenceKind } from '../../domain/notice/occurrence.schema.ts';
import { Suppression } from '../../domain/notice/suppression.schema.ts';
import { comment, listOf, none, pageOf, paging, projectParams } from './common.ts';
import type { RouteContract } from './route.ts';

/** A delivery as lists show it: the push record (N80). */
export const DeliveryView = Delivery.omit({ content: true, seq: true, thread: true }).meta({
  id: 'DeliveryView',
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** A notice with what became of it at each receiver. */
const NoticeDetail = z
  .object({
    notice: Notice,
    deliveries: z.array(DeliveryView),
    contents: z
      .array(z.object({ deliveries: z.array(z.string()), content: Content }))
      .optional()
      .meta({ description: 'what was sent, for operators; equal ones once' }),
    resends: z.array(Notice).meta({ description: 'sent again later, the oldest first' }),
    mayResend: z.int().min(0).meta({ description: 'how often it may still be sent again' }),
  })
  .meta({ id: 'NoticeDetail' });

/** How sending mails stands; figures are those that were read last. */
const MailStatus = z
  .object({
    from: z.string().optional().meta({ description: 'missing: mail is not set up' }),
    sandbox: z.boolean().optional().meta({
      description: 'SES sends to verified addresses only, 200 mails a day',
    }),
    perSecond: z.number().optional(),
    perDay: z.number().optional().meta({ description: '-1: no limit' }),
    sentToday: z.number().optional().meta({ description: 'in the last 24 hours' }),
    readAt: Instant.optional(),
    waiting: z.int().min(0).meta({ description: 'mails that wait, at most 1000' }),
    problem: z.string().optional().meta({ description: 'what the provider refuses with now' }),
    suppressed: z
      .int()
      .min(0)
      .meta({ description: 'addresses that are not written to, at most 1000' }),
  })
  .meta({ id: 'MailStatus' });

const range = {
  from: Instant.optional().meta({ description: 'default: 7 days before `to`; kept for 90 days' }),
  to: Instant.optional().meta({ description: 'default: now' }),
};

const narrow = {
  ...paging,
  ...range,
  env: Env.optional(),
  rule: z.string().max(64).optional().meta({ description: 'name of the rule' }),
  kind: listOf(OccurrenceKind.options).optional(),
  recipient: z
    .string()
    .max(320)
    .optional()
    .meta({ description: 'part of the name or the address of a receiver' }),
};

const noticeParams = projectParams.extend({ notice: z.string().min(1).max(700) });

const look = {
  method: 'GET',
  tag: 'notices',
  role: 'viewer',
  project: 'params',
  lambda: 'messages',
  query: none,
  status: 200,
} as const;

/** Notices that were issued (workflows-and-logs A1.7), push records (N80), and what holds mails up. */
export const noticeRoutes = {
  listNotices: {
    ...look,
    path: '/api/projects/{project}/notices',
    summary: 'Notices of a project, newest first',
    params: projectParams,
    query: z.object({
      ...narrow,
      status: listOf(NoticeStatus.options).optional(),
      reason: listOf(NoticeReason.options).optional(),
      workflow: Key.optional(),
      incident: z.string().max(300).optional(),
    }),
    reply: pageOf(Notice),
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getNotice: {
    ...look,
    path: '/api/projects/{project}/notices/{notice}',
    summary: 'A notice with its deliveries, and for operators what was sent',
    params: noticeParams,
    reply: NoticeDetail,
    problems: ['notice-not-found'],
  },
  resendNotice: {
    method: 'POST',
    path: '/api/projects/{project}/notices/{notice}/resend',
    summary:
      'Sends what failed or is unconfirmed once more, as a notice of its own; three times at most',
    tag: 'notices',
    role: 'operator',
    project: 'params',
    lambda: 'tell',
    idempotency: 'optional',
    params: noticeParams,
    query: none,
    body: z.object({ comment }),
    reply: Notice,
    status: 202,
    problems: ['notice-not-found', 'nothing-to-resend', 'resent-already', 'resent-too-often'],
  },
  listDeliveries: {
    ...look,
    path: '/api/projects/{project}/deliveries',
    summary: 'Push records of a project, newest first: each message to each receiver',
    params: projectParams,
    query: z.object({
      ...narrow,
      status: listOf(DeliveryStatus.options).optional(),
      channel: listOf(ChannelKind.options).optional(),
    }),
    reply: pageOf(DeliveryView),
    problems: ['project-not-found', 'invalid-cursor'],
  },
  getMailStatus: {
    ...look,
    path: '/api/mail-status',
    summary: 'Whether mails go out: sandbox, quota, what waits, suppressed addresses',
    role: 'member',
    project: 'system',
    params: none,
    reply: MailStatus,
    problems: [],
  },
  listSuppressions: {
    ...look,
    path: '/api/suppressions',
    summary: 'Addresses that bounced or complained and are not written to, by address',
    role: 'admin',
    project: 'system',
    params: none,
    query: z.object(paging),
    reply: pageOf(Suppression),
    problems: ['invalid-cursor'],
  },
  liftSuppression: {
    method: 'POST',
    path: '/api/suppressions/{address}/lift',
    summary: 'Lets an address be written to again',
    tag: 'notices',
    role: 'admin',
    project: 'system',
    lambda: 'tell',
    idempotency: 'optional',
    params: z.object({ address: z.string().min(3).max(320) }),
    query: none,
    body: z.object({ comment }),
    reply: Suppression,
    status: 200,
    problems: ['suppression-not-found'],
  },
} as const satisfies Record<string, RouteContract>;
