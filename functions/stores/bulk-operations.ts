import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  BulkOperation,
  OperationAsk,
  type OperationStatus,
} from '../../shared/domain/bulk/operation.schema.ts';
import { PlanSummary } from '../../shared/domain/bulk/plan-summary.schema.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { batchGet } from './batch-get.ts';
import { packOne, unpackOne } from './bulk-pieces.ts';
import { getItem } from './instances.ts';
import { instancesTable, operationListStripes } from './instances-table.ts';
import { mergeRanges } from './merge-ranges.ts';
import { queryPage, type Range } from './query.ts';
import { withRetry } from './retry.ts';
import { stripeOf, stripesUpTo } from './stripe.ts';
import type { Item, ItemKey, Page, Table } from './table.ts';

/** How long operations and their results are kept. */
const keptDays = 90;

/** Operations at once that are looked at when some were lost; people start few. */
const mostOpen = 100;

/** What came of planning. */
export type Planned = Pick<
  BulkOperation,
  'plannedAt' | 'chunks' | 'total' | 'ineligible' | 'projects'
>;

/** Bulk operations: a small head with its counters, what was asked, the plan. Their items are `bulk-chunks.ts`. */
export const bulkOperations = (table: Table) => {
  const findOperation = async (id: string): Promise<BulkOperation | undefined> => {
    const item = await getItem(table, instancesTable.operation(id));
    return item && operationOfItem(item);
  };

  /** Changes the head where its status is one of `from`; false when it is another. */
  const change = async (
    id: string,
    { from, set, remove = [] }: Change,
    also: readonly (Item & ItemKey)[] = [],
  ): Promise<boolean> => {
    const names = Object.keys(set);
    const update = {
      TableName: table.table,
      Key: instancesTable.operation(id),
      UpdateExpression: [
        `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
      ].join(' '),
      ConditionExpression: `#status IN (${from.map((_, n) => `:from${n}`).join(', ')})`,
      ExpressionAttributeNames: {
        '#status': 'status',
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]])),
        ...Object.fromEntries(from.map((status, n) => [`:from${n}`, status])),
      },
    };
    const send = async (): Promise<void> => {
      if (also.length === 0) await table.client.send(new UpdateCommand(update));
      else {
        const puts = also.map((Item) => ({ Put: { TableName: table.table, Item } }));
        await table.client.send(
          new TransactWriteCommand({ TransactItems: [{ Update: update }, ...puts] }),
        );
      }
    };
    try {
      await withRetry(send, 'operation not changed');
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      if (error instanceof TransactionCanceledException) return false;
      throw error;
    }
  };

  return {
    findOperation,

    /** Writes down what is wanted; the stream hands it to its state machine. The one that is there already, if any. */
    async createOperation(operation: BulkOperation, ask: OperationAsk): Promise<BulkOperation> {
      const { id, at } = operation;
      const expiresAt = expiryOf(at);
      const put = (Item: Item & ItemKey) => ({
        Put: {
          TableName: table.table,
          Item: { ...Item, expiresAt },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      });
      const request = new TransactWriteCommand({
        TransactItems: [
          put({
            ...operation,
            ...instancesTable.operation(id),
            ...openKeys(at),
            lpk: instancesTable.day.operations(stripeOf(id, operationListStripes)),
            lsk: `${at}#${id}`,
            v: 1,
          }),
          put({ ...instancesTable.operationAsk(id, 'plan'), data: packOne(ask) }),
        ],
      });
      try {
        await withRetry(() => table.client.send(request), 'operation not written');
        return operation;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        return (await findOperation(id)) ?? operation;
      }
    },

    async findAsk(id: string): Promise<OperationAsk> {
      const item = await getItem(table, instancesTable.operationAsk(id, 'plan'));
      if (!item) throw new Fault('RecordInvalid', 'operation without what was asked', { id });
      return OperationAsk.parse(unpackOne(item.data));
    },

    /** A page of operations, the newest first. */
    async listOperations({
      limit,
      cursor,
    }: {
      readonly limit: number;
      readonly cursor?: string | undefined;
    }): Promise<Page<BulkOperation>> {
      const partitions = stripesUpTo(operationListStripes).map(instancesTable.day.operations);
      const page = await mergeRanges(
        table,
        { index: 'byDay', partitions, order: 'desc' },
        { limit, cursor },
      );
      const keys = page.items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
      const found = new Map(
        (await batchGet(table, keys)).map((item) => [String(item.pk), operationOfItem(item)]),
      );
      return { items: keys.flatMap(({ pk }) => found.get(pk) ?? []), cursor: page.cursor };
    },

    /** Operations asked for or confirmed up to `until` that are still to be worked on, oldest first. */
    async openOperations(until: Instant): Promise<BulkOperation[]> {
      const range: Range = {
        index: 'byQueue',
        partition: instancesTable.queue.operations,
        to: until,
      };
      const { items } = await queryPage(table, range, { limit: mostOpen });
      const found = await Promise.all(
        items.map(({ pk }) => findOperation(String(pk).slice('OP#'.length))),
      );
      return found.flatMap((operation) => operation ?? []);
    },

    /** A sign of life: nobody needs to start it again. */
    touchOperation: (id: string, at: Instant) =>
      change(id, { from: ['PLANNING', 'RUNNING'], set: { touchedAt: at } }),

    /** Ends the planning; false when it is over already. */
    planOperation: (id: string, planned: Planned, plan: PlanSummary) =>
      change(
        id,
        {
          from: ['PLANNING'],
          set: { status: 'PLANNED', ...planned },
          remove: ['qpk', 'qsk'],
        },
        [
          {
            ...instancesTable.operationPlan(id),
            data: packOne(plan),
            expiresAt: expiryOf(planned.plannedAt ?? ''),
          },
        ],
      ),

    async findPlan(id: string): Promise<PlanSummary | undefined> {
      const item = await getItem(table, instancesTable.operationPlan(id));
      return item && PlanSummary.parse(unpackOne(item.data));
    },

    /** Lets a planned operation begin: the stream hands the confirmation to the state machine. */
    confirmOperation: (id: string, at: Instant) =>
      change(
        id,
        {
          from: ['PLANNED'],
          set: { status: 'RUNNING', confirmedAt: at, touchedAt: at, ...openKeys(at) },
        },
        [{ ...instancesTable.operationAsk(id, 'run'), expiresAt: expiryOf(at) }],
      ),

    refuseOperation: (id: string, reason: string, at: Instant) =>
      change(id, {
        from: ['PLANNING'],
        set: { status: 'REFUSED', reason, finishedAt: at },
        remove: ['qpk', 'qsk'],
      }),

    finishOperation: (id: string, at: Instant) =>
      change(id, {
        from: ['RUNNING'],
        set: { status: 'DONE', finishedAt: at },
        remove: ['qpk', 'qsk'],
      }),

    abortOperation: (id: string, at: Instant, reason: string) =>
      change(id, {
        from: ['PLANNING', 'PLANNED', 'RUNNING'],
        set: { status: 'ABORTED', finishedAt: at, reason },
        remove: ['qpk', 'qsk'],
      }),
  };
};

type Change = {
  readonly from: readonly OperationStatus[];
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
};

const openKeys = (at: Instant) => ({ qpk: instancesTable.queue.operations, qsk: at });

const expiryOf = (at: Instant): number => Math.floor(Date.parse(at) / 1000) + keptDays * 86_400;

const operationOfItem = (item: Item): BulkOperation => {
  const parsed = BulkOperation.safeParse(item);
  if (!parsed.success || item.v !== 1)
    throw new Fault('RecordInvalid', `operation not readable: ${parsed.error?.message}`, {
      pk: String(item.pk),
    });
  return parsed.data;
};
