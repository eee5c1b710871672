import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliveryHeader, deliveryOfHeader } from '../../functions/channels/delivery-header.ts';
import { type Outbox, outbox } from '../../functions/stores/outbox.ts';
import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import { aMail, aNotice } from '../../shared/testing/a-delivery.ts';
import { engineClient } from '../faults/engine.ts';
import { type HostProcess, spawnHost } from './spawn-host.ts';

/** A lease of 90 s is waited for, and two minutes of throttling, but a call of 10 s must stay shorter than the lease. */
const clockSpeed = 4;
const receivers = ['ann@example.com', 'bob@example.com', 'bounce@simulator.example'];
const longestMs = 300_000;

/** What is left after the host was killed while it sent mails, SES throttled for two minutes, and replies got lost. */
export type MailCrashReport = {
  readonly queued: number;
  readonly deaths: number;
  /** How many deliveries stand at which status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Mails that the provider accepted. */
  readonly accepted: number;
  /** Deliveries that the provider accepted more than once. */
  readonly doubled: readonly string[];
  /** Deliveries that say that they arrived, and did not. */
  readonly claimedOnly: readonly string[];
  /** Deliveries that the provider accepted without their saying so. */
  readonly unsaid: readonly string[];
  /** Notices whose status is not that of their deliveries. */
  readonly open: number;
};

/** Queues notices to three receivers each while everything goes wrong, and waits until nothing is left to be done. */
export const mailCrashRun = async (assembly: string, notices: number): Promise<MailCrashReport> => {
  const state = mkdtempSync(join(tmpdir(), 'nightshift-mail-'));
  const args = { assembly, state, speed: clockSpeed };
  let host = await spawnHost(args);
  let deaths = 0;
  const again = async (): Promise<void> => {
    deaths += 1;
    await host.kill();
    host = await spawnHost({ ...args, port: Number(new URL(host.url).port) });
  };

  try {
    const ids = Array.from({ length: notices }, (_, n) => `crash~${n}`);
    const third = Math.ceil(notices / 3);

    // Dies by its own hand in the very moment after the provider accepted a mail.
    await mood(host, { dieAfter: third });
    await queue(storesOf(host), ids.slice(0, third));
    await untilDead(host);
    await again();

    // Dies anywhere, while the provider takes nothing.
    await mood(host, { throttleSeconds: 120, loseReplies: 2 });
    await queue(storesOf(host), ids.slice(third, 2 * third));
    await sleep(1500);
    await again();

    // The same notices once more, as a stream that is delivered again would queue them.
    await queue(storesOf(host), ids);
    return { ...(await takeStock(host, ids)), deaths };
  } finally {
    await host.stop();
    rmSync(state, { recursive: true, force: true });
  }
};

const storesOf = ({ engine, tables }: HostProcess): Outbox => {
  const [, table = ''] = Object.entries(tables).find(([id]) => id.includes('Ledger')) ?? [];
  return outbox({ client: engineClient(engine), table });
};

const queue = async ({ notices, deliveries }: Outbox, ids: readonly string[]): Promise<void> => {
  const at = new Date().toISOString();
  for (const id of ids) {
    await notices.create(aNotice({ id, at, recipients: receivers.length }));
    await deliveries.queue(receivers.map((to) => aMail({ notice: id, at, to })));
  }
};

const mood = async ({ url }: HostProcess, wish: object): Promise<void> => {
  const answer = await fetch(`${url}/_local/ses`, { method: 'POST', body: JSON.stringify(wish) });
  if (!answer.ok) throw new Error(await answer.text());
};

const untilDead = async ({ url }: HostProcess): Promise<void> => {
  for (;;) {
    const alive = await fetch(`${url}/_local/clock`).then(
      () => true,
      () => false,
    );
    if (!alive) return;
    await sleep(50);
  }
};

const takeStock = async (
  host: HostProcess,
  ids: readonly string[],
): Promise<Omit<MailCrashReport, 'deaths'>> => {
  const { notices, deliveries } = storesOf(host);
  const look = async (): Promise<DeliveryHead[]> =>
    (await Promise.all(ids.map((id) => deliveries.ofNotice(id)))).flat();
  const isOpen = ({ status }: DeliveryHead) => status === 'QUEUED' || status === 'SENDING';
  const end = performance.now() + longestMs;
  let all = await look();
  // What is delivered is reported a little later.
  while (all.some(isOpen) && performance.now() < end) {
    await sleep(1000);
    all = await look();
  }
  await sleep(3000);
  all = await look();

  const times = await acceptedTimes(host);
  const arrived = (one: DeliveryHead) =>
    ['SENT', 'DELIVERED', 'BOUNCED', 'COMPLAINED'].includes(one.status);
  const found = await notices.findMany(ids);
  return {
    queued: all.length,
    statuses: Object.fromEntries(
      [...Map.groupBy(all, ({ status }) => status)].map(([status, list]) => [status, list.length]),
    ),
    accepted: [...times.values()].reduce((sum, count) => sum + count, 0),
    doubled: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    claimedOnly: all.filter((one) => arrived(one) && !times.has(one.id)).map(({ id }) => id),
    unsaid: all
      .filter((one) => times.has(one.id) && !arrived(one) && one.status !== 'UNCONFIRMED')
      .map(({ id }) => id),
    open: found.filter(({ status }) => status === 'PENDING').length,
  };
};

/** How often the provider accepted each delivery, by the header that it carries. */
const acceptedTimes = async ({ url }: HostProcess): Promise<Map<string, number>> => {
  const mails = (await (await fetch(`${url}/_local/mailbox.json`)).json()) as { raw: string }[];
  const header = new RegExp(`^${deliveryHeader}: (.+)$`, 'im');
  const times = new Map<string, number>();
  for (const { raw } of mails) {
    const id = deliveryOfHeader(header.exec(raw)?.[1] ?? '') ?? '';
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
};
