import { Outcome, Status } from '../../shared/domain/instance/instance.schema.ts';
import type { Day, DayCounts } from '../../shared/domain/run/day-counts.ts';
import { batchGet } from './batch-get.ts';
import { datasetUpdates } from './dataset-updates.ts';
import { durations } from './durations.ts';
import { fold } from './fold.ts';
import { getItem } from './instances.ts';
import { runCounts } from './run-counts.ts';
import { stripesUpTo } from './stripe.ts';
import type { Table } from './table.ts';
import { counterStripes, viewsTable } from './views-table.ts';

/** What record folds and screens read. `instancesTable` holds the runs, which are folded in the same transaction. */
export const viewStore = ({
  instancesTable,
  retentionDays = 30,
  ...table
}: Table & { readonly instancesTable: string; readonly retentionDays?: number | undefined }) => ({
  ...durations(table),
  ...runCounts(table),
  ...datasetUpdates(table),
  fold: fold(table, { client: table.client, table: instancesTable }, retentionDays),

  /** The sequence number up to which a shard is folded, without leading zeros; undefined before the first. */
  async findCursor(shard: string): Promise<string | undefined> {
    const item = await getItem(table, viewsTable.cursor(shard));
    return item && String(item.folded).replace(/^0+(?=\d)/, '');
  },

  /** Which of these moves have been folded, when marks stand in for cursors. */
  async foldedMarks(
    marks: readonly { readonly instanceId: string; readonly seq: number }[],
  ): Promise<ReadonlySet<string>> {
    const items = await batchGet(
      table,
      marks.map(({ instanceId, seq }) => viewsTable.mark(instanceId, seq)),
      { strong: true },
    );
    return new Set(items.map(({ pk, sk }) => `${String(pk).slice('MARK#'.length)}#${Number(sk)}`));
  },

  /** The counters of a day, summed over their stripes. */
  async countsOf(day: Day): Promise<DayCounts> {
    const keys = stripesUpTo(counterStripes).map((stripe) => viewsTable.day(day, stripe));
    const items = await batchGet(table, keys);
    const sum = (name: string) => items.reduce((all, item) => all + Number(item[name] ?? 0), 0);
    const tally = <K extends string>(names: readonly K[]) =>
      Object.fromEntries(
        names.map((name) => [name, sum(name)] as const).filter(([, n]) => n !== 0),
      ) as Partial<Record<K, number>>;
    return {
      total: sum('total'),
      counts: tally(Status.options),
      outcomes: tally(Outcome.options),
    };
  },
});

export type ViewStore = ReturnType<typeof viewStore>;
