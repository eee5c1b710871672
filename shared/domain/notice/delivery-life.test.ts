import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDelivery, aMail } from '../../testing/a-delivery.ts';
import { plusSeconds, secondsBetween } from '../kernel/calendar-day.ts';
import { deliveryIdOf, partsOfDeliveryId } from './delivery-id.ts';
import {
  claimed,
  type Feedback,
  isDue,
  leaseRanOut,
  leaseSeconds,
  newDelivery,
  putOff,
  refused,
  reported,
  sent,
  unsure,
  waitsForQuota,
} from './delivery-life.ts';
import type { DeliveryHead } from './notice.schema.ts';

const at = '2026-11-20T02:00:00.000Z';
const later = plusSeconds(at, 5);
const bounced: Feedback = { kind: 'bounced', permanent: true, detail: 'user unknown' };

describe('a delivery', () => {
  it('has one id per notice, channel and mailbox, without the address in it', () => {
    const id = deliveryIdOf('n~1', 'mail', 'Ann@Example.com');
    expect(deliveryIdOf('n~1', 'mail', ' ann@example.COM')).toBe(id);
    expect(id).not.toContain('ann');
    expect(partsOfDeliveryId(id)?.notice).toBe('n~1');
    expect(deliveryIdOf('n~1', 'sms', 'ann@example.com')).not.toBe(id);
    expect(partsOfDeliveryId('nothing')).toBeUndefined();
  });

  it('gives no two of a hundred thousand addresses one id', () => {
    const ids = Array.from({ length: 100_000 }, (_, n) =>
      deliveryIdOf('n', 'mail', `user${n}@example.com`),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is due at once, and N80 one that cannot be sent is recorded as failed with the reason', () => {
    expect(isDue(aDelivery(), at)).toBe(true);
    const refusal = { reason: 'no-address', error: 'ann has no address' } as const;
    expect(newDelivery(aMail({ refused: refusal }))).toMatchObject({
      status: 'FAILED',
      ...refusal,
    });
  });

  it('waits at least as long as the provider asks', () => {
    const claim = claimed(aDelivery(), at);
    expect(putOff(claim, at, 'x', 600).nextAt).toBe(plusSeconds(at, 600));
    expect(putOff(claim, at, 'x', 1).nextAt).toBe(putOff(claim, at, 'x').nextAt);
  });

  it('is tried again ever later, at most ten minutes apart, and given up after its attempts', () => {
    let head = aDelivery({ maxAttempts: 12 });
    const waits: number[] = [];
    while (head.status === 'QUEUED') {
      head = putOff(claimed(head, at), at, 'throttled');
      if (head.nextAt !== undefined) waits.push(secondsBetween(at, head.nextAt));
    }
    expect(waits).toHaveLength(11);
    for (const [n, wait] of waits.entries()) {
      const base = Math.min(600, 5 * 2 ** n);
      expect(wait).toBeGreaterThanOrEqual(base);
      expect(wait).toBeLessThanOrEqual(1.25 * base);
    }
    expect(head).toMatchObject({ status: 'FAILED', reason: 'gave-up', attempts: 12 });
    expect(putOff(claimed(aDelivery(), at), at, 'x')).toEqual(
      putOff(claimed(aDelivery(), at), at, 'x'),
    );
  });

  it('leaves a lease that runs out: then nobody knows, and it is sent again only where the rule says so', () => {
    const claim = claimed(aDelivery(), at);
    expect(leaseRanOut(claim, plusSeconds(at, leaseSeconds - 1))).toBe(false);
    expect(leaseRanOut(claim, plusSeconds(at, leaseSeconds))).toBe(true);
    expect(unsure(claim, later, 'died')).toMatchObject({
      status: 'UNCONFIRMED',
      reason: 'crashed',
    });
    const again = unsure({ ...claim, resendUnconfirmed: true }, later, 'died');
    expect(again).toMatchObject({ status: 'QUEUED', nextAt: later, reason: 'crashed' });
    expect(sent(claimed(again, later), later, 'm')).toMatchObject({
      status: 'SENT',
      reason: 'crashed',
    });
  });

  it('says why it waits when the mails of the day are used up', () => {
    expect(waitsForQuota(aDelivery(), later)).toMatchObject({
      status: 'QUEUED',
      reason: 'quota-reached',
      attempts: 0,
    });
  });

  it('N80 takes what the provider reports: late, twice and in any order', () => {
    const accepted = sent(claimed(aDelivery(), at), at, 'm1');
    const delivered = reported(accepted, { kind: 'delivered' }, later, 'm1');
    expect(delivered).toMatchObject({ status: 'DELIVERED' });
    const back = reported(delivered as DeliveryHead, bounced, later, 'm1');
    expect(back).toMatchObject({ status: 'BOUNCED', error: 'user unknown' });
    expect(reported(back as DeliveryHead, { kind: 'delivered' }, later, 'm1')).toBeUndefined();
    expect(reported(back as DeliveryHead, bounced, later, 'm1')).toBeUndefined();
  });

  it('is settled by a report when nobody knew', () => {
    const unknown = unsure(claimed(aDelivery(), at), later, 'died');
    expect(reported(unknown, { kind: 'delivered' }, later, 'm7')).toMatchObject({
      status: 'DELIVERED',
      messageId: 'm7',
    });
    expect(reported(aDelivery(), { kind: 'delivered' }, later, 'm7')).toBeUndefined();
  });

  it('counts each change, and never becomes queued again after the provider accepted', () => {
    const ends = ['sent', 'later', 'refused', 'unsure', 'quota', 'delivered', 'bounced'] as const;
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.constantFrom(...ends), { maxLength: 30 }),
        (resendUnconfirmed, moves) => {
          let head = aDelivery({ resendUnconfirmed, maxAttempts: 5 });
          let accepted = false;
          for (const move of moves) {
            const before = head;
            const next = step(head, move);
            if (!next) continue;
            head = next;
            expect(head.seq).toBeGreaterThan(before.seq);
            accepted ||= ['SENT', 'DELIVERED', 'BOUNCED', 'COMPLAINED'].includes(head.status);
            if (accepted) expect(['QUEUED', 'SENDING', 'UNCONFIRMED']).not.toContain(head.status);
            expect(head.nextAt === undefined).toBe(head.status !== 'QUEUED');
            expect(head.leaseUntil === undefined).toBe(head.status !== 'SENDING');
            expect(head.attempts).toBeLessThanOrEqual(head.maxAttempts);
          }
        },
      ),
    );
  });
});

/** What a sender or a report makes of it; undefined where there is nothing to do. */
const step = (head: DeliveryHead, move: string): DeliveryHead | undefined => {
  if (move === 'delivered') return reported(head, { kind: 'delivered' }, at, 'm');
  if (move === 'bounced') return reported(head, bounced, at, 'm');
  if (head.status !== 'QUEUED') return undefined;
  if (move === 'quota') return waitsForQuota(head, at);
  const claim = claimed(head, at);
  if (move === 'sent') return sent(claim, at, 'm');
  if (move === 'later') return putOff(claim, at, 'throttled');
  if (move === 'refused') return refused(claim, 'provider-refused', 'no');
  return unsure(claim, at, 'lost');
};
