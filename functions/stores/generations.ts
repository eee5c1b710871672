import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { RequestResult } from '../../shared/domain/run/request.schema.ts';
import { batchPut } from './batch-write.ts';
import { getItem } from './instances.ts';
import { instancesTable } from './instances-table.ts';
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

/** What a generation hands from state to state. */
export const generations = (table: Table) => ({
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
});
