import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import {
  type RunDelta,
  type RunPlace,
  type RunSum,
  type RunSums,
  runSums,
} from '../../shared/domain/run/run-counts.ts';
import { queryPage } from './query.ts';
import { stripeOf, stripesUpTo } from './stripe.ts';
import type { Item, Table } from './table.ts';
import { counterStripes, viewsTable } from './views-table.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The page that reads them reaches back 7 days; somebody who counts again may look longer. */
const keptDays = 35;

/** Letters of the attributes: an hour of a busy workflow stays within one write unit. */
const letterOf = {
  runs: 's',
  succeeded: 'k',
  failed: 'f',
  cancelled: 'c',
  durationMs: 'd',
  autoRetried: 'a',
  manualRetries: 'm',
} as const satisfies Record<(typeof runSums)[number], string>;
const sumOfLetter = new Map(runSums.map((name) => [letterOf[name] as string, name]));

/** `05k`: what began in the five minutes from :05 on and succeeded; `05h87`: how many took as long as bin 87 says. */
const attributeOf = (minute: string, name: RunSum): string =>
  name.startsWith('bin')
    ? `${minute}h${name.slice('bin'.length)}`
    : `${minute}${letterOf[name as (typeof runSums)[number]]}`;

/** Adds to the item of an hour, for the transaction of a fold; deltas of one item come together. */
export const addRunCounts = (
  { table }: Table,
  deltas: readonly RunDelta[],
): readonly TransactItem[] =>
  [...itemsOf(deltas).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const sums = same.flatMap(({ at, sums: of }) =>
      Object.entries(of).map(
        ([name, by]) => [attributeOf(at.slice(14, 16), name as RunSum), by] as const,
      ),
    );
    const dayEnd = Date.parse(`${first.at.slice(0, 10)}T00:00:00Z`) / 1000 + 86_400;
    return {
      Update: {
        TableName: table,
        Key: viewsTable.runCounts(first),
        UpdateExpression: `ADD ${sums.map((_, n) => `#${n} :${n}`).join(', ')} SET expiresAt = :expires`,
        ExpressionAttributeNames: Object.fromEntries(sums.map(([name], n) => [`#${n}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(sums.map(([, by], n) => [`:${n}`, by])),
          ':expires': dayEnd + keptDays * 86_400,
        },
      },
    };
  });

/** How many items the deltas touch: actions of the transaction. */
export const runCountActions = (deltas: readonly RunDelta[]): number => itemsOf(deltas).size;

const itemsOf = (deltas: readonly RunDelta[]): Map<string, RunDelta[]> =>
  Map.groupBy(deltas, (delta) => {
    const { pk, sk } = viewsTable.runCounts(delta);
    return `${pk}\n${sk}`;
  });

type RunCountsQuery = {
  readonly env: Env;
  readonly project: string;
  /** Default: all workflows of the project. */
  readonly workflow?: string | undefined;
  /** A day in UTC. */
  readonly day: string;
};

export const runCounts = (table: Table) => ({
  /**
   * The counters of the runs that started on a day in UTC, five minutes of a workflow each; undefined when there are more
   * than `most` items, an hour of a workflow each.
   */
  async runCountsOf(
    { env, project, workflow, day }: RunCountsQuery,
    most: number,
  ): Promise<{ readonly rows: readonly RunDelta[]; readonly items: number } | undefined> {
    const stripes =
      workflow === undefined ? stripesUpTo(counterStripes) : [stripeOf(workflow, counterStripes)];
    let read = 0;
    const rows = await Promise.all(
      stripes.map(async (stripe) => {
        const found: RunDelta[] = [];
        const partition = viewsTable.runsOfDay(env, project, day, stripe);
        const prefix = workflow === undefined ? undefined : `${workflow}#`;
        let after: Item | undefined;
        do {
          const page = await queryPage(table, { partition, prefix }, { after });
          read += page.items.length;
          if (read > most) return found;
          found.push(...page.items.flatMap((item) => rowsOf({ env, project, day }, item)));
          after = page.last;
        } while (after);
        return found;
      }),
    );
    return read > most ? undefined : { rows: rows.flat(), items: read };
  },
});

const rowsOf = (
  { env, project, day }: { readonly env: Env; readonly project: string; readonly day: string },
  item: Item,
): RunDelta[] => {
  const [workflow = '', hour = ''] = String(item.sk).split('#');
  const buckets = new Map<string, Partial<Record<RunSum, number>>>();
  for (const [name, value] of Object.entries(item)) {
    const [, minute, letter, bin] = /^(\d\d)([a-z])(\d*)$/.exec(name) ?? [];
    const sum = letter === 'h' ? (`bin${Number(bin)}` as const) : sumOfLetter.get(letter ?? '');
    if (minute === undefined || sum === undefined || Number(value) === 0) continue;
    const sums = buckets.get(minute) ?? {};
    sums[sum] = Number(value);
    buckets.set(minute, sums);
  }
  return [...buckets].map(([minute, sums]): RunPlace & { sums: RunSums } => ({
    ...{ env, project, workflow, sums },
    at: plusSeconds(`${day}T${hour}:${minute}:00.000Z`, 0),
  }));
};
