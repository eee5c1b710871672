import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { sameAddress } from '../../shared/domain/notice/delivery-id.ts';
import { Suppression } from '../../shared/domain/notice/suppression.schema.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { getItem } from './instances.ts';
import { ledgerTable } from './ledger-table.ts';
import { isAbsent, putIf } from './put-if.ts';
import { queryPage } from './query.ts';
import { withRetry } from './retry.ts';
import type { Page, Table } from './table.ts';

/** Addresses that bounced for good or complained. One partition: it is read once a mail, and mails are few a second. */
export const suppressions = (table: Table) => ({
  async find(address: string): Promise<Suppression | undefined> {
    const item = await getItem(table, ledgerTable.suppressed(sameAddress(address)));
    return item && Suppression.parse(item);
  },

  /** The first reason stays; false when the address was suppressed before. */
  async add(entry: Suppression): Promise<boolean> {
    const address = sameAddress(entry.address);
    return putIf(table, { ...entry, address, ...ledgerTable.suppressed(address), v: 1 }, isAbsent);
  },

  /** A page in order of address. */
  async list({
    limit,
    cursor,
  }: {
    readonly limit: number;
    readonly cursor?: string | undefined;
  }): Promise<Page<Suppression>> {
    const page = await queryPage(
      table,
      { partition: ledgerTable.suppressed('').pk },
      { limit, after: positionOf(cursor) },
    );
    return {
      items: page.items.map((item) => Suppression.parse(item)),
      cursor: cursorOf(page.last),
    };
  },

  /** Lets an address be written to again; undefined when it was not suppressed. */
  async lift(address: string): Promise<Suppression | undefined> {
    const remove = new DeleteCommand({
      TableName: table.table,
      Key: ledgerTable.suppressed(sameAddress(address)),
      ReturnValues: 'ALL_OLD',
    });
    const { Attributes } = await withRetry(
      () => table.client.send(remove),
      'suppression not lifted',
    );
    return Attributes && Suppression.parse(Attributes);
  },
});

export type Suppressions = ReturnType<typeof suppressions>;
