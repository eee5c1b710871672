import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { HeldSlot } from '../../shared/domain/instance/instance.schema.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { stripesFor } from '../../shared/domain/pool/choose-stripe.ts';
import type { PoolState, Stripe } from '../../shared/domain/pool/pool.schema.ts';
import { batchGet } from './batch-get.ts';
import { instancesTable } from './instances-table.ts';
import { withRetry } from './retry.ts';
import { stripesUpTo } from './stripe.ts';
import type { Item, Table } from './table.ts';

/** A limited pool, from a throttling rule or a resource group. */
export type PoolLimit = Pick<PoolState, 'id' | 'kind' | 'name' | 'limit' | 'reopensAt'>;

/** Stripe 0 also remembers how many stripes there are; that number only grows, so no slot in use is ever forgotten. */
const StripeItem = z.object({
  pk: z.string(),
  used: z.int().min(0).default(0),
  reservedFor: z.string().optional(),
  stripes: z.int().min(1).optional(),
});

/** Slots in use. They are taken and given back by `commit`, in the transaction of the move. */
export const pools = (table: Table) => {
  const readStripes = async (
    keys: readonly { readonly env: Env; readonly pool: string; readonly stripe: number }[],
  ): Promise<Map<string, z.infer<typeof StripeItem>>> => {
    const items = await batchGet(
      table,
      keys.map(({ env, pool, stripe }) => instancesTable.pool(env, pool, stripe)),
      { strong: true },
    );
    return new Map(items.map((item) => [String(item.pk), StripeItem.parse(item)]));
  };

  /** Makes room for a larger limit before anyone takes a slot from the new stripes. */
  const grow = async (env: Env, pool: string, stripes: number): Promise<void> => {
    const request = new UpdateCommand({
      TableName: table.table,
      Key: instancesTable.pool(env, pool, 0),
      UpdateExpression: 'SET stripes = :stripes',
      ConditionExpression: 'attribute_not_exists(stripes) OR stripes < :stripes',
      ExpressionAttributeValues: { ':stripes': stripes },
    });
    try {
      await withRetry(() => table.client.send(request), 'pool not grown');
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  return {
    /** Slots in use of each pool right now, strongly consistent: half a read unit a stripe of 20 slots, rounded up. */
    async readPools(env: Env, limits: readonly PoolLimit[]): Promise<PoolState[]> {
      if (limits.length === 0) return [];
      const wanted = limits.flatMap(({ id, limit }) =>
        stripesUpTo(stripesFor(limit)).map((stripe) => ({ env, pool: id, stripe })),
      );
      const found = await readStripes(wanted);
      const itemOf = (pool: string, stripe: number) =>
        found.get(instancesTable.pool(env, pool, stripe).pk);
      const counts = new Map(
        limits.map(({ id, limit }) => [
          id,
          Math.max(stripesFor(limit), itemOf(id, 0)?.stripes ?? 1),
        ]),
      );
      const countOf = (id: string) => counts.get(id) ?? 1;

      const missed = limits.flatMap(({ id, limit }) =>
        stripesUpTo(countOf(id))
          .slice(stripesFor(limit))
          .map((stripe) => ({ env, pool: id, stripe })),
      );
      for (const [pk, item] of await readStripes(missed)) found.set(pk, item);
      await Promise.all(
        limits
          .filter(({ id }) => countOf(id) > (itemOf(id, 0)?.stripes ?? 1))
          .map(({ id }) => grow(env, id, countOf(id))),
      );

      return limits.map((pool) => ({
        ...pool,
        stripes: stripesUpTo(countOf(pool.id)).map((stripe): Stripe => {
          const item = itemOf(pool.id, stripe);
          return { stripe, used: item?.used ?? 0, reservedFor: item?.reservedFor };
        }),
      }));
    },

    /**
     * Keeps the next slot of each of these stripes for one instance, all or none. False when one of them is reserved
     * for somebody else. Taking the slot ends the reservation.
     */
    async reserve(env: Env, instanceId: string, slots: readonly HeldSlot[]): Promise<boolean> {
      const request = new TransactWriteCommand({
        TransactItems: slots.map(({ pool, stripe }) => ({
          Update: {
            TableName: table.table,
            Key: instancesTable.pool(env, pool, stripe),
            UpdateExpression: 'SET reservedFor = :me',
            ConditionExpression: 'attribute_not_exists(reservedFor) OR reservedFor = :me',
            ExpressionAttributeValues: { ':me': instanceId },
          },
        })),
      });
      return wasDone(() => withRetry(() => table.client.send(request), 'slots not reserved'));
    },

    /** Ends a reservation of an instance that no longer wants it; false when it had none there. */
    async unreserve(env: Env, instanceId: string, { pool, stripe }: HeldSlot): Promise<boolean> {
      const request = new UpdateCommand({
        TableName: table.table,
        Key: instancesTable.pool(env, pool, stripe),
        UpdateExpression: 'REMOVE reservedFor',
        ConditionExpression: 'reservedFor = :me',
        ExpressionAttributeValues: { ':me': instanceId },
      });
      return wasDone(() => withRetry(() => table.client.send(request), 'slot not freed'));
    },
  };
};

const wasDone = async (send: () => Promise<Item | unknown>): Promise<boolean> => {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    if (error instanceof TransactionCanceledException) return false;
    throw error;
  }
};
