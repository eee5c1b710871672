import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { ChannelKind } from '../../shared/domain/notice/channel.schema.ts';
import { phoneChannels } from '../../shared/domain/notice/channel.schema.ts';
import { partsOfDeliveryId } from '../../shared/domain/notice/delivery-id.ts';
import type { DeliveryHead } from '../../shared/domain/notice/notice.schema.ts';
import { type DueEntry, type DueKind, itemOfDue, keyOfDue } from './due.ts';
import { ledgerTable } from './ledger-table.ts';
import { noticeExpiry } from './notice-expiry.ts';
import { type Condition, isAbsent, newMark, writeMark } from './put-if.ts';
import { withRetry } from './retry.ts';
import type { Item, ItemKey, Table } from './table.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Puts a new delivery with its place in the day's list and its due entry, or nothing; false when it stands already. */
export const createDelivery =
  (table: Table) =>
  (head: DeliveryHead): Promise<boolean> => {
    const day = {
      pk: ledgerTable.deliveryDay(head.project, head.at.slice(0, 10)),
      sk: `${head.at}#${head.id}`,
      v: 1,
      delivery: head.id,
      expiresAt: noticeExpiry(head.at),
    };
    return write(table, head, isAbsent, [
      putOf(table, day),
      ...dueOf(head).map((entry) => putOf(table, itemOfDue(entry))),
    ]);
  };

/**
 * Writes a version of a delivery over the one before it, and in the same transaction moves its due entry, so that there is
 * always an entry for what is to be done and none for what is done. A new message id gets its index item.
 */
export const commitDelivery =
  (table: Table) =>
  (before: DeliveryHead, after: DeliveryHead): Promise<boolean> => {
    const [was, is] = [dueOf(before), dueOf(after)];
    const message = after.messageId !== before.messageId && after.messageId;
    return write(table, after, { expression: 'seq = :was', values: { ':was': before.seq } }, [
      ...was
        .filter((entry) => !is.some((other) => other.at === entry.at))
        .map((entry) => deleteOf(table, keyOfDue(entry))),
      ...is.map((entry) => putOf(table, itemOfDue(entry))),
      ...(message
        ? [
            putOf(table, {
              ...ledgerTable.message(message),
              v: 1,
              delivery: after.id,
              expiresAt: noticeExpiry(after.at),
            }),
          ]
        : []),
    ]);
  };

/** When somebody must look at a delivery: it is to be sent, or its lease runs out. */
export const dueOf = ({
  id,
  channel,
  status,
  nextAt,
  leaseUntil,
  at,
}: DeliveryHead): DueEntry[] => {
  const kind = dueKindOf(channel);
  if (status === 'QUEUED') return [{ at: nextAt ?? at, kind, id }];
  if (status === 'SENDING') return [{ at: leaseUntil ?? at, kind, id }];
  return [];
};

const dueKindOf = (channel: ChannelKind): DueKind => {
  if (channel === 'mail') return 'mail';
  return phoneChannels.includes(channel) ? 'phone' : 'room';
};

/** One transaction under one condition; a repeated request of ours recognises the mark of its first try. */
const write = async (
  table: Table,
  head: DeliveryHead,
  { expression, values }: Condition,
  others: readonly TransactItem[],
): Promise<boolean> => {
  const mark = newMark();
  const TransactItems: TransactItem[] = [
    {
      Put: {
        TableName: table.table,
        Item: {
          ...keyOf(head),
          v: 1,
          ...head,
          expiresAt: noticeExpiry(head.at),
          [writeMark]: mark,
        },
        ConditionExpression: expression,
        ExpressionAttributeValues: values,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    ...others,
  ];
  try {
    await withRetry(
      () => table.client.send(new TransactWriteCommand({ TransactItems })),
      'delivery not written',
    );
    return true;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return error.CancellationReasons?.[0]?.Item?.[writeMark]?.S === mark;
  }
};

const keyOf = ({ id }: DeliveryHead): ItemKey => {
  const parts = partsOfDeliveryId(id);
  if (!parts) throw new Fault('RecordInvalid', 'not the id of a delivery', { id });
  return ledgerTable.delivery(parts.notice, parts.place);
};

const putOf = ({ table }: Table, entry: Item & ItemKey): TransactItem => ({
  Put: { TableName: table, Item: entry },
});

const deleteOf = ({ table }: Table, Key: ItemKey): TransactItem => ({
  Delete: { TableName: table, Key },
});
