import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Capacity units that requests used, as the engine reports them. */
type ConsumedUnits = {
  readonly requests: Record<string, number>;
  readonly write: number;
  readonly read: number;
};

export type UnitMeter = {
  /** What was used since the last call. */
  readonly take: () => ConsumedUnits;
};

type Capacity = {
  readonly CapacityUnits?: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
};

const dataOperations = new Set([
  'GetItemCommand',
  'BatchGetItemCommand',
  'QueryCommand',
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'BatchWriteItemCommand',
  'TransactWriteItemsCommand',
]);
const reads = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand']);

/** Counts the units of every request of a client, indexes included. */
export const meterUnits = (client: DynamoDBDocumentClient): UnitMeter => {
  let units = { requests: {} as Record<string, number>, write: 0, read: 0 };

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String(context.commandName);
      if (!dataOperations.has(command)) return next(args);
      const result = await next({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' },
      });
      const { ConsumedCapacity } = result.output as {
        ConsumedCapacity?: Capacity | readonly Capacity[];
      };
      const each = ConsumedCapacity === undefined ? [] : [ConsumedCapacity].flat();
      const used = each.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      units.requests[command] = (units.requests[command] ?? 0) + 1;
      if (reads.has(command)) units.read += used;
      else units.write += used;
      return result;
    },
    { step: 'initialize', name: 'meterUnits', priority: 'low' },
  );

  return {
    take() {
      const taken = units;
      units = { requests: {}, write: 0, read: 0 };
      return taken;
    },
  };
};
