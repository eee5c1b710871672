import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { withRetry } from './retry.ts';
import type { Item, Table } from './table.ts';

/** What to look up: one partition, optionally a part of its sort keys (both ends included). */
export type Range = {
  readonly index?: 'byQueue' | 'byDay' | undefined;
  readonly partition: string;
  readonly prefix?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  readonly strong?: boolean | undefined;
};

export type QueryAnswer = { readonly items: readonly Item[]; readonly last?: Item | undefined };

const keysOfIndex = {
  byQueue: { pk: 'qpk', sk: 'qsk' },
  byDay: { pk: 'lpk', sk: 'lsk' },
} as const;

export const sortKeyOf = (index: Range['index']): string =>
  index === undefined ? 'sk' : keysOfIndex[index].sk;

/** One page of a range: at most `limit` items after the key `after`. */
export const queryPage = async (
  { client, table }: Table,
  { index, partition, prefix, from, to, order = 'asc', strong }: Range,
  { limit, after }: { readonly limit?: number; readonly after?: Item | undefined } = {},
): Promise<QueryAnswer> => {
  const names = index ? keysOfIndex[index] : { pk: 'pk', sk: 'sk' };
  const condition = conditionOf({ prefix, from, to });
  const input: QueryCommandInput = {
    TableName: table,
    IndexName: index,
    KeyConditionExpression: ['#pk = :pk', ...condition.text].join(' AND '),
    ExpressionAttributeNames: {
      '#pk': names.pk,
      ...(condition.text.length > 0 ? { '#sk': names.sk } : {}),
    },
    ExpressionAttributeValues: { ':pk': partition, ...condition.values },
    ScanIndexForward: order === 'asc',
    ConsistentRead: strong,
    Limit: limit,
    ExclusiveStartKey: after,
  };
  const answer = await withRetry(() => client.send(new QueryCommand(input)), 'range not read');
  return { items: answer.Items ?? [], last: answer.LastEvaluatedKey };
};

/** Every item of a range, page after page. Only for ranges that are bounded by design. */
export const queryAll = async (table: Table, range: Range): Promise<Item[]> => {
  const items: Item[] = [];
  let after: Item | undefined;
  do {
    const page = await queryPage(table, range, { after });
    items.push(...page.items);
    after = page.last;
  } while (after);
  return items;
};

const conditionOf = ({
  prefix,
  from,
  to,
}: Pick<Range, 'prefix' | 'from' | 'to'>): {
  text: string[];
  values: Record<string, string>;
} => {
  if (prefix !== undefined)
    return { text: ['begins_with(#sk, :prefix)'], values: { ':prefix': prefix } };
  if (from !== undefined && to !== undefined)
    return { text: ['#sk BETWEEN :from AND :to'], values: { ':from': from, ':to': to } };
  if (from !== undefined) return { text: ['#sk >= :from'], values: { ':from': from } };
  if (to !== undefined) return { text: ['#sk <= :to'], values: { ':to': to } };
  return { text: [], values: {} };
};
