import { batchPut } from '../../functions/stores/batch-write.ts';
import { itemsOfBatch } from '../../functions/stores/log-batch.ts';
import type { Table } from '../../functions/stores/table.ts';
import type { GeneratedBatch } from './generate-logs.ts';

/** Writes what `append` writes, 25 items a request: loading a hundred thousand lines is not what is tested. */
export const loadLogs = async (
  table: Table,
  batches: readonly GeneratedBatch[],
  retentionDays = 30,
): Promise<void> => {
  const items = batches.flatMap((batch) => itemsOfBatch(batch, retentionDays));
  await batchPut(
    table,
    items.map(({ body }) => body),
  );
  await batchPut(
    table,
    items.map(({ headerAs }) => headerAs()),
  );
};
