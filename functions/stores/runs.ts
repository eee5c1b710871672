import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { batchGet } from './batch-get.ts';
import { getItem } from './instances.ts';
import { instancesTable, runStripes } from './instances-table.ts';
import { mergeRanges } from './merge-ranges.ts';
import { runOfItem } from './run-item.ts';
import { stripesUpTo } from './stripe.ts';
import type { Page, Table } from './table.ts';

export type RunQuery = {
  readonly env: Env;
  /** Runs of these projects, or of one workflow. */
  readonly of:
    | { readonly projects: readonly string[] }
    | { readonly project: string; readonly workflow: string };
  /** Due from this instant on, up to that one. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** Workflow runs. They are written by the fold of the views store, in its transaction. */
export const runs = (table: Table) => ({
  async findRun(runId: string): Promise<Run | undefined> {
    const item = await getItem(table, instancesTable.run(runId));
    return item && runOfItem(item);
  },

  /** Those of `runIds` that exist, by id. */
  async findRuns(
    runIds: readonly string[],
    { strong = false }: { readonly strong?: boolean } = {},
  ): Promise<Map<string, Run>> {
    const items = await batchGet(table, runIds.map(instancesTable.run), { strong });
    return new Map(items.map(runOfItem).map((run) => [run.runId, run]));
  },

  /** A page of runs, the latest due first. */
  async listRuns({ env, of, from, to, limit, cursor }: RunQuery): Promise<Page<Run>> {
    const range =
      'workflow' in of
        ? ({
            index: 'byQueue',
            partitions: [instancesTable.queue.runs(env, of.project, of.workflow)],
          } as const)
        : ({
            index: 'byDay',
            partitions: of.projects.flatMap((project) =>
              stripesUpTo(runStripes).map((stripe) =>
                instancesTable.day.runs(env, project, stripe),
              ),
            ),
          } as const);
    if (range.partitions.length === 0) return { items: [] };

    const page = await mergeRanges(
      table,
      { ...range, order: 'desc', from, to: to && `${to}~` },
      { limit, cursor },
    );
    const keys = page.items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    const found = new Map((await batchGet(table, keys)).map((item) => [String(item.pk), item]));
    return {
      items: keys.flatMap(({ pk }) => {
        const item = found.get(pk);
        return item ? [runOfItem(item)] : [];
      }),
      cursor: page.cursor,
    };
  },
});
