import * as z from 'zod';
import { Attempt } from '../../shared/domain/instance/instance.schema.ts';
import { batchGet } from './batch-get.ts';
import { instancesTable } from './instances-table.ts';
import { queryAll } from './query.ts';
import type { Table } from './table.ts';

const Outputs = z.record(z.string(), z.string());

/** What the tries of an instance left behind; `commit` writes it with the move that ends a try. */
export const attempts = (table: Table) => ({
  /** The first attempt first. */
  async attempts(instanceId: string): Promise<Attempt[]> {
    const range = { partition: instancesTable.attempts(instanceId), strong: true };
    return (await queryAll(table, range)).map((item) => Attempt.parse(item));
  },

  /** The outputs of those of `ids` that have any, by id. Strongly consistent: a child reads them right after. */
  async outputsOf(ids: readonly string[]): Promise<Map<string, Record<string, string>>> {
    const items = await batchGet(table, ids.map(instancesTable.outputs), { strong: true });
    return new Map(
      items.map(({ pk, values }) => [String(pk).slice('E#'.length), Outputs.parse(values)]),
    );
  },
});
