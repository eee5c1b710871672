import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Notice, type NoticeStatus } from '../../shared/domain/notice/notice.schema.ts';
import { batchGet } from './batch-get.ts';
import { batchPut } from './batch-write.ts';
import type { DayRange } from './deliveries.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { mergeRanges } from './merge-ranges.ts';
import { noticeExpiry } from './notice-expiry.ts';
import { isAbsent, putIf } from './put-if.ts';
import { withRetry } from './retry.ts';
import type { Page, Table } from './table.ts';

/** Messages as a rule wanted them: the rows of "Notification details". Immutable but for the status. */
export const notices = (table: Table) => ({
  /** Puts a notice if absent; false when it stands already. Its deliveries are queued after it. */
  async create(notice: Notice): Promise<boolean> {
    const expiresAt = noticeExpiry(notice.at);
    const inDay = {
      pk: ledgerTable.noticeDay(notice.project, notice.at.slice(0, 10)),
      sk: `${notice.at}#${notice.id}`,
      v: 1,
      notice: notice.id,
      expiresAt,
    };
    // First its place in the list: a place without a notice is passed over, a notice without a place is never seen.
    await batchPut(table, [inDay]);
    return putIf(table, { ...notice, ...ledgerTable.notice(notice.id), v: 1, expiresAt }, isAbsent);
  },

  /** Strongly consistent. */
  async find(id: string): Promise<Notice | undefined> {
    const item = await getItem(table, ledgerTable.notice(id));
    return item && Notice.parse(item);
  },

  /** Those that exist, in the order of `ids`. */
  async findMany(ids: readonly string[]): Promise<Notice[]> {
    const items = await batchGet(table, ids.map(ledgerTable.notice), { strong: true });
    const found = new Map(items.map((item) => [String(item.id), Notice.parse(item)]));
    return ids.flatMap((id) => found.get(id) ?? []);
  },

  /** A page of the notices of a project on one day (UTC), the newest first. */
  async listDay(
    project: string,
    day: string,
    { from, to, limit, cursor }: DayRange,
  ): Promise<Page<Notice>> {
    const page = await mergeRanges(
      table,
      {
        partitions: [ledgerTable.noticeDay(project, day)],
        order: 'desc',
        from,
        to: to && `${to}~`,
      },
      { limit, cursor },
    );
    const ids = page.items.map(({ notice }) => String(notice));
    return { items: await this.findMany(ids), cursor: page.cursor };
  },

  /**
   * Writes the status that was folded from the deliveries, unless a newer look was written before (`foldedSeqOf`). False
   * when it was, or when there is no such notice.
   */
  async fold(id: string, status: NoticeStatus, foldedSeq: number): Promise<boolean> {
    const update = new UpdateCommand({
      TableName: table.table,
      Key: ledgerTable.notice(id),
      UpdateExpression: 'SET #status = :status, folded = :folded',
      ConditionExpression:
        'attribute_exists(pk) AND (attribute_not_exists(folded) OR folded <= :folded)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status, ':folded': foldedSeq },
    });
    try {
      await withRetry(() => table.client.send(update), 'notice not folded');
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});

export type Notices = ReturnType<typeof notices>;
