import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { claimed, putOff, sent } from '../../shared/domain/notice/delivery-life.ts';
import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import { foldedSeqOf } from '../../shared/domain/notice/notice-status.ts';
import { assumedQuota } from '../../shared/domain/notice/send-lane.ts';
import { aMail, aNotice } from '../../shared/testing/a-delivery.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type Outbox, outbox } from './outbox.ts';

const at = '2026-11-20T02:00:00.000Z';
const later = plusSeconds(at, 3600);

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 59],
])('the outbox, %s', (_, seed) => {
  let open: OpenTables;
  let stores: Outbox;

  beforeAll(async () => {
    open = await openTables({ seed });
    stores = outbox({ client: open.client, table: open.tables.ledger });
  });
  afterAll(() => open.close());

  const queue = async (notice: string): Promise<DeliveryHead> => {
    const [made] = await stores.deliveries.queue([aMail({ notice })]);
    const head = await stores.deliveries.find(made?.id ?? '');
    if (!head) throw new Error('not queued');
    return head;
  };
  const dueOf = async (id: string) =>
    (await stores.due.dueUpTo(later, 100)).filter((entry) => entry.id === id);

  it('queues a delivery once, with its content, its place in the day and its due entry', async () => {
    const mail = aMail({ notice: 'q1', content: { subject: 's', text: 'the first' } });
    const changed = { ...mail, content: { subject: 's', text: 'composed anew' } };
    expect(await stores.deliveries.queue([mail])).toHaveLength(1);
    expect(await stores.deliveries.queue([changed])).toEqual([]);
    const [head] = await stores.deliveries.ofNotice('q1');
    expect(head && (await stores.deliveries.contentOf(head))).toEqual(mail.content);
    expect(await dueOf(head?.id ?? '')).toEqual([{ at, kind: 'mail', id: head?.id }]);
    const { items } = await stores.deliveries.listDay('p', '2026-11-20', { limit: 100 });
    expect(items.filter(({ notice }) => notice === 'q1')).toEqual([head]);
  });

  it('lets one of many senders claim it', async () => {
    const head = await queue('q2');
    const claims = await Promise.all(
      Array.from({ length: 6 }, () => stores.deliveries.commit(head, claimed(head, at))),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('always has one due entry for what is to be done, and none for what is done', async () => {
    const head = await queue('q3');
    const claim = claimed(head, at);
    await stores.deliveries.commit(head, claim);
    expect(await dueOf(head.id)).toEqual([{ at: claim.leaseUntil, kind: 'mail', id: head.id }]);
    const waiting = putOff(claim, at, 'throttled');
    await stores.deliveries.commit(claim, waiting);
    expect(await dueOf(head.id)).toEqual([{ at: waiting.nextAt, kind: 'mail', id: head.id }]);
    const again = claimed(waiting, at);
    await stores.deliveries.commit(waiting, again);
    await stores.deliveries.commit(again, sent(again, at, `m-${seed}`));
    expect(await dueOf(head.id)).toEqual([]);
    expect(await stores.deliveries.ofMessage(`m-${seed}`)).toBe(head.id);
  });

  it('does not fold an older look at the deliveries over a newer', async () => {
    await stores.notices.create(aNotice({ id: 'q4' }));
    const head = await queue('q4');
    const older = foldedSeqOf([head]);
    expect(await stores.notices.fold('q4', 'SENT', older + 2)).toBe(true);
    expect(await stores.notices.fold('q4', 'PENDING', older)).toBe(false);
    expect((await stores.notices.find('q4'))?.status).toBe('SENT');
    expect(await stores.notices.fold('nothing', 'SENT', 1)).toBe(false);
  });

  it('creates a notice once, and W34 W36 keeps it in the list of its day whatever becomes of its rule', async () => {
    const notice = aNotice({ id: 'q5', at: '2026-11-18T10:00:00.000Z' });
    expect(await stores.notices.create(notice)).toBe(true);
    expect(await stores.notices.create({ ...notice, status: 'FAILED' })).toBe(false);
    const { items } = await stores.notices.listDay('p', '2026-11-18', { limit: 10 });
    expect(items).toEqual([notice]);
  });

  it('gives all senders together no more than the lane lets through', async () => {
    const quota = { ...assumedQuota('mail', at), perSecond: 7, perDay: 5000 };
    const grants = await Promise.all(
      Array.from({ length: 6 }, () => stores.lanes.take('lane', 3, at, quota)),
    );
    expect(grants.reduce((sum, { granted }) => sum + granted, 0)).toBe(7);
  });
});
