import { createHash } from 'node:crypto';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { type NewDelivery, partsOfDeliveryId } from '../../shared/domain/notice/delivery-id.ts';
import { newDelivery } from '../../shared/domain/notice/delivery-life.ts';
import { Content, type Delivery, DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import { batchGet, chunksOf } from './batch-get.ts';
import { batchPut } from './batch-write.ts';
import { commitDelivery, createDelivery } from './commit-delivery.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { mergeRanges } from './merge-ranges.ts';
import { noticeExpiry } from './notice-expiry.ts';
import { queryAll } from './query.ts';
import type { Item, ItemKey, Page, Table } from './table.ts';

/** Which part of a day's list to read; `from` and `to` are instants, both included. */
export type DayRange = {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

const writesAtOnce = 8;

/** Messages to one receiver each. A delivery is one item below 1 KB; the content stands beside it, shared and never changed. */
export const deliveries = (table: Table) => ({
  /**
   * Queues deliveries: each is put if absent, with its due entry. The stream of the ledger wakes whoever sends. The notice
   * must stand already. Answers with those that are new; again the same, it answers with none.
   */
  async queue(wanted: readonly NewDelivery[]): Promise<Delivery[]> {
    const all = wanted.map(newDelivery);
    const texts = new Map(
      all.map(({ notice, at, content }) => {
        const digest = digestOf(content);
        const key = ledgerTable.text(notice, digest);
        return [`${key.pk} ${key.sk}`, { ...key, v: 1, content, expiresAt: noticeExpiry(at) }];
      }),
    );
    await batchPut(table, [...texts.values()]);

    const created: Delivery[] = [];
    for (const group of chunksOf(distinct(all), writesAtOnce)) {
      const added = await Promise.all(group.map((one) => createDelivery(table)(headOf(one))));
      created.push(...group.filter((_, n) => added[n]));
    }
    return created;
  },

  /** Strongly consistent. */
  async find(id: string): Promise<DeliveryHead | undefined> {
    const key = keyOf(id);
    const item = key && (await getItem(table, key));
    return item && DeliveryHead.parse(item);
  },

  /** Those that exist, strongly consistent, in the order of `ids`. */
  async findMany(ids: readonly string[]): Promise<DeliveryHead[]> {
    const keys = ids.flatMap((id) => keyOf(id) ?? []);
    const items = await batchGet(table, keys, { strong: true });
    const heads = new Map(
      items.map((item) => {
        const head = DeliveryHead.parse(item);
        return [head.id, head];
      }),
    );
    return ids.flatMap((id) => heads.get(id) ?? []);
  },

  /** All of a notice, strongly consistent, in order of channel. */
  async ofNotice(notice: string): Promise<DeliveryHead[]> {
    const range = { partition: ledgerTable.noticePartition(notice), prefix: 'DLV#', strong: true };
    return (await queryAll(table, range)).map((item) => DeliveryHead.parse(item));
  },

  /** The content of a delivery; undefined when it expired. */
  async contentOf({ notice, text }: DeliveryHead): Promise<Content | undefined> {
    const item = await getItem(table, ledgerTable.text(notice, text));
    return item && Content.parse(item.content);
  },

  /** A page of the deliveries of a project on one day (UTC), the newest first. */
  async listDay(
    project: string,
    day: string,
    { from, to, limit, cursor }: DayRange,
  ): Promise<Page<DeliveryHead>> {
    const page = await mergeRanges(
      table,
      {
        partitions: [ledgerTable.deliveryDay(project, day)],
        order: 'desc',
        from,
        to: to && `${to}~`,
      },
      { limit, cursor },
    );
    const ids = page.items.map(({ delivery }) => String(delivery));
    return { items: await this.findMany(ids), cursor: page.cursor };
  },

  /** Writes the next version of a delivery where the stored one is still the one before; false when it is not. */
  commit: commitDelivery(table),

  /** Which delivery a provider's message id belongs to. */
  async ofMessage(messageId: string): Promise<string | undefined> {
    const item: Item | undefined = await getItem(table, ledgerTable.message(messageId));
    return item && String(item.delivery);
  },
});

export type Deliveries = ReturnType<typeof deliveries>;

const headOf = ({ content, ...delivery }: Delivery): DeliveryHead => ({
  ...delivery,
  text: digestOf(content),
});

const digestOf = (content: Content): string =>
  createHash('sha256')
    .update(JSON.stringify(Content.parse(content)))
    .digest('hex')
    .slice(0, 24);

const keyOf = (id: string): ItemKey | undefined => {
  const parts = partsOfDeliveryId(id);
  return parts && ledgerTable.delivery(parts.notice, parts.place);
};

/** Of one notice the same person may be named as owner, on duty and as a contact. */
const distinct = (all: readonly Delivery[]): Delivery[] =>
  [...new Map(all.toReversed().map((one) => [one.id, one])).values()].toReversed();
