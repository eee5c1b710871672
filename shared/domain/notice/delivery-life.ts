import { plusSeconds } from '../kernel/calendar-day.ts';
import { fnv } from '../kernel/fnv.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { deliveryIdOf, type NewDelivery } from './delivery-id.ts';
import type { Delivery, DeliveryHead } from './notice.schema.ts';

/**
 * How long a process may be at one send. Longer than a channel waits for its provider and the store for a reply, so that a
 * lease that ran out means that nobody is at it any more.
 */
export const leaseSeconds = 90;

/** Backoff: 5 s, doubling to 10 minutes. */
const firstSeconds = 5;
const longestSeconds = 600;
/** With the backoff above: about a day, which an outage of a provider does not outlast. */
const defaultMaxAttempts = 150;

type Reason = NonNullable<Delivery['reason']>;

/** A delivery as it is queued; one that cannot be sent is recorded as failed at once. */
export const newDelivery = ({ refused, ...fields }: NewDelivery): Delivery => ({
  ...fields,
  id: deliveryIdOf(fields.notice, fields.channel, fields.to),
  resendUnconfirmed: fields.resendUnconfirmed ?? false,
  maxAttempts: fields.maxAttempts ?? defaultMaxAttempts,
  attempts: 0,
  seq: 1,
  ...(refused ? { status: 'FAILED', ...refused } : { status: 'QUEUED', nextAt: fields.at }),
});

/** Whether it may be sent now. */
export const isDue = ({ status, nextAt }: DeliveryHead, now: Instant): boolean =>
  status === 'QUEUED' && (nextAt === undefined || nextAt <= now);

/** Takes it to send: written down before the provider is called. */
export const claimed = (delivery: DeliveryHead, now: Instant): DeliveryHead => ({
  ...moved(delivery),
  status: 'SENDING',
  attempts: delivery.attempts + 1,
  leaseUntil: plusSeconds(now, leaseSeconds),
});

export const sent = (
  delivery: DeliveryHead,
  now: Instant,
  messageId: string | undefined,
): DeliveryHead => ({
  ...moved(delivery),
  status: 'SENT',
  sentAt: now,
  // A mail that may have been sent before says so for good: a person could have got two.
  ...(delivery.reason === 'crashed' && { reason: 'crashed' as const }),
  ...(messageId !== undefined && { messageId }),
});

/** Not accepted, and may be later. Gives up after `maxAttempts`. */
export const putOff = (
  delivery: DeliveryHead,
  now: Instant,
  error: string,
  /** What the provider asked to wait; it is not asked sooner. */
  waitSeconds = 0,
): DeliveryHead =>
  delivery.attempts >= delivery.maxAttempts
    ? refused(delivery, 'gave-up', `${error} (after ${delivery.attempts} attempts)`)
    : {
        ...moved(delivery),
        status: 'QUEUED',
        nextAt: plusSeconds(now, Math.max(backoffSeconds(delivery), waitSeconds)),
        reason: delivery.reason === 'crashed' ? 'crashed' : 'provider-error',
        error,
      };

/** Not accepted, and never will be. */
export const refused = (delivery: DeliveryHead, reason: Reason, error: string): DeliveryHead => ({
  ...moved(delivery),
  status: reason === 'suppressed-address' ? 'SUPPRESSED' : 'FAILED',
  reason,
  error,
});

/** Nobody knows whether it was accepted: shown, and sent again only where the rule says so (design.md §5). */
export const unsure = (delivery: DeliveryHead, now: Instant, error: string): DeliveryHead =>
  delivery.resendUnconfirmed && delivery.attempts < delivery.maxAttempts
    ? { ...moved(delivery), status: 'QUEUED', nextAt: now, reason: 'crashed', error }
    : { ...moved(delivery), status: 'UNCONFIRMED', reason: 'crashed', error };

export const leaseRanOut = ({ status, leaseUntil }: DeliveryHead, now: Instant): boolean =>
  status === 'SENDING' && (leaseUntil === undefined || leaseUntil <= now);

/** Waits because no more may be sent today; it stays first in line and says why. */
export const waitsForQuota = (delivery: DeliveryHead, until: Instant): DeliveryHead => ({
  ...moved(delivery),
  status: 'QUEUED',
  nextAt: plusSeconds(until, spread(`${delivery.id}#quota`, 60)),
  reason: delivery.reason === 'crashed' ? 'crashed' : 'quota-reached',
  error: 'the mails of the day are used up; it goes out when the provider allows more',
});

/** Goes out later, because its lane is full: nothing was tried. */
export const movedTo = (delivery: DeliveryHead, nextAt: Instant): DeliveryHead => ({
  ...moved(delivery),
  nextAt,
});

/** What a provider reported later about a message that it accepted. */
export type Feedback =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'bounced'; readonly permanent: boolean; readonly detail: string }
  | { readonly kind: 'complained'; readonly detail: string }
  | { readonly kind: 'rejected'; readonly detail: string };

/** Reports come late, twice and in any order: none takes back what was worse. */
const rank: Partial<Record<Delivery['status'], number>> = {
  UNCONFIRMED: 0,
  SENDING: 0,
  SENT: 1,
  DELIVERED: 2,
  BOUNCED: 3,
  COMPLAINED: 4,
};

/** A message that SES accepted and then did not send (a virus); it cannot have been delivered before. */
const rejectedRank = 2;

const statusOf = {
  delivered: 'DELIVERED',
  bounced: 'BOUNCED',
  complained: 'COMPLAINED',
  rejected: 'FAILED',
} as const satisfies Record<Feedback['kind'], Delivery['status']>;

/**
 * A delivery after a report; undefined when the report says nothing new. That a provider reports at all proves that it
 * accepted the message, so this settles an unconfirmed one, too.
 */
export const reported = (
  delivery: DeliveryHead,
  feedback: Feedback,
  now: Instant,
  messageId: string,
): DeliveryHead | undefined => {
  const status = statusOf[feedback.kind];
  const before = rank[delivery.status];
  if (before === undefined || before >= (rank[status] ?? rejectedRank)) return undefined;
  return {
    ...moved(delivery),
    status,
    messageId,
    sentAt: delivery.sentAt ?? now,
    ...(delivery.reason === 'crashed' &&
      delivery.resendUnconfirmed && { reason: 'crashed' as const }),
    ...(feedback.kind === 'delivered'
      ? {}
      : { reason: 'provider-refused' as const, error: feedback.detail }),
  };
};

/** The next version of a delivery, without what belonged to the status it leaves. */
const moved = ({ nextAt, leaseUntil, error, ...kept }: DeliveryHead): DeliveryHead => ({
  ...kept,
  seq: kept.seq + 1,
});

const backoffSeconds = ({ id, attempts }: DeliveryHead): number => {
  const base = Math.min(longestSeconds, firstSeconds * 2 ** Math.max(0, attempts - 1));
  return base + spread(`${id}#${attempts}`, base / 4);
};

/** 0 to `seconds`, by the text: rivals spread, and a repetition computes the same. */
const spread = (text: string, seconds: number): number => (fnv(text) / 0xffffffff) * seconds;
