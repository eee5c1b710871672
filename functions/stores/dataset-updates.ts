import { DatasetUpdate } from '../../shared/domain/dataset/dataset-update.schema.ts';
import { batchGet } from './batch-get.ts';
import { putIf } from './put-if.ts';
import type { Table } from './table.ts';
import { viewsTable } from './views-table.ts';

/** The last update of each dataset. One that is told late does not replace a newer one. */
export const datasetUpdates = (table: Table) => ({
  /** False when a newer one, or this one, stands there already. */
  async noteDatasetUpdate(
    project: string,
    dataset: string,
    update: DatasetUpdate,
  ): Promise<boolean> {
    return putIf(
      table,
      { ...viewsTable.datasetUpdate(project, dataset), v: 1, ...update },
      {
        expression: 'attribute_not_exists(pk) OR #at < :at',
        names: { '#at': 'at' },
        values: { ':at': update.at },
      },
    );
  },

  /** The last updates of those of `datasets` that had any, by name. */
  async datasetUpdatesOf(
    project: string,
    datasets: readonly string[],
  ): Promise<ReadonlyMap<string, DatasetUpdate>> {
    if (datasets.length === 0) return new Map();
    const items = await batchGet(
      table,
      datasets.map((name) => viewsTable.datasetUpdate(project, name)),
    );
    return new Map(items.map((item) => [String(item.sk), DatasetUpdate.parse(item)]));
  },
});
