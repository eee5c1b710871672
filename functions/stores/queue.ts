import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { instanceIdOfKey, instancesTable, poolQueueStripes } from './instances-table.ts';
import { queryPage, type Range } from './query.ts';
import { stripesUpTo } from './stripe.ts';
import type { Item, Page, Table } from './table.ts';

/** An instance in a queue: a candidate, since an index may lag. Whoever acts on it reads it first. */
export type Queued = { readonly id: string; readonly at: Instant };

export type QueueQuery = {
  /** 0 … queueStripes - 1. */
  readonly stripe: number;
  /** Up to this instant, included; default: all. */
  readonly until?: Instant | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

/** Enough to see that a queue is long; half a read unit for about forty. */
const countedPerStripe = 200;

/** Who waits for what, and who is out, each queue in order of time. */
export const queue = (table: Table) => {
  const list = async (
    partition: string,
    { until, limit = 100, cursor }: QueueQuery,
  ): Promise<Page<Queued>> => {
    const range: Range = { index: 'byQueue', partition, to: until };
    const { items, last } = await queryPage(table, range, { limit, after: positionOf(cursor) });
    return { items: items.flatMap(queuedOf), cursor: cursorOf(last) };
  };

  return {
    /** WAIT_TIME: `at` is when its time has come (the latest of due, retry and wait). */
    due: (query: QueueQuery) => list(instancesTable.queue.time(query.stripe), query),
    /** NOT_RUN: `at` is its due time. */
    overdue: (query: QueueQuery) => list(instancesTable.queue.upstream(query.stripe), query),
    /** NOT_RUN in a backfill, most of them past due from the beginning: `at` is its due time. */
    filling: (query: QueueQuery) => list(instancesTable.queue.filling(query.stripe), query),
    /** Paused, or its task is: `at` is its due time. */
    parked: (query: QueueQuery) => list(instancesTable.queue.parked(query.stripe), query),
    /** SUBMITTED or RUNNING: `at` is when it was submitted. */
    active: (query: QueueQuery) => list(instancesTable.queue.active(query.stripe), query),

    /** How many queue for a pool, counted up to some hundreds; an index may lag. */
    async countWaiters(
      env: Env,
      pool: string,
    ): Promise<{ readonly count: number; readonly more: boolean }> {
      const pages = await Promise.all(
        stripesUpTo(poolQueueStripes).map((stripe) =>
          queryPage(
            table,
            { index: 'byQueue', partition: instancesTable.queue.pool(env, pool, stripe) },
            { limit: countedPerStripe },
          ),
        ),
      );
      return {
        count: pages.reduce((sum, { items }) => sum + items.length, 0),
        more: pages.some(({ last }) => last !== undefined),
      };
    },

    /** The first `limit` that queue for a pool: highest priority first, then by due time, then by id. */
    async waiters(env: Env, pool: string, limit: number): Promise<string[]> {
      const stripes = stripesUpTo(poolQueueStripes).map((stripe) =>
        queryPage(
          table,
          { index: 'byQueue', partition: instancesTable.queue.pool(env, pool, stripe) },
          { limit },
        ),
      );
      const found = (await Promise.all(stripes)).flatMap(({ items }) => items);
      return found
        .map((item) => ({ place: String(item.qsk), id: idOf(item) }))
        .toSorted((a, b) => compare(a.place, b.place) || compare(a.id, b.id))
        .slice(0, limit)
        .map(({ id }) => id);
    },
  };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const idOf = ({ pk, sk }: Item): string =>
  instanceIdOfKey({ pk: String(pk), sk: String(sk) }) ?? '';

const queuedOf = (item: Item): Queued[] => {
  const id = idOf(item);
  return id === '' ? [] : [{ id, at: String(item.qsk) }];
};
