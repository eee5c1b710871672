import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instance, Move } from '../../shared/domain/instance/instance.schema.ts';
import { batchGet } from './batch-get.ts';
import { commitInstance, createInstance } from './commit-instance.ts';
import { instanceOfItem, unpackMoves } from './instance-item.ts';
import { dayStripes, instanceIdOfKey, instancesTable, runStripes } from './instances-table.ts';
import { mergeRanges } from './merge-ranges.ts';
import { queryAll } from './query.ts';
import { withRetry } from './retry.ts';
import { stripeOf, stripesUpTo } from './stripe.ts';
import type { Item, ItemKey, Page, Table } from './table.ts';

export type DayQuery = Pick<Instance, 'env' | 'project' | 'family' | 'bizDate'> & {
  readonly order?: 'asc' | 'desc' | undefined;
  /** Due times from this one on, up to that one (both included). */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** Instances: one by one, by run, by day; their moves. */
export const instances = (table: Table, retentionDays: number) => ({
  create: createInstance(table, retentionDays),
  commit: commitInstance(table, retentionDays),

  /** Strongly consistent: what it returns had been committed, and nothing newer had before. */
  async find(id: string): Promise<Instance | undefined> {
    const item = await getItem(table, instancesTable.instance(id));
    return item && instanceOfItem(item);
  },

  /** Those of `ids` that exist, by id. */
  async findMany(
    ids: readonly string[],
    { strong = false }: { readonly strong?: boolean } = {},
  ): Promise<Map<string, Instance>> {
    const items = await batchGet(table, ids.map(instancesTable.instance), { strong });
    return new Map(items.map(instanceOfItem).map((instance) => [instance.id, instance]));
  },

  /** Every instance of a run, by due time, then id. Strongly consistent on request. */
  async ofRun(
    runId: string,
    { strong = false }: { readonly strong?: boolean } = {},
  ): Promise<Instance[]> {
    const stripes = stripesUpTo(runStripes).map((stripe) =>
      queryAll(table, { partition: instancesTable.runStripe(runId, stripe), prefix: 'I#', strong }),
    );
    return (await Promise.all(stripes)).flat().map(instanceOfItem).toSorted(byDueThenId);
  },

  /** The instances of one task in a run, in order of their index: several where the task has times of its own. */
  async ofTask(runId: string, task: string): Promise<Instance[]> {
    const partition = instancesTable.runStripe(runId, stripeOf(task, runStripes));
    const items = await queryAll(table, { partition, prefix: `I#${task}#` });
    return items.map(instanceOfItem).toSorted((a, b) => a.index - b.index);
  },

  /** A page of the instances of a project-day in order of due time. */
  async listDay({
    order = 'asc',
    from,
    to,
    limit,
    cursor,
    ...day
  }: DayQuery): Promise<Page<Instance>> {
    const partitions = stripesUpTo(dayStripes).map((stripe) =>
      instancesTable.day.instances(day, stripe),
    );
    const range = { index: 'byDay', partitions, order, from, to: to && `${to}~` } as const;
    const page = await mergeRanges(table, range, { limit, cursor });
    const keys = page.items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    const found = new Map(
      (await batchGet(table, keys)).map(instanceOfItem).map((each) => [each.id, each]),
    );
    return {
      items: keys.flatMap((key) => found.get(instanceIdOfKey(key) ?? '') ?? []),
      cursor: page.cursor,
    };
  },

  /** Ids of a project-day, due up to an instant. An index names them: who acts on one reads it first. */
  async idsOfDay(
    day: Pick<Instance, 'env' | 'project' | 'family' | 'bizDate'>,
    to: string,
  ): Promise<string[]> {
    const stripes = stripesUpTo(dayStripes).map((stripe) =>
      queryAll(table, {
        ...{ index: 'byDay', partition: instancesTable.day.instances(day, stripe) },
        to: `${to}~`,
      }),
    );
    const items = (await Promise.all(stripes)).flat();
    return items.flatMap(({ pk, sk }) => instanceIdOfKey({ pk: String(pk), sk: String(sk) }) ?? []);
  },

  /** All moves in order, those that have left the item included. */
  async history(id: string): Promise<Move[]> {
    const [item, spilled] = await Promise.all([
      getItem(table, instancesTable.instance(id)),
      queryAll(table, { partition: instancesTable.history(id), strong: true }),
    ]);
    const older = spilled.flatMap(({ sk, mov }) => {
      const texts = Array.isArray(mov) ? (mov as string[]) : [];
      return unpackMoves(texts, Number(sk) + texts.length - 1);
    });
    const moves = [...older, ...(item ? instanceOfItem(item).moves : [])];
    return [...new Map(moves.map((move) => [move.seq, move])).values()].toSorted(
      (a, b) => a.seq - b.seq,
    );
  },

  /** Counts that a free slot went to somebody else; no move. Returns how often by now. */
  async passOver(id: string): Promise<number> {
    const answer = await withRetry(
      () =>
        table.client.send(
          new UpdateCommand({
            TableName: table.table,
            Key: instancesTable.instance(id),
            UpdateExpression: 'ADD pas :one',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':one': 1 },
            ReturnValues: 'UPDATED_NEW',
          }),
        ),
      'not counted as passed over',
    );
    return Number(answer.Attributes?.pas ?? 0);
  },
});

/** One item, strongly consistent. */
export const getItem = async (
  { client, table }: Table,
  Key: ItemKey,
  strong = true,
): Promise<Item | undefined> => {
  const get = new GetCommand({ TableName: table, Key, ConsistentRead: strong });
  return (await withRetry(() => client.send(get), 'item not read')).Item;
};

const byDueThenId = (a: Instance, b: Instance): number =>
  a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1;
