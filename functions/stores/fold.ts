import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { DayDelta } from '../../shared/domain/run/day-counts.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import type { RunDelta } from '../../shared/domain/run/run-counts.ts';
import { withRetry } from './retry.ts';
import { addRunCounts, runCountActions } from './run-counts.ts';
import { itemOfRun } from './run-item.ts';
import { stripeOf } from './stripe.ts';
import type { Item, Table } from './table.ts';
import { counterStripes, paddedSequence, viewsTable } from './views-table.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Most actions of a fold (design.md §4). */
const maxFoldActions = 25;

/** Most puts beside them: a transaction takes 100 actions. */
const mostBeside = 70;

/** Whether it is one transaction. A group of `splitChanges` is not when it starts or ends many runs. */
export const fitsFold = ({
  once,
  runs,
  days,
  runCounts = [],
  beside = [],
}: Omit<Fold, 'at'>): boolean => {
  const guards = 'shard' in once ? 1 : once.marks.length;
  if (beside.length > mostBeside) return false;
  return guards + runs.length + days.length + runCountActions(runCounts) <= maxFoldActions;
};

/** What makes a fold happen once: the place in a shard, or, where no shard id is known, a mark per counted move. */
export type FoldOnce =
  | {
      readonly shard: string;
      readonly sequenceNumber: string;
      /** The place that was read before; undefined at the beginning of the shard. */
      readonly after: string | undefined;
    }
  | { readonly marks: readonly { readonly instanceId: string; readonly seq: number }[] };

export type Fold = {
  readonly once: FoldOnce;
  readonly at: Instant;
  /** Runs as they will be, with the `seq` that was read; 0 for a new one. */
  readonly runs: readonly { readonly run: Run; readonly expectedSeq: number }[];
  readonly days: readonly DayDelta[];
  /** What the changes of `runs` add to the counters of runs, see `runDeltasOf`. */
  readonly runCounts?: readonly RunDelta[];
  /** Puts without a condition that belong to the moves: they are written when and only when the moves count. */
  readonly beside?: readonly {
    readonly Put: { readonly TableName: string; readonly Item: Item };
  }[];
  /** A record that cannot be folded, set aside with its content. */
  readonly poison?: {
    readonly sequenceNumber: string;
    readonly content: string;
    readonly error: string;
  };
};

/** `already`: it was folded before, drop it. `stale`: a run was folded by another shard meanwhile, read it again. */
export type Folded = 'folded' | 'already' | 'stale';

/** Writes runs, counters and the place in the stream in one transaction, so each move counts exactly once. */
export const fold =
  (views: Table, instances: Table, retentionDays: number) =>
  async ({ once, at, runs, days, runCounts = [], beside = [], poison }: Fold): Promise<Folded> => {
    const seconds = Math.floor(Date.parse(at) / 1000);
    const guards = guardsOf(views, once, seconds);
    const puts = runs.map(({ run, expectedSeq }) =>
      putRun(instances, run, expectedSeq, retentionDays),
    );
    const origin = 'shard' in once ? once.shard : (once.marks[0]?.instanceId ?? '');
    const TransactItems = [
      ...guards,
      ...puts,
      ...days.map((delta) => addDay(views, delta, stripeOf(origin, counterStripes))),
      ...addRunCounts(views, runCounts),
      ...(poison
        ? [
            {
              Put: {
                TableName: views.table,
                Item: {
                  ...viewsTable.poison(origin, poison.sequenceNumber),
                  ...poison,
                  at,
                  expiresAt: seconds + 90 * 86_400,
                },
              },
            },
          ]
        : []),
    ];
    if (TransactItems.length > maxFoldActions)
      throw new Fault('InputInvalid', 'too much for one fold', { actions: TransactItems.length });

    try {
      const request = new TransactWriteCommand({ TransactItems: [...TransactItems, ...beside] });
      await withRetry(() => views.client.send(request), 'moves not folded');
      return 'folded';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const failed = (n: number) => reasons[n]?.Code === 'ConditionalCheckFailed';
      if (guards.some((_, n) => failed(n))) return 'already';
      if (puts.some((_, n) => failed(guards.length + n))) return 'stale';
      throw error;
    }
  };

const guardsOf = ({ table }: Table, once: FoldOnce, seconds: number): TransactItem[] => {
  if ('shard' in once) {
    const folded = paddedSequence(once.sequenceNumber);
    return [
      {
        Put: {
          TableName: table,
          Item: { ...viewsTable.cursor(once.shard), folded, expiresAt: seconds + 7 * 86_400 },
          // Exactly from where it was read: a late batch that was cut differently must not count its moves again.
          ...(once.after === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: 'folded = :after',
                ExpressionAttributeValues: { ':after': paddedSequence(once.after) },
              }),
        },
      },
    ];
  }
  return once.marks.map(({ instanceId, seq }) => ({
    Put: {
      TableName: table,
      Item: { ...viewsTable.mark(instanceId, seq), expiresAt: seconds + 3 * 86_400 },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
};

const putRun = (
  { table }: Table,
  run: Run,
  expectedSeq: number,
  retentionDays: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: itemOfRun(run, retentionDays),
    ...(expectedSeq === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'seq = :was',
          ExpressionAttributeValues: { ':was': expectedSeq },
        }),
  },
});

const addDay = ({ table }: Table, delta: DayDelta, stripe: number): TransactItem => {
  const sums = [
    ['total', delta.total],
    ...Object.entries(delta.counts),
    ...Object.entries(delta.outcomes),
  ] as const;
  const changed = sums.filter(([, by]) => by !== 0);
  return {
    Update: {
      TableName: table,
      Key: viewsTable.day(delta, stripe),
      UpdateExpression: `ADD ${changed.map((_, n) => `#${n} :${n}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(changed.map(([name], n) => [`#${n}`, name])),
      ExpressionAttributeValues: Object.fromEntries(changed.map(([, by], n) => [`:${n}`, by])),
    },
  };
};
