import './quiet-logs.ts';

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../functions/admission/in-parallel.ts';
import type { SendChannel } from '../../functions/channels/send-channel.ts';
import { streamHandler } from '../../functions/edge/stream-handler.ts';
import type { Clock } from '../../functions/edge/system-clock.ts';
import { type BatchDeps, notifyBatch } from '../../functions/notify/notify-batch.ts';
import type { SweepWork } from '../../functions/notify/sweep.ts';
import { sweep } from '../../functions/notify/sweep.ts';
import { deliveries } from '../../functions/stores/deliveries.ts';
import { due } from '../../functions/stores/due.ts';
import { notices } from '../../functions/stores/notices.ts';
import { sendLanes } from '../../functions/stores/send-lanes.ts';
import { suppressions } from '../../functions/stores/suppressions.ts';
import type { Table } from '../../functions/stores/table.ts';
import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { NewDelivery } from '../../shared/domain/notice/delivery-id.ts';
import type { Delivery } from '../../shared/domain/notice/notice.schema.ts';
import type { SendQuota } from '../../shared/domain/notice/send-lane.ts';
import { aNotice } from '../../shared/testing/a-delivery.ts';
import type { FaultRates } from '../faults/fault-proxy.ts';
import { type OpenTables, openTables } from '../faults/open-tables.ts';
import { seededChance } from '../faults/seeded-chance.ts';
import { consumer, type Shuffle } from './delivery.ts';
import { Killed, mortalClient } from './mortal-client.ts';
import { streamSource } from './stream-source.ts';

/** How the provider behaves. */
type Provider = {
  readonly perSecond?: number;
  readonly perDay?: number;
  /** It throttles everything in this window of virtual time. */
  readonly throttled?: { readonly from: Instant; readonly to: Instant };
  /** It accepts and the reply is lost. */
  readonly lostReply?: number;
  /** The process dies after the claim, before the provider accepts; after it accepted, before that is written down. */
  readonly dieBefore?: number;
  readonly dieAfter?: number;
  readonly refuse?: (delivery: Delivery) => Fault | undefined;
};

export type OutboxOptions = {
  readonly seed?: number;
  readonly at?: Instant;
  readonly faults?: Partial<FaultRates>;
  readonly shuffle?: Shuffle;
  readonly provider?: Provider;
  /** What turns occurrences into messages and serves what is due of them, on the connection of a process; default: nobody. */
  readonly wire?: (process: {
    readonly client: DynamoDBDocumentClient;
    readonly tables: OpenTables['tables'];
    readonly clock: Clock;
  }) => Pick<BatchDeps, 'takeOccurrences'> & Pick<SweepWork, 'serve'>;
};

const shortestMs = 10;

/**
 * The outbox in one process: the ledger and its stream on a real engine, the stages as deployed, a provider that writes
 * down what it accepted, a clock that moves when somebody waits. A killed process leaves what it had written.
 */
