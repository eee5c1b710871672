import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { BizDate, Instant } from '../../shared/domain/kernel/time.schema.ts';
import { RequestResult } from '../../shared/domain/run/request.schema.ts';
import { batchPut } from './batch-write.ts';
import { expiryOf } from './commit-instance.ts';
import { piecesOf, wholeOf } from './compressed.ts';
import { getItem } from './instances.ts';
import { instancesTable, padded } from './instances-table.ts';
import { queryAll } from './query.ts';
import { withRetry } from './retry.ts';
import type { Table } from './table.ts';

const keptDays = 7;

/** A share of a generation's work; `done` once it has been generated. State machines carry only its number. */
const Chunk = z.object({
  work: z.json(),
  done: RequestResult.optional(),
});
export type GenerationChunk = z.infer<typeof Chunk>;

export type ProjectDay = {
  readonly env: Env;
  readonly project: string;
  readonly bizDate: BizDate;
};

/** What a generation hands from state to state, and the graph that it leaves behind. */
export const generations = (table: Table, retentionDays: number) => ({
  /** Writes the work of each chunk, in order; `at` is when the generation began. Chunks vanish after seven days. */
  async putChunks(generationId: string, work: readonly unknown[], at: Instant): Promise<void> {
    const expiresAt = Math.floor(Date.parse(at) / 1000) + keptDays * 86_400;
    await batchPut(
      table,
      work.map((share, n) => ({
        ...instancesTable.generationChunk(generationId, n),
        work: share,
        expiresAt,
      })),
    );
  },

  async findChunk(generationId: string, n: number): Promise<GenerationChunk | undefined> {
    const item = await getItem(table, instancesTable.generationChunk(generationId, n));
    return item && Chunk.parse(item);
  },

  /** All chunks in order. */
  async chunksOfGeneration(generationId: string): Promise<GenerationChunk[]> {
    const range = { partition: `GEN#${generationId}`, strong: true };
    return (await queryAll(table, range)).map((item) => Chunk.parse(item));
  },

  /** Notes what a chunk came to; a second run of the same chunk changes nothing. */
  async finishChunk(generationId: string, n: number, done: RequestResult): Promise<void> {
    const update = new UpdateCommand({
      TableName: table.table,
      Key: instancesTable.generationChunk(generationId, n),
      UpdateExpression: 'SET done = if_not_exists(done, :done)',
      ExpressionAttributeValues: { ':done': done },
    });
    await withRetry(() => table.client.send(update), 'chunk not finished');
  },

  /** Stores the graph of a project-day as compressed JSON. `stamp` tells two writings of one day apart. */
  async putGraph(day: ProjectDay, graph: unknown, stamp: string): Promise<void> {
    const { env, project, bizDate } = day;
    const items = piecesOf(graph, stamp).map((piece, n) => ({
      pk: instancesTable.graph(env, project, bizDate),
      sk: padded(n),
      ...piece,
      expiresAt: expiryOf(day, retentionDays),
    }));
    await batchPut(table, items);
  },

  /** The graph as it was stored; undefined when there is none or it is being written. */
  async findGraph({ env, project, bizDate }: ProjectDay): Promise<unknown> {
    const partition = instancesTable.graph(env, project, bizDate);
    return wholeOf(await queryAll(table, { partition, strong: true }));
  },
});
