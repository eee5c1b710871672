import type { NewDelivery } from '../domain/notice/delivery-id.ts';
import { newDelivery } from '../domain/notice/delivery-life.ts';
import { Delivery, DeliveryHead, Notice } from '../domain/notice/notice.schema.ts';

const rule = { kind: 'notification', project: 'p', name: 'nightly', rev: 1 } as const;
const at = '2026-11-20T02:00:00.000Z';

export const aNotice = (fields: Partial<Notice> = {}): Notice =>
  Notice.parse({
    id: 'n1',
    at,
    env: 'prod',
    project: 'p',
    rule,
    reason: 'occurrence',
    kind: 'run-failed',
    occurrences: ['o1'],
    count: 1,
    thread: 't1',
    status: 'PENDING',
    recipients: 1,
    ...fields,
  });

/** A mail to queue. */
export const aMail = (fields: Partial<NewDelivery> = {}): NewDelivery => ({
  notice: 'n1',
  at,
  env: 'prod',
  project: 'p',
  rule,
  kind: 'run-failed',
  channel: 'mail',
  receiver: { type: 'contact', name: 'ann' },
  to: 'ann@example.com',
  content: { subject: 'failed', text: 'daily failed' },
  ...fields,
});

/** A delivery as it stands in the outbox. */
export const aDelivery = (fields: Partial<DeliveryHead> = {}): DeliveryHead => {
  const { content: _, ...delivery } = Delivery.parse(newDelivery(aMail()));
  return DeliveryHead.parse({ ...delivery, text: 'digest', ...fields });
};
