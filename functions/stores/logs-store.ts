import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { batchGet } from './batch-get.ts';
import { batchPut } from './batch-write.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { itemsOfBatch, type LogBatch } from './log-batch.ts';
import { chunkOfItem, type StoredLogChunk } from './log-items.ts';
import { type ChunkPlace, logStripes, logsTable, placeOf } from './logs-table.ts';
import { mergeRanges } from './merge-ranges.ts';
import { queryPage, type Range } from './query.ts';
import { stripesUpTo } from './stripe.ts';
import type { Page, Table } from './table.ts';

/** What was appended. `settle` says for good whether its failures are shown; until then readers ask the instance. */
export type AppendedBatch = { readonly settle: (fate: 'shown' | 'superseded') => Promise<void> };

/** Run logs: bodies by run, headers by time (functions/stores/logs-table.ts). */
export const logStore = ({
  retentionDays = 30,
  ...table
}: Table & { readonly retentionDays?: number | undefined }) => ({
  retentionDays,

  /**
   * Writes the bodies and then the headers, so that whatever a search finds can be read. A crash between leaves lines that
   * only their instance shows, until the batch is written again.
   */
  async append(batch: LogBatch): Promise<AppendedBatch> {
    const items = itemsOfBatch(batch, retentionDays);
    await batchPut(
      table,
      items.map(({ body }) => body),
    );
    await batchPut(
      table,
      items.map(({ headerAs }) => headerAs()),
    );
    return {
      settle: (fate) =>
        batchPut(
          table,
          items.filter(({ isPending }) => isPending).map(({ headerAs }) => headerAs(fate)),
        ),
    };
  },

  /** Chunks of all instances of a run, from an instant on, in order of their first line. */
  async ofRun(
    runId: string,
    {
      from,
      limit = 50,
      cursor,
    }: {
      readonly from?: Instant | undefined;
      readonly limit?: number | undefined;
      readonly cursor?: string | undefined;
    } = {},
  ): Promise<Page<StoredLogChunk>> {
    const partitions = stripesUpTo(logStripes).map((stripe) => logsTable.run(runId, stripe));
    const page = await mergeRanges(table, { partitions, order: 'asc', from }, { limit, cursor });
    return { items: page.items.map(chunkOfItem), cursor: page.cursor };
  },

  /**
   * Chunks of one instance between two instants (both included; those of an attempt bound the search), in order. A page
   * looks at `limit` chunks of the stripe, so it may hold fewer.
   */
  async ofInstance(
    instanceId: string,
    {
      from,
      to,
      limit = 100,
      cursor,
      strong = false,
    }: {
      readonly from?: Instant | undefined;
      readonly to?: Instant | undefined;
      readonly limit?: number | undefined;
      readonly cursor?: string | undefined;
      readonly strong?: boolean | undefined;
    } = {},
  ): Promise<Page<StoredLogChunk>> {
    const { stripe, runId } = placeOf(instanceId);
    const range = { partition: logsTable.run(runId, stripe), from, to: to && `${to}~`, strong };
    const page = await queryPage(table, range, { limit, after: positionOf(cursor) });
    return {
      items: page.items.map(chunkOfItem).filter(({ instance }) => instance === instanceId),
      cursor: cursorOf(page.last),
    };
  },

  /** The bodies of chunks that exist, in no order. What an eventual read misses is read strongly. */
  async bodies(places: readonly ChunkPlace[]): Promise<StoredLogChunk[]> {
    const keys = places.map(logsTable.body);
    const found = await batchGet(table, keys);
    const known = new Set(found.map(({ pk, sk }) => `${pk}\n${sk}`));
    const missed = keys.filter(({ pk, sk }) => !known.has(`${pk}\n${sk}`));
    const late = missed.length > 0 ? await batchGet(table, missed, { strong: true }) : [];
    return [...found, ...late].map(chunkOfItem);
  },

  /** A page of a range of the table, for whoever merges ranges (functions/logging). */
  page: (range: Range, page: Parameters<typeof queryPage>[2]) => queryPage(table, range, page),
});

export type LogStore = ReturnType<typeof logStore>;
