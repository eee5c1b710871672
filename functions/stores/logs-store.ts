import * as z from 'zod';
import { parseInstanceId, runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { batchPut } from './batch-write.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { mergeRanges } from './merge-ranges.ts';
import { queryPage } from './query.ts';
import { stripeOf, stripesUpTo } from './stripe.ts';
import type { Item, Page, Table } from './table.ts';

const stripes = 4;

const ChunkItem = z.object({
  task: z.string(),
  index: z.int(),
  attempt: z.int(),
  lines: z.array(LogLine),
});

/** The lines that one attempt wrote together. */
export type LogChunk = {
  readonly instanceId: string;
  readonly attempt: number;
  /** Number of the chunk within the attempt: a chunk written twice is one chunk. */
  readonly n: number;
  readonly lines: readonly LogLine[];
};

/** A stored chunk as readers get it. */
export type StoredLogChunk = z.infer<typeof ChunkItem>;

/**
 * Run logs. One item holds the lines of an attempt (or a share of them), because an item a line would cost twenty times
 * as much.
 *
 * | access pattern       | partition key      | sort key                        |
 * | -------------------- | ------------------ | ------------------------------- |
 * | log of a run         | LOG#run#0..3       | at of the first line#task~index#attempt#n |
 * | log of an instance   | its stripe of them | between the times of an attempt |
 */
export const logStore = ({
  retentionDays = 30,
  ...table
}: Table & { readonly retentionDays?: number | undefined }) => ({
  /** Writes a chunk; one without lines is not written. A chunk must stay below 400 KB. */
  async append({ instanceId, attempt, n, lines }: LogChunk): Promise<void> {
    const first = lines[0];
    if (!first) return;
    const { task, index, stripe, runId } = placeOf(instanceId);
    await batchPut(table, [
      {
        pk: `LOG#${runId}#${stripe}`,
        sk: `${first.at}#${task}~${index}#${attempt}#${n}`,
        v: 1,
        task,
        index,
        attempt,
        lines,
        expiresAt: Math.floor(Date.parse(first.at) / 1000) + retentionDays * 86_400,
      },
    ]);
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
    const partitions = stripesUpTo(stripes).map((stripe) => `LOG#${runId}#${stripe}`);
    const page = await mergeRanges(table, { partitions, order: 'asc', from }, { limit, cursor });
    return { items: page.items.map(chunkOf), cursor: page.cursor };
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
    }: {
      readonly from?: Instant | undefined;
      readonly to?: Instant | undefined;
      readonly limit?: number | undefined;
      readonly cursor?: string | undefined;
    } = {},
  ): Promise<Page<StoredLogChunk>> {
    const { task, index, stripe, runId } = placeOf(instanceId);
    const range = { partition: `LOG#${runId}#${stripe}`, from, to: to && `${to}~` };
    const page = await queryPage(table, range, { limit, after: positionOf(cursor) });
    return {
      items: page.items
        .map(chunkOf)
        .filter((chunk) => chunk.task === task && chunk.index === index),
      cursor: cursorOf(page.last),
    };
  },
});

export type LogStore = ReturnType<typeof logStore>;

const chunkOf = (item: Item): StoredLogChunk => ChunkItem.parse(item);

const placeOf = (instanceId: string) => {
  const ref = parseInstanceId(instanceId);
  if (!ref) throw new Fault('InputInvalid', 'not an instance id', { id: instanceId });
  return { ...ref, runId: runIdOf(ref), stripe: stripeOf(instanceId, stripes) };
};
