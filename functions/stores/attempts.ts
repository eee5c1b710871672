import * as z from 'zod';
import { Attempt } from '../../shared/domain/instance/instance.schema.ts';
import { lastAttemptOf } from '../../shared/domain/instance/last-attempt.ts';
import { batchGet } from './batch-get.ts';
import { instanceOfItem } from './instance-item.ts';
import { getItem } from './instances.ts';
import { instancesTable } from './instances-table.ts';
import { queryAll } from './query.ts';
import type { Table } from './table.ts';

const Outputs = z.record(z.string(), z.string());

/** What the tries of an instance left behind; `commit` writes it with the move that lets another follow. */
export const attempts = (table: Table) => ({
  /** The first attempt first. */
  async attempts(instanceId: string): Promise<Attempt[]> {
    const range = { partition: instancesTable.attempts(instanceId), strong: true };
    const [items, item] = await Promise.all([
      queryAll(table, range),
      getItem(table, instancesTable.instance(instanceId)),
    ]);
    const earlier = items.map((each) => Attempt.parse(each));
    const last = item && lastAttemptOf(instanceOfItem(item));
    return last && !earlier.some(({ attempt }) => attempt === last.attempt)
      ? [...earlier, last]
      : earlier;
  },

  /** What is kept of attempts that others replaced, by `instance#attempt`; the last one of an instance has no record. */
  async attemptRecords(
    refs: readonly { readonly instance: string; readonly attempt: number }[],
  ): Promise<Map<string, Attempt>> {
    const keys = refs.map(({ instance, attempt }) => instancesTable.attempt(instance, attempt));
    const items = await batchGet(table, keys, { strong: true });
    return new Map(
      items.map((item) => {
        const record = Attempt.parse(item);
        return [`${String(item.pk).slice('A#'.length)}#${record.attempt}`, record];
      }),
    );
  },

  /** The outputs of those of `ids` that have any, by id. Strongly consistent: a child reads them right after. */
  async outputsOf(ids: readonly string[]): Promise<Map<string, Record<string, string>>> {
    const items = await batchGet(table, ids.map(instancesTable.outputs), { strong: true });
    return new Map(
      items.map(({ pk, values }) => [String(pk).slice('E#'.length), Outputs.parse(values)]),
    );
  },
});
