import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { claimed, refused, sent, unsure } from '../../shared/domain/notice/delivery-life.ts';
import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import { aMail, aNotice } from '../../shared/testing/a-delivery.ts';
import { startApi } from '../../tests/api/start-api.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { lineStores } from '../../tests/line/line-stages.ts';
import type { Outbox } from '../stores/outbox.ts';

const now = '2026-11-20T10:00:00.000Z';
let tables: OpenTables;
let api: ReturnType<typeof startApi>;
let outbox: Outbox;

/** One every six hours, back for a month; every third about workflow `w`, every fifth failed. */
const ages = Array.from({ length: 120 }, (_, n) => ({ n, at: plusSeconds(now, -n * 21_600) }));
const noticeAt = (n: number, at: string) =>
  aNotice({
    id: `shop#${n}`,
    at,
    project: 'shop',
    rule: { kind: 'notification', project: 'shop', name: n % 2 ? 'nightly' : 'gone', rev: 1 },
    kind: n % 5 ? 'run-succeeded' : 'run-failed',
    status: n % 5 ? 'SENT' : 'FAILED',
    runId: `prod/shop/w/${n}`,
    ...(n % 3 ? {} : { workflow: 'w' }),
  });

beforeAll(async () => {
  tables = await openTables();
  const stores = lineStores(tables.client, tables.tables);
  api = startApi(stores, () => now);
  outbox = stores.ledger.outbox;
  for (const name of ['shop', 'bank'])
    await root()('createProject', {
      body: {
        name,
        members: (['viewer', 'operator'] as const).map((role) => ({
          user: `${role} of ${name}`,
          role,
        })),
      },
    });
  for (const { n, at } of ages) await outbox.notices.create(noticeAt(n, at));
});
afterAll(() => tables.close());

const root = () => api.as('root', ['admin']);
const viewer = () => api.as('viewer of shop');
const operator = () => api.as('operator of shop');
const shop = { project: 'shop' };