export const startOutbox = async ({
  seed = 1,
  at = '2026-11-20T02:00:00.000Z',
  faults,
  shuffle,
  provider = {},
  wire = () => ({ takeOccurrences: async () => [], serve: {} }),
}: OutboxOptions = {}) => {
  const opened = await openTables(faults ? { seed, rates: faults } : {});
  const source = await streamSource(opened.direct, opened.endpoint, opened.tables.ledger);
  const stream = consumer(seed, shuffle);
  const chance = seededChance(seed);
  const accepted: { readonly id: string; readonly at: Instant }[] = [];
  const reports: unknown[] = [];
  let now = Date.parse(at);
  let deaths = 0;
  const clock = () => isoOf(now);
  const sleep = async (ms: number) => {
    now += Math.max(shortestMs, ms);
  };

  const send =
    (kill: () => void): SendChannel =>
    async (delivery) => {
      const { throttled, refuse } = provider;
      if (chance.hits(provider.dieBefore ?? 0)) {
        kill();
        throw new Killed();
      }
      if (throttled && clock() >= throttled.from && clock() < throttled.to)
        throw new Fault('ChannelThrottled', 'Maximum sending rate exceeded');
      const refusal = refuse?.(delivery);
      if (refusal) throw refusal;
      accepted.push({ id: delivery.id, at: clock() });
      if (chance.hits(provider.dieAfter ?? 0)) {
        kill();
        throw new Killed();
      }
      if (chance.hits(provider.lostReply ?? 0))
        throw new Fault('ChannelUnsure', 'the connection broke before the answer');
      return { messageId: `m${accepted.length}-${seed}` };
    };
  const quota = async (): Promise<SendQuota> => ({
    perSecond: provider.perSecond ?? 14,
    perDay: provider.perDay ?? 50_000,
    sent: accepted.filter((one) => Date.parse(one.at) > now - 86_400_000).length,
    readAt: clock(),
  });

  const live = () => {
    const mortal = mortalClient(opened.endpoint);
    const table: Table = { client: mortal.client, table: opened.tables.ledger };
    const { takeOccurrences, serve } = wire({
      ...{ client: mortal.client, tables: opened.tables, clock },
    });
    const deps: SweepWork = {
      deliveries: deliveries(table),
      lanes: sendLanes(table),
      suppressions: suppressions(table),
      channels: { mail: send(mortal.kill), slack: send(mortal.kill) },
      quotas: { mail: quota },
      due: due(table),
      serve,
      clock,
      sleep,
      report: (...all) => reports.push(all),
    };
    const until = (ms: number) => {
      const end = now + ms;
      return () => end - now;
    };
    return {
      mortal,
      batch: streamHandler((records) =>
        notifyBatch({ ...deps, notices: notices(table), takeOccurrences }, until(5_000))(records),
      ),
      sweep: () => sweep(deps)(until(60_000)),
    };
  };
  let life = live();

  const restartIfDead = () => {
    if (!life.mortal.isDead()) return;
    deaths += 1;
    life.mortal.client.destroy();
    life = live();
  };

  /** Delivers what the stream holds, as long as there is something. */
  const drain = async () => {
    for (;;) {
      restartIfDead();
      stream.add(await source.pull());
      if (stream.isIdle()) return;
      await stream.deliver(life.batch, life.mortal.isDead);
    }
  };

  const minute = async () => {
    const end = (Math.floor(now / 60_000) + 1) * 60_000;
    restartIfDead();
    try {
      await life.sweep();
    } catch (error) {
      if (!life.mortal.isDead()) throw error;
    }
    now = Math.max(now, end);
  };

  const direct: Table = { client: opened.direct, table: opened.tables.ledger };
  return {
    stores: {
      deliveries: deliveries(direct),
      notices: notices(direct),
      suppressions: suppressions(direct),
      lanes: sendLanes(direct),
      due: due(direct),
    },
    accepted,
    reports,
    opened,
    clock,
    /** Lets time pass without anybody at work. */
    jump(seconds: number) {
      now += seconds * 1000;
    },
    deaths: () => deaths,
    dieAfter: (requests: number) => life.mortal.dieAfter(requests),
    drain,
    /** One sweep, as each minute, without the stream. */
    sweep: minute,
    /** The stream, then a sweep each minute, so often. */
    async run(minutes: number) {
      await drain();
      for (let n = 0; n < minutes; n += 1) {
        await minute();
        await drain();
      }
    },
    /** Queues deliveries with their notices, as an occurrence does, through whatever faults there are. */
    async queue(wanted: readonly NewDelivery[]) {
      for (const [notice, list] of Map.groupBy(wanted, (one) => one.notice)) {
        const [first] = list;
        await notices(direct).create(
          aNotice({ id: notice, at: first?.at ?? at, recipients: list.length }),
        );
      }
      await inParallel([wanted], 1, (all) => deliveries(direct).queue(all));
    },
    async close() {
      source.close();
      life.mortal.client.destroy();
      await opened.close();
    },
  };
};

export type Outbox = Awaited<ReturnType<typeof startOutbox>>;
