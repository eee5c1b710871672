import { afterEach, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { aMail } from '../../shared/testing/a-delivery.ts';
import { type Outbox, type OutboxOptions, startOutbox } from './outbox.ts';

const at = '2026-11-20T02:00:00.000Z';

let outbox: Outbox;
afterEach(() => outbox.close());
const open = async (options: OutboxOptions = {}) => {
  outbox = await startOutbox(options);
  return outbox;
};

/** `count` notices of two receivers each. */
const mails = (count: number, fields: Partial<ReturnType<typeof aMail>> = {}) =>
  Array.from({ length: count }, (_, n) =>
    ['ann@example.com', 'bob@example.com'].map((to) =>
      aMail({ notice: `n${n}`, at, to, ...fields }),
    ),
  ).flat();

const all = async (count: number) =>
  (
    await Promise.all(
      Array.from({ length: count }, (_, n) => outbox.stores.deliveries.ofNotice(`n${n}`)),
    )
  ).flat();

const timesOf = (id: string) => outbox.accepted.filter((one) => one.id === id).length;

describe('the outbox', () => {
  it('sends a delivery once, however often it is queued and its records are delivered', async () => {
    await open({ shuffle: { shards: 3, largest: 3, doubled: 0.9 }, provider: { perSecond: 100 } });
    await outbox.queue(mails(5));
    await outbox.queue(mails(5));
    await outbox.run(2);
    const found = await all(5);
    expect(found.map(({ status }) => status)).toEqual(Array(10).fill('SENT'));
    expect(found.map(({ id }) => timesOf(id))).toEqual(Array(10).fill(1));
    expect((await outbox.stores.notices.find('n0'))?.status).toBe('SENT');
    expect(await outbox.stores.due.dueUpTo(plusSeconds(at, 86_400), 10)).toEqual([]);
  });

  it('sends right after the stream told, without waiting for the sweep', async () => {
    await open();
    await outbox.queue(mails(1));
    await outbox.drain();
    expect(outbox.accepted).toHaveLength(2);
  });

  it('writes to a person once, although named twice and in other letters', async () => {
    await open();
    await outbox.queue([
      aMail({ to: 'Ann@Example.com' }),
      aMail({ to: ' ann@example.com', receiver: { type: 'owner', name: 'ann' } }),
    ]);
    await outbox.run(1);
    expect(outbox.accepted).toHaveLength(1);
  });

  it('drains thousands at the rate of the provider, not a batch a minute', async () => {
    await open({ provider: { perSecond: 20 } });
    await outbox.queue(mails(300));
    await outbox.sweep();
    expect(outbox.accepted).toHaveLength(600);
    const seconds = Map.groupBy(outbox.accepted, (one) => one.at.slice(0, 19));
    for (const [, sent] of seconds) expect(sent.length).toBeLessThanOrEqual(2 * 20);
    const took = Date.parse(outbox.accepted.at(-1)?.at ?? at) - Date.parse(at);
    expect(took).toBeGreaterThanOrEqual((600 / 20 - 2) * 1000);
  });

  it('waits out two minutes in which the provider throttles everything, and loses nothing', async () => {
    const throttled = { from: at, to: plusSeconds(at, 120) };
    await open({ provider: { throttled, perSecond: 50 } });
    await outbox.queue(mails(30));
    await outbox.run(2);
    expect(outbox.accepted.filter((one) => one.at < throttled.to)).toEqual([]);
    await outbox.run(15);
    const found = await all(30);
    expect(found.map(({ status }) => status)).toEqual(Array(60).fill('SENT'));
    expect(outbox.accepted).toHaveLength(60);
    // It is left alone rather than asked by each of sixty mails again and again.
    expect(found.reduce((sum, { attempts }) => sum + attempts, 0)).toBeLessThan(200);
  });

  it('lets mails wait when those of the day are used up, and says so', async () => {
    await open({ provider: { perDay: 10, perSecond: 50 } });
    await outbox.queue(mails(10));
    await outbox.run(3);
    const found = await all(10);
    expect(outbox.accepted).toHaveLength(10);
    const waiting = found.filter(({ status }) => status === 'QUEUED');
    expect(waiting).toHaveLength(10);
    expect(new Set(waiting.map(({ reason }) => reason))).toEqual(new Set(['quota-reached']));
  });

  it('gives up where the provider refuses for good, with its words', async () => {
    const refuse = ({ to }: { to: string }) =>
      to.startsWith('bob')
        ? new Fault('ChannelRefused', 'this address is not verified', {
            reason: 'provider-refused',
          })
        : undefined;
    await open({ provider: { refuse } });
    await outbox.queue(mails(1));
    await outbox.run(1);
    const bob = (await all(1)).find(({ to }) => to.startsWith('bob'));
    expect(bob).toMatchObject({
      status: 'FAILED',
      reason: 'provider-refused',
      error: 'this address is not verified',
      attempts: 1,
    });
    expect((await outbox.stores.notices.find('n0'))?.status).toBe('PARTLY');
  });

  it('writes to no suppressed address, and says why', async () => {
    await open();
    await outbox.stores.suppressions.add({ address: 'BOB@example.com', reason: 'bounced', at });
    await outbox.queue(mails(1));
    await outbox.run(1);
    expect(outbox.accepted).toHaveLength(1);
    const bob = (await all(1)).find(({ to }) => to.startsWith('bob'));
    expect(bob).toMatchObject({ status: 'SUPPRESSED', reason: 'suppressed-address', attempts: 0 });
  });

  it('leaves a delivery unconfirmed when its sender dies after the provider accepted, and sends it once', async () => {
    await open({ provider: { dieAfter: 1 } });
    await outbox.queue([aMail({ notice: 'n0' })]);
    await outbox.run(5);
    const [only] = await all(1);
    expect(only).toMatchObject({ status: 'UNCONFIRMED', reason: 'crashed' });
    expect(outbox.accepted).toHaveLength(1);
    expect((await outbox.stores.notices.find('n0'))?.status).toBe('UNCONFIRMED');
  });

  it('sends an unconfirmed delivery again only where the rule says so, and it goes on saying that it may be double', async () => {
    let lost = 0.999_999;
    await open({
      provider: {
        get lostReply() {
          const chance = lost;
          lost = 0;
          return chance;
        },
      },
    });
    await outbox.queue([aMail({ notice: 'n0', resendUnconfirmed: true })]);
    await outbox.run(3);
    const [only] = await all(1);
    expect(only).toMatchObject({ status: 'SENT', reason: 'crashed', attempts: 2 });
    expect(outbox.accepted).toHaveLength(2);
  });

  it('does not let a full room hold up another', async () => {
    await open();
    const room = (name: string, n: number) =>
      aMail({
        notice: `n${n}`,
        channel: 'slack',
        to: name,
        receiver: { type: 'room', name },
        at: plusSeconds(at, name === 'quiet' ? 1 : 0),
      });
    await outbox.queue([
      ...Array.from({ length: 120 }, (_, n) => room('busy', n)),
      room('quiet', 120),
    ]);
    await outbox.sweep();
    const [quiet] = await outbox.stores.deliveries.ofNotice('n120');
    expect(quiet?.status).toBe('SENT');
    // Long before what its neighbour has waiting, which takes two minutes.
    expect(quiet?.sentAt?.localeCompare(plusSeconds(at, 10))).toBe(-1);
    await outbox.run(4);
    expect(outbox.accepted).toHaveLength(121);
  });
});

describe('whatever happens on the way', () => {
  it.each([11, 12, 13, 14, 15, 16])(
    'each delivery is sent once, or says that nobody knows (seed %i)',
    async (seed) => {
      await open({
        seed,
        faults: { conflict: 0.1, throttle: 0.02, lostReply: 0.1 },
        shuffle: { shards: 3, largest: 10, doubled: 0.4 },
        provider: {
          perSecond: 20,
          dieBefore: 0.02,
          dieAfter: 0.03,
          lostReply: 0.03,
          throttled: { from: plusSeconds(at, 20), to: plusSeconds(at, 140) },
        },
      });
      for (let wave = 0; wave < 4; wave += 1) {
        const wanted = mails(20, { resendUnconfirmed: false }).filter(
          ({ notice }) => Number(notice.slice(1)) % 4 === wave,
        );
        await outbox.queue(wanted);
        outbox.dieAfter(40 + seed * wave);
        await outbox.run(1);
      }
      await outbox.run(12);

      const found = await all(20);
      expect(outbox.deaths()).toBeGreaterThan(1);
      expect(found).toHaveLength(40);
      for (const { id, status } of found) {
        expect(['SENT', 'UNCONFIRMED']).toContain(status);
        if (status === 'SENT') expect(timesOf(id)).toBe(1);
        else expect(timesOf(id)).toBeLessThanOrEqual(1);
      }
      const sent = found.filter(({ status }) => status === 'SENT').length;
      const unconfirmed = found.filter(
        ({ id, status }) => status === 'UNCONFIRMED' && timesOf(id) === 1,
      ).length;
      expect(outbox.accepted).toHaveLength(sent + unconfirmed);
      for (let n = 0; n < 20; n += 1) {
        const ofNotice = found.filter(({ notice }) => notice === `n${n}`);
        const unsure = ofNotice.some(({ status }) => status === 'UNCONFIRMED');
        expect((await outbox.stores.notices.find(`n${n}`))?.status).toBe(
          unsure ? 'UNCONFIRMED' : 'SENT',
        );
      }
      expect(await outbox.stores.due.dueUpTo(plusSeconds(outbox.clock(), 86_400), 10)).toEqual([]);
    },
    120_000,
  );
});