const listed = async (query: object) => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await viewer()('listNotices', {
      params: shop,
      query: { limit: 7, ...query, cursor },
    });
    found.push(...page.items.map(({ id }) => id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
};
const expected = (keep: (each: ReturnType<typeof noticeAt>) => boolean) =>
  ages
    .map(({ n, at }) => noticeAt(n, at))
    .filter(keep)
    .map(({ id }) => id);
const lastWeek = ({ at }: { at: string }) => at >= '2026-11-13T10:00:00.000Z';

/** A notice to two people in the state that `end` makes of a claimed delivery. */
const told = async (id: string, end: (claim: DeliveryHead) => DeliveryHead) => {
  const at = '2026-11-20T09:00:00.000Z';
  await outbox.notices.create(aNotice({ id, at, project: 'shop', recipients: 2 }));
  await outbox.deliveries.queue(
    ['ann@example.com', 'bob@example.com'].map((to) =>
      aMail({
        notice: id,
        at,
        to,
        project: 'shop',
        content: { subject: 's', text: `about ${id}` },
      }),
    ),
  );
  for (const head of await outbox.deliveries.ofNotice(id)) {
    const claim = claimed(head, at);
    await outbox.deliveries.commit(head, claim);
    await outbox.deliveries.commit(claim, end(claim));
  }
};
const failed = (claim: DeliveryHead) => refused(claim, 'provider-refused', 'mailbox full');

describe('notification details', () => {
  it('W36 list what was issued in the last week, newest first, failures included, each with its run', async () => {
    const ids = await listed({});
    expect(ids).toEqual(expected(lastWeek));
    const page = await viewer()('listNotices', { params: shop, query: { limit: 200 } });
    expect(page.items.filter(({ status }) => status === 'FAILED').length).toBeGreaterThan(3);
    expect(page.items.every(({ runId }) => runId?.startsWith('prod/shop/w/'))).toBe(true);
  });

  it('W36 are narrowed by rule, item, workflow, status and time, over all pages', async () => {
    const from = '2026-10-25T00:00:00.000Z';
    const since = ({ at }: { at: string }) => at >= from;
    expect(await listed({ from, status: 'FAILED' })).toEqual(
      expected((each) => since(each) && each.status === 'FAILED'),
    );
    expect(await listed({ from, rule: 'nightly', kind: 'run-failed', workflow: 'w' })).toEqual(
      expected(
        (each) =>
          since(each) &&
          each.rule.name === 'nightly' &&
          each.kind === 'run-failed' &&
          each.workflow === 'w',
      ),
    );
  });

  it('W34 keep what a rule sent that is there no more', async () => {
    expect(await root()('listNotificationRules', { params: shop })).toMatchObject({ items: [] });
    expect(await listed({ rule: 'gone' })).toEqual(
      expected((each) => lastWeek(each) && each.rule.name === 'gone'),
    );
  });

  it('look at no more than is bounded, and say how far', async () => {
    const page = await viewer()('listNotices', {
      params: shop,
      query: { limit: 5, from: '2026-10-20T00:00:00.000Z', recipient: 'nobody@example.com' },
    });
    expect(page.items).toEqual([]);
  });

  it('are not those of another project', async () => {
    await expect(
      api.as('viewer of bank')('listNotices', { params: shop, query: {} }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      root()('getNotice', { params: { project: 'bank', notice: 'shop#1' } }),
    ).rejects.toMatchObject({ status: 404, problem: { code: 'notice-not-found' } });
  });
});

describe('a notice', () => {
  it('N80 shows a push record for each receiver, with status and reason; what was sent, to operators only', async () => {
    await told('shop#seen', failed);
    const params = { ...shop, notice: 'shop#seen' };
    const { deliveries, contents } = await operator()('getNotice', { params });
    expect(deliveries.map(({ status, error }) => [status, error])).toEqual([
      ['FAILED', 'mailbox full'],
      ['FAILED', 'mailbox full'],
    ]);
    expect(contents?.map(({ content }) => content.text)).toEqual(['about shop#seen']);
    expect(await viewer()('getNotice', { params })).not.toHaveProperty('contents');
    const records = await viewer()('listDeliveries', {
      params: shop,
      query: { recipient: 'BOB', status: 'FAILED' },
    });
    expect(records.items.map(({ to, notice }) => [to, notice])).toEqual([
      ['bob@example.com', 'shop#seen'],
    ]);
    const found = await listed({ recipient: 'bob' });
    expect(found).toContain('shop#seen');
  });

  it('is sent again three times at most, each as a notice of its own, and noted', async () => {
    await told('shop#r', failed);
    let notice = 'shop#r';
    for (const n of [1, 2, 3]) {
      const again = await operator()('resendNotice', {
        params: { ...shop, notice },
        body: { comment: 'once more' },
      });
      expect(again).toMatchObject({
        id: `shop#r~resend~${n}`,
        resendOf: 'shop#r',
        reason: 'resend',
      });
      const queued = await outbox.deliveries.ofNotice(again.id);
      expect(queued.map(({ status, attempts, seq }) => [status, attempts, seq])).toEqual([
        ['QUEUED', 0, 1],
        ['QUEUED', 0, 1],
      ]);
      for (const head of queued) {
        const claim = claimed(head, now);
        await outbox.deliveries.commit(head, claim);
        await outbox.deliveries.commit(claim, failed(claim));
      }
      notice = again.id;
    }
    await expect(
      operator()('resendNotice', { params: { ...shop, notice }, body: {} }),
    ).rejects.toMatchObject({ problem: { code: 'resent-too-often' } });
    await expect(
      operator()('resendNotice', { params: { ...shop, notice: 'shop#r' }, body: {} }),
    ).rejects.toMatchObject({ problem: { code: 'resent-already' } });
    const detail = await operator()('getNotice', { params: { ...shop, notice: 'shop#r' } });
    expect(detail.resends).toHaveLength(3);
    expect(detail.mayResend).toBe(0);
    const log = await root()('searchAudit', { query: { action: 'resend-notice' } });
    expect(log.items).toHaveLength(3);
  });

  it('is sent again once when two people press at the same time', async () => {
    await told('shop#two', (claim) => unsure(claim, now, 'died'));
    const press = () =>
      operator()('resendNotice', { params: { ...shop, notice: 'shop#two' }, body: {} }).then(
        () => 'sent',
        ({ problem }) => problem.code,
      );
    const answers = await Promise.all([press(), press()]);
    expect(answers).toContain('sent');
    expect(await outbox.deliveries.ofNotice('shop#two~resend~1')).toHaveLength(2);
    expect(await outbox.notices.find('shop#two~resend~2')).toBeUndefined();
  });

  it('is not sent again where it arrived, nor by a viewer', async () => {
    await told('shop#ok', (claim) => sent(claim, now, undefined));
    const params = { ...shop, notice: 'shop#ok' };
    await expect(operator()('resendNotice', { params, body: {} })).rejects.toMatchObject({
      problem: { code: 'nothing-to-resend' },
    });
    await expect(viewer()('resendNotice', { params, body: {} })).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('mail', () => {
  it('says whether it is set up, in the sandbox, and how much waits', async () => {
    expect(await viewer()('getMailStatus', {})).toMatchObject({ suppressed: 0 });
    const quota = { perSecond: 1, perDay: 200, sent: 12, readAt: now };
    await outbox.lanes.note('mail', now, quota, 'night@example.com');
    expect(await viewer()('getMailStatus', {})).toMatchObject({
      from: 'night@example.com',
      sandbox: true,
      perDay: 200,
      sentToday: 12,
    });
  });

  it('goes again to an address once an administrator has lifted its suppression', async () => {
    await outbox.suppressions.add({ address: 'gone@example.com', reason: 'bounced', at: now });
    const { items } = await root()('listSuppressions', { query: {} });
    expect(items).toEqual([{ address: 'gone@example.com', reason: 'bounced', at: now }]);
    await expect(operator()('listSuppressions', { query: {} })).rejects.toMatchObject({
      status: 403,
    });
    const lift = () =>
      root()('liftSuppression', { params: { address: 'Gone@example.com' }, body: {} });
    expect(await lift()).toMatchObject({ address: 'gone@example.com' });
    await expect(lift()).rejects.toMatchObject({ problem: { code: 'suppression-not-found' } });
    const log = await root()('searchAudit', { query: { action: 'lift-suppression' } });
    expect(log.items).toHaveLength(1);
  });
});
