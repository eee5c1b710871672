import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { batchPut } from './batch-write.ts';
import { catalogTable, type ReachableKind } from './catalog-table.ts';
import { getItem } from './instances.ts';
import { queryAll } from './query.ts';
import { withRetry } from './retry.ts';
import type { ItemKey, Table } from './table.ts';

/** A contact, an on-duty schedule or a room, as a rule names it. */
export type Reachable = { readonly kind: ReachableKind; readonly name: string };

/** Who names it: `alert/project/id`, `notification/project/id` or `duty/name`. */
export type Namer = `alert/${string}` | `notification/${string}` | `duty/${string}`;

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const partitions = {
  contact: catalogTable.contacts,
  duty: catalogTable.duty,
  room: catalogTable.rooms,
} as const;

const keyOf = ({ kind, name }: Reachable): ItemKey => ({ pk: partitions[kind], sk: name });

/**
 * Part of the transaction that saves whatever names it: it exists, and counts one naming more. Who removes a document
 * names the count that was read, so nothing is removed while somebody begins to name it.
 */
export const nameIt = ({ table }: Table, reachable: Reachable): TransactItem => ({
  Update: {
    TableName: table,
    Key: keyOf(reachable),
    UpdateExpression: 'ADD namings :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':one': 1 },
  },
});

/** Who may name what. Hints, written before whatever names it and never removed: whoever acts on one looks at it. */
export const namedBy = (table: Table) => ({
  async putNamers(namer: Namer, named: readonly Reachable[]): Promise<void> {
    await batchPut(
      table,
      named.map(({ kind, name }) => ({ pk: catalogTable.namedBy(kind, name), sk: namer })),
    );
  },

  async hintedNamers({ kind, name }: Reachable): Promise<Namer[]> {
    const hints = await queryAll(table, {
      partition: catalogTable.namedBy(kind, name),
      strong: true,
    });
    return hints.map(({ sk }) => String(sk) as Namer);
  },

  /** How often it was named so far: read before asking who does, and given to `removeUnnamed`. */
  async namingsOf(reachable: Reachable): Promise<number> {
    return Number((await getItem(table, keyOf(reachable)))?.namings ?? 0);
  },

  /** False when it is gone, has another revision, or somebody named it meanwhile. */
  async removeUnnamed(reachable: Reachable, ifMatch: number, namings: number): Promise<boolean> {
    const request = new DeleteCommand({
      TableName: table.table,
      Key: keyOf(reachable),
      ConditionExpression: `rev = :was AND ${namings === 0 ? 'attribute_not_exists(namings)' : 'namings = :namings'}`,
      ExpressionAttributeValues: {
        ':was': ifMatch,
        ...(namings === 0 ? {} : { ':namings': namings }),
      },
    });
    try {
      await withRetry(() => table.client.send(request), 'document not removed');
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});
