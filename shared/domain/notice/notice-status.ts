import type { Delivery, NoticeStatus } from './notice.schema.ts';

const open = new Set<Delivery['status']>(['QUEUED', 'SENDING']);
const good = new Set<Delivery['status']>(['SENT', 'DELIVERED', 'COMPLAINED']);

/**
 * What became of a notice, from all of its deliveries: PENDING while one may still go out, UNCONFIRMED when of one nobody
 * knows, then SENT, PARTLY, SUPPRESSED or FAILED. Undefined without deliveries: then the notice says itself.
 */
export const noticeStatusOf = (
  deliveries: readonly Pick<Delivery, 'status'>[],
): NoticeStatus | undefined => {
  const is = (status: Delivery['status']) => deliveries.filter((one) => one.status === status);
  if (deliveries.length === 0) return undefined;
  if (deliveries.some(({ status }) => open.has(status))) return 'PENDING';
  if (is('UNCONFIRMED').length > 0) return 'UNCONFIRMED';
  const sent = deliveries.filter(({ status }) => good.has(status)).length;
  if (sent === deliveries.length) return 'SENT';
  if (sent > 0) return 'PARTLY';
  return is('SUPPRESSED').length === deliveries.length ? 'SUPPRESSED' : 'FAILED';
};

/**
 * How new a look at the deliveries is: the sum of their sequence numbers only grows, so a status folded from an older look
 * never replaces one from a newer.
 */
export const foldedSeqOf = (deliveries: readonly Pick<Delivery, 'seq'>[]): number =>
  deliveries.reduce((sum, { seq }) => sum + seq, 0);
