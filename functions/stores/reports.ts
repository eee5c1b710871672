import { ReportedResult, ShownProgress } from '../../shared/domain/report/report.schema.ts';
import { batchGet } from './batch-get.ts';
import { getItem } from './instances.ts';
import { instancesTable } from './instances-table.ts';
import { isAbsent, putIf } from './put-if.ts';
import type { Table } from './table.ts';

/** What tasks report of their attempts while these run. Their keys wake no stage: only keys of instances do. */
export const reports = (table: Table, retentionDays: number) => {
  const expiryAfter = (at: string) => Math.floor(Date.parse(at) / 1000) + retentionDays * 86_400;

  const findResult = async (
    instanceId: string,
    attempt: number,
  ): Promise<ReportedResult | undefined> => {
    const item = await getItem(table, instancesTable.reportedResult(instanceId, attempt));
    return item && ReportedResult.parse(item.result);
  };

  return {
    /** The result that an attempt reported; strongly consistent, since its end is decided by it. */
    findResult,

    /** Keeps the first result of an attempt; false when another one stands there already. */
    async putResult(instanceId: string, attempt: number, result: ReportedResult): Promise<boolean> {
      const key = instancesTable.reportedResult(instanceId, attempt);
      const item = { ...key, v: 1, result, expiresAt: expiryAfter(result.at) };
      if (await putIf(table, item, isAbsent)) return true;
      const { at: _, ...first } = (await findResult(instanceId, attempt)) ?? { at: '' };
      const { at: __, ...again } = result;
      return JSON.stringify(sorted(first)) === JSON.stringify(sorted(again));
    },

    /** Keeps the progress where none that is newer stands; false when one does. */
    async putProgress(instanceId: string, progress: ShownProgress): Promise<boolean> {
      const key = instancesTable.progress(instanceId);
      const { attempt, at } = progress;
      return putIf(
        table,
        { ...key, v: 1, ...progress, expiresAt: expiryAfter(at) },
        {
          expression:
            'attribute_not_exists(pk) OR attempt < :attempt OR (attempt = :attempt AND #at < :at)',
          values: { ':attempt': attempt, ':at': at },
          names: { '#at': 'at' },
        },
      );
    },

    /** The newest progress of those of `ids` that have reported any, by id. */
    async progressOf(ids: readonly string[]): Promise<ReadonlyMap<string, ShownProgress>> {
      if (ids.length === 0) return new Map();
      const items = await batchGet(table, ids.map(instancesTable.progress));
      return new Map(
        items.map((item) => [
          String(item.pk).slice('REP#'.length),
          ShownProgress.parse(only(item)),
        ]),
      );
    },
  };
};

const only = ({ attempt, at, percent, rows, message }: Record<string, unknown>) => ({
  ...{ attempt, at, percent, rows, message },
});

/** With its fields in one order, so that equal results are equal texts. */
const sorted = (value: object): unknown =>
  JSON.parse(JSON.stringify(value), (_, each) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
