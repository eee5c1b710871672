import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { ledgerTable } from './ledger-table.ts';
import { queryPage } from './query.ts';
import { withRetry } from './retry.ts';
import { stripeOf, stripesUpTo } from './stripe.ts';
import type { Item, ItemKey, Table } from './table.ts';

/**
 * What a due entry is about; `functions/notify/sweep.ts` knows who serves which. Each kind has a list of its own, so that
 * ten thousand mails that wait for their provider hold up nothing else. `mail`, `phone` and `room` are deliveries.
 */
const dueKinds = ['mail', 'phone', 'room', 'digest', 'alert', 'incident'] as const;
export type DueKind = (typeof dueKinds)[number];

/** Something to look at when its time has come. It is a hint: the item it names decides. */
export type DueEntry = { readonly at: Instant; readonly kind: DueKind; readonly id: string };

const dueStripes = 4;

/** An entry that nobody took away: its item is gone for long by then. */
const keptSeconds = 14 * 86_400;

/** The item of an entry, for a transaction with the item that it is about. */
export const itemOfDue = (entry: DueEntry): Item & ItemKey => ({
  ...keyOfDue(entry),
  ...entry,
  v: 1,
  expiresAt: Math.floor(Date.parse(entry.at) / 1000) + keptSeconds,
});

export const keyOfDue = ({ at, kind, id }: DueEntry): ItemKey =>
  ledgerTable.due(kind, stripeOf(id, dueStripes), at, id);

/** What is due when: the only list that the sweep reads. The same entry twice is one. */
export const due = (table: Table) => ({
  async add(entry: DueEntry): Promise<void> {
    const put = new PutCommand({ TableName: table.table, Item: itemOfDue(entry) });
    await withRetry(() => table.client.send(put), 'due entry not written');
  },

  /** Entries with a time up to `now`, of each kind the oldest `limit`; by kind, then by time. */
  async dueUpTo(
    now: Instant,
    limit: number,
    kinds: readonly DueKind[] = dueKinds,
  ): Promise<DueEntry[]> {
    const ofKind = async (kind: DueKind): Promise<DueEntry[]> => {
      const pages = await Promise.all(
        stripesUpTo(dueStripes).map((stripe) =>
          queryPage(
            table,
            { partition: ledgerTable.dueStripe(kind, stripe), to: `${now}~`, strong: true },
            { limit },
          ),
        ),
      );
      return pages
        .flatMap(({ items }) => items.map(entryOf))
        .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
        .slice(0, limit);
    };
    return (await Promise.all(kinds.map(ofKind))).flat();
  },

  /** Takes an entry away; that it is gone already is no error. */
  async done(entry: DueEntry): Promise<void> {
    const remove = new DeleteCommand({ TableName: table.table, Key: keyOfDue(entry) });
    await withRetry(() => table.client.send(remove), 'due entry not removed');
  },
});

export type Due = ReturnType<typeof due>;

const entryOf = ({ at, kind, id }: Item): DueEntry => ({
  at: String(at),
  kind: kind as DueKind,
  id: String(id),
});
