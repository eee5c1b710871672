import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { HeldSlot, Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { MovedInstance } from '../../shared/domain/instance/move-instance.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { itemOfInstance, packMove } from './instance-item.ts';
import { instancesTable } from './instances-table.ts';
import { isAbsent, newMark, putIf, writeMark } from './put-if.ts';
import { withRetry } from './retry.ts';
import type { ItemKey, Table } from './table.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A slot to take: `share` is how many of the limit this stripe may give out (shared/domain/pool). */
type SlotToTake = HeldSlot & { readonly share: number };

/** Edges to cut off: the parents, and what is left of each list that names one. At most 30 parents fit. */
export type Cut = {
  readonly parents: readonly string[];
  readonly lists: readonly { readonly was: string; readonly left: readonly string[] }[];
};

/** What happens in the same transaction as the move. */
export type Effects = {
  readonly take?: readonly SlotToTake[] | undefined;
  readonly give?: readonly HeldSlot[] | undefined;
  readonly outputs?: Readonly<Record<string, string>> | undefined;
  readonly cut?: Cut | undefined;
};

/** `stale`: the instance moved meanwhile. `no-slot`: it did not, but a slot was gone. */
export type Committed = 'committed' | 'stale' | 'no-slot';

/**
 * Writes a decided move where the stored `seq` is still the expected one, with its effects or not at all (invariant 2).
 * Without effects it is a single put of one write unit. A reply that was lost after the write is recognised by the
 * mark of the write, so a repeated request of ours is never reported as stale.
 */
export const commitInstance =
  (table: Table, retentionDays: number) =>
  async (
    { instance, expectedSeq, superseded }: MovedInstance,
    effects: Effects = {},
  ): Promise<Committed> => {
    if ((effects.take ?? []).some(({ share }) => share <= 0)) return 'no-slot';

    const { item, spilled } = itemOfInstance(instance, retentionDays);
    const condition = { expression: 'seq = :was', values: { ':was': expectedSeq } };
    const first = instance.moves[0]?.seq ?? 1;
    const others: TransactItem[] = [
      ...recordsOf(table, instance, { superseded, ...effects }, expiryOf(instance, retentionDays)),
      ...cutsOf(table, instance, effects.cut, expiryOf(instance, retentionDays)),
      ...(spilled.length > 0
        ? [
            putOf(table, {
              ...instancesTable.spilled(instance.id, first),
              mov: spilled.map(packMove),
              expiresAt: expiryOf(instance, retentionDays),
            }),
          ]
        : []),
    ];
    const takes = (effects.take ?? []).map((slot) => takeOf(table, instance, slot));
    const gives = (effects.give ?? []).map((slot) => giveOf(table, instance, slot));

    if (takes.length + gives.length + others.length === 0)
      return (await putIf(table, item, condition)) ? 'committed' : 'stale';

    const mark = newMark();
    const move = {
      Put: {
        TableName: table.table,
        Item: { ...item, [writeMark]: mark },
        ConditionExpression: condition.expression,
        ExpressionAttributeValues: condition.values,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    } as const;
    return transact(table, move, { takes, gives, others }, mark);
  };

/** Puts a new instance; false when there is one already. It is the seal of its generation: edges are written before. */
export const createInstance =
  (table: Table, retentionDays: number) =>
  (instance: Instance): Promise<boolean> =>
    putIf(table, itemOfInstance(instance, retentionDays).item, isAbsent);

/** Records beside the instance outlive it: nobody knows yet when it will end, and its edges may be asked for longer. */
export const expiryOf = ({ bizDate }: Pick<Instance, 'bizDate'>, retentionDays: number): number =>
  Date.parse(`${bizDate}T00:00:00Z`) / 1000 + (retentionDays + 60) * 86_400;

type Actions = {
  readonly takes: readonly TransactItem[];
  readonly gives: readonly TransactItem[];
  readonly others: readonly TransactItem[];
};

const transact = async (
  table: Table,
  move: TransactItem,
  { takes, gives, others }: Actions,
  mark: string,
): Promise<Committed> => {
  const TransactItems = [move, ...takes, ...gives, ...others];
  try {
    await withRetry(
      () => table.client.send(new TransactWriteCommand({ TransactItems })),
      'move not written',
    );
    return 'committed';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const failed = (at: number) => reasons[at]?.Code === 'ConditionalCheckFailed';

    if (failed(0)) return reasons[0]?.Item?.[writeMark]?.S === mark ? 'committed' : 'stale';
    if (takes.some((_, n) => failed(1 + n))) return 'no-slot';

    // A counter that is already 0 must not keep an attempt from ending: end it and leave the counter at 0.
    const stillHeld = gives.filter((_, n) => !failed(1 + takes.length + n));
    if (stillHeld.length === gives.length)
      throw new Fault('StoreConflict', 'move not written', {}, { cause: error });
    return transact(table, move, { takes, gives: stillHeld, others }, mark);
  }
};

const recordsOf = (
  table: Table,
  { id }: Instance,
  { superseded: attempt, outputs }: Effects & Pick<MovedInstance, 'superseded'>,
  expiresAt: number,
): TransactItem[] => [
  ...(attempt
    ? [
        putOf(table, {
          ...instancesTable.attempt(id, attempt.attempt),
          v: 1,
          ...attempt,
          expiresAt,
        }),
      ]
    : []),
  ...(outputs ? [putOf(table, { ...instancesTable.outputs(id), values: outputs, expiresAt })] : []),
];

const cutsOf = (
  table: Table,
  { id }: Instance,
  cut: Cut | undefined,
  expiresAt: number,
): TransactItem[] => [
  ...(cut?.parents ?? []).flatMap((parent) => [
    deleteOf(table, instancesTable.open(id, parent)),
    deleteOf(table, instancesTable.child(parent, id)),
  ]),
  ...(cut?.lists ?? []).flatMap(({ was, left: [first, ...others] }) => [
    ...(first === was ? [] : [deleteOf(table, instancesTable.edges(id, was))]),
    ...(first === undefined
      ? []
      : [putOf(table, { ...instancesTable.edges(id, first), others, expiresAt })]),
  ]),
];

const deleteOf = ({ table }: Table, Key: ItemKey): TransactItem => ({
  Delete: { TableName: table, Key },
});

const putOf = ({ table }: Table, Item: Record<string, unknown>): TransactItem => ({
  Put: { TableName: table, Item },
});

const takeOf = (
  { table }: Table,
  { env, id }: Instance,
  { pool, stripe, share }: SlotToTake,
): TransactItem => ({
  Update: {
    TableName: table,
    Key: instancesTable.pool(env, pool, stripe),
    UpdateExpression: 'ADD used :one REMOVE reservedFor',
    ConditionExpression:
      '(attribute_not_exists(used) OR used < :share) AND (attribute_not_exists(reservedFor) OR reservedFor = :me)',
    ExpressionAttributeValues: { ':one': 1, ':share': share, ':me': id },
  },
});

const giveOf = ({ table }: Table, { env }: Instance, { pool, stripe }: HeldSlot): TransactItem => ({
  Update: {
    TableName: table,
    Key: instancesTable.pool(env, pool, stripe),
    UpdateExpression: 'ADD used :less',
    ConditionExpression: 'used > :none',
    ExpressionAttributeValues: { ':less': -1, ':none': 0 },
  },
});
