import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { batchGet } from './batch-get.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { getItem } from './instances.ts';
import { isRevision, putIf } from './put-if.ts';
import { queryAll, queryPage } from './query.ts';
import { withRetry } from './retry.ts';
import type { Item, Page, Table } from './table.ts';

/** A document with the revision that an edit must name (`If-Match`). */
export type Revised<T> = T & { readonly rev: number };

/** Why a document was not saved: it exists already, or somebody else edited it meanwhile. */
export type NotSaved = 'exists' | 'stale';

export type PageQuery = {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

/** Documents of one kind: small, edited by people one at a time, listed by name within their partition. */
export const collection = <T extends object>(table: Table, schema: z.ZodType<T>) => {
  const read = (item: Item): Revised<T> => {
    const parsed = schema.safeParse(item);
    if (!parsed.success || item.v !== 1)
      throw new Fault('RecordInvalid', `document not readable: ${parsed.error?.message}`, {
        pk: String(item.pk),
        sk: String(item.sk),
      });
    return { ...parsed.data, rev: Number(item.rev) };
  };

  return {
    async find(partition: string, name: string): Promise<Revised<T> | undefined> {
      const item = await getItem(table, { pk: partition, sk: name });
      return item && read(item);
    },

    /** Those of `names` that exist, in the order of `names`. */
    async findMany(partition: string, names: readonly string[]): Promise<Revised<T>[]> {
      const items = await batchGet(
        table,
        names.map((sk) => ({ pk: partition, sk })),
        { strong: true },
      );
      const found = new Map(items.map((item) => [String(item.sk), item]));
      return names.flatMap((name) => {
        const item = found.get(name);
        return item ? [read(item)] : [];
      });
    },

    /** A page in order of name. */
    async list(
      partition: string,
      { limit = 100, cursor }: PageQuery = {},
    ): Promise<Page<Revised<T>>> {
      const page = await queryPage(table, { partition }, { limit, after: positionOf(cursor) });
      return { items: page.items.map(read), cursor: cursorOf(page.last) };
    },

    /** All of a partition that is small by nature. */
    async all(partition: string): Promise<Revised<T>[]> {
      return (await queryAll(table, { partition, strong: true })).map(read);
    },

    /** Creates (`ifMatch` undefined) or replaces the revision `ifMatch`. */
    async save(
      partition: string,
      name: string,
      value: T,
      ifMatch: number | undefined,
    ): Promise<Result<Revised<T>, NotSaved>> {
      const rev = (ifMatch ?? 0) + 1;
      const item = { ...value, pk: partition, sk: name, v: 1, rev };
      const saved = await putIf(table, item, isRevision(ifMatch));
      return saved ? ok({ ...value, rev }) : err(ifMatch === undefined ? 'exists' : 'stale');
    },

    /** False when it is gone or has another revision. */
    async remove(partition: string, name: string, ifMatch: number): Promise<boolean> {
      const request = new DeleteCommand({
        TableName: table.table,
        Key: { pk: partition, sk: name },
        ConditionExpression: 'rev = :was',
        ExpressionAttributeValues: { ':was': ifMatch },
      });
      try {
        await withRetry(() => table.client.send(request), 'document not removed');
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
};
