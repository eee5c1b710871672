import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import { batchGet } from './batch-get.ts';
import { instancesTable } from './instances-table.ts';
import { requestItem } from './requests.ts';
import { withRetry } from './retry.ts';
import type { Table } from './table.ts';

/** What is known of the manual retries of a run. */
const RetryMark = z.object({
  run: z.string(),
  /** The failed run that it repeats, when it is a retry itself. */
  root: z.string().optional(),
  /** Its latest retry; on the failed run only. */
  latest: z.string().optional(),
  count: z.int().min(0).optional(),
  at: Instant.optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
});
type RetryMark = z.infer<typeof RetryMark>;

type Retry = {
  /** Asks for the new run; its `retryOf` is the failed run. */
  readonly request: Extract<OperationRequest, { kind: 'start' }> & { readonly retryOf: string };
  /** The mark of the failed run as it was read. */
  readonly before: RetryMark | undefined;
  readonly reason: string;
};

/** Manual retries of runs: each run has one latest, and who asks for the next names the one that he saw. */
export const retries = (table: Table, retentionDays: number) => {
  const marksOf = async (
    runs: readonly string[],
    { strong = false }: { readonly strong?: boolean } = {},
  ): Promise<Map<string, RetryMark>> => {
    const items = await batchGet(table, runs.map(instancesTable.retries), { strong });
    return new Map(
      items.map((item) => {
        const mark = RetryMark.parse({ ...item, run: String(item.pk).slice('RUN#'.length) });
        return [mark.run, mark];
      }),
    );
  };

  return {
    /** The marks of those of `runs` that are, or have, a retry; by run. */
    marksOf,

    /**
     * Asks for a retry: the request, the mark of the new run and that of the failed one in one transaction. False when
     * somebody else has asked for one since `before` was read. Asking twice for the same is asking once.
     */
    async createRetry({ request, before, reason }: Retry): Promise<boolean> {
      const { retryOf: root, id, at, actor: by } = request;
      const expiresAt = Math.floor(Date.parse(at) / 1000) + retentionDays * 86_400;
      const latest = {
        ...{ v: 1, latest: id, count: (before?.count ?? 0) + 1, at, by, reason, expiresAt },
      };
      const TransactItems = [
        {
          Put: {
            TableName: table.table,
            Item: requestItem(request, retentionDays),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        {
          Put: {
            TableName: table.table,
            Item: { ...instancesTable.retries(id), v: 1, root, expiresAt },
          },
        },
        {
          Put: {
            TableName: table.table,
            Item: { ...instancesTable.retries(root), ...latest },
            ...(before?.latest === undefined
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: 'latest = :before',
                  ExpressionAttributeValues: { ':before': before.latest },
                }),
          },
        },
      ];
      try {
        await withRetry(
          () => table.client.send(new TransactWriteCommand({ TransactItems })),
          'retry not asked for',
        );
        return true;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        // A lost reply: what stands there is what was to be written.
        return (await marksOf([root], { strong: true })).get(root)?.latest === id;
      }
    },
  };
};
