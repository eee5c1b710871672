import { attempts } from './attempts.ts';
import { backfills } from './backfills.ts';
import { bulkChunks } from './bulk-chunks.ts';
import { bulkOperations } from './bulk-operations.ts';
import { edges } from './edges.ts';
import { generations } from './generations.ts';
import { instances } from './instances.ts';
import { logExports } from './log-exports.ts';
import { pools } from './pools.ts';
import { queue } from './queue.ts';
import { reports } from './reports.ts';
import { requests } from './requests.ts';
import { retries } from './retries.ts';
import { runs } from './runs.ts';
import type { Table } from './table.ts';

/** All operations of the instances table. `retentionDays` is how long ended instances stay (default 30). */
export const instanceStore = ({
  retentionDays = 30,
  ...table
}: Table & { readonly retentionDays?: number | undefined }) => ({
  ...instances(table, retentionDays),
  ...edges(table, retentionDays),
  ...queue(table),
  ...pools(table),
  ...runs(table),
  ...attempts(table),
  ...reports(table, retentionDays),
  ...requests(table, retentionDays),
  ...retries(table, retentionDays),
  ...generations(table),
  ...backfills(table, retentionDays),
  ...bulkOperations(table),
  ...bulkChunks(table),
  ...logExports(table),
});

export type InstanceStore = ReturnType<typeof instanceStore>;
