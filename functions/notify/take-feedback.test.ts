import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimed, sent } from '../../shared/domain/notice/delivery-life.ts';
import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import { aMail, aNotice } from '../../shared/testing/a-delivery.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type Outbox, outbox } from '../stores/outbox.ts';
import { foldNotices } from './fold-notices.ts';
import { takeFeedback } from './take-feedback.ts';

const at = '2026-11-20T02:00:00.000Z';
let open: OpenTables;
let stores: Outbox;
let take: ReturnType<typeof takeFeedback>;

beforeAll(async () => {
  open = await openTables({ seed: 71 });
  stores = outbox({ client: open.client, table: open.tables.ledger });
  take = takeFeedback({ ...stores, clock: () => at });
});
afterAll(() => open.close());

/** A mail that SES accepted; without `messageId` the sender died before it could write that down. */
const accepted = async (notice: string, to: string, messageId?: string): Promise<DeliveryHead> => {
  await stores.notices.create(aNotice({ id: notice }));
  const [queued] = await stores.deliveries.queue([aMail({ notice, to })]);
  const head = await stores.deliveries.find(queued?.id ?? '');
  if (!head) throw new Error('not queued');
  const claim = claimed(head, at);
  await stores.deliveries.commit(head, claim);
  const after = messageId === undefined ? claim : sent(claim, at, messageId);
  if (messageId !== undefined) await stores.deliveries.commit(claim, after);
  return after;
};
const report = (eventType: string, messageId: string, more: object = {}, headers: object[] = []) =>
  take({ detail: { eventType, mail: { messageId, headers }, ...more } as never });
const permanent = {
  bounce: {
    bounceType: 'Permanent',
    bouncedRecipients: [{ emailAddress: 'x', diagnosticCode: 'smtp; 550 user unknown' }],
  },
};

describe('a report of SES', () => {
  it('N80 marks the delivery as delivered, once', async () => {
    const { id } = await accepted('f1', 'ann@example.com', 'm1');
    expect(await report('Delivery', 'm1')).toEqual({ done: 1 });
    expect(await report('Delivery', 'm1')).toEqual({ done: 0 });
    expect((await stores.deliveries.find(id))?.status).toBe('DELIVERED');
  });

  it('N80 of a bounce for good says why and bars the address from then on', async () => {
    const { id } = await accepted('f2', 'Gone@Example.com', 'm2');
    await report('Bounce', 'm2', permanent);
    await report('Bounce', 'm2', permanent);
    expect(await stores.deliveries.find(id)).toMatchObject({
      status: 'BOUNCED',
      error: 'came back for good: smtp; 550 user unknown',
    });
    expect(await stores.suppressions.find('gone@example.COM')).toMatchObject({
      reason: 'bounced',
      delivery: id,
    });
    await foldNotices(stores)(['f2']);
    expect((await stores.notices.find('f2'))?.status).toBe('FAILED');
  });

  it('of a bounce that may pass bars nobody', async () => {
    await accepted('f3', 'full@example.com', 'm3');
    await report('Bounce', 'm3', { bounce: { bounceType: 'Transient', bouncedRecipients: [] } });
    expect(await stores.suppressions.find('full@example.com')).toBeUndefined();
  });

  it('of a complaint bars the address, although the mail arrived', async () => {
    const { id } = await accepted('f4', 'angry@example.com', 'm4');
    await report('Delivery', 'm4');
    await report('Complaint', 'm4', { complaint: { complaintFeedbackType: 'abuse' } });
    expect((await stores.deliveries.find(id))?.status).toBe('COMPLAINED');
    expect((await stores.suppressions.find('angry@example.com'))?.reason).toBe('complained');
    expect(await stores.suppressions.lift('angry@example.com')).toBeDefined();
    expect(await stores.suppressions.find('angry@example.com')).toBeUndefined();
  });

  it('finds by its header a delivery whose sender died before it wrote the message id down', async () => {
    const { id } = await accepted('f5', 'bob@example.com');
    await report('Delivery', 'm5', {}, [{ name: 'X-Nightshift-Delivery', value: id }]);
    expect(await stores.deliveries.find(id)).toMatchObject({
      status: 'DELIVERED',
      messageId: 'm5',
    });
    expect(await stores.deliveries.ofMessage('m5')).toBe(id);
  });

  it('about the mail of somebody else changes nothing', async () => {
    expect(await report('Delivery', 'not ours')).toEqual({ done: 0 });
    expect(await report('Open', 'm1')).toEqual({ done: 0 });
  });
});
