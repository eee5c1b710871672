import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { batchGet } from './batch-get.ts';
import { withRetry } from './retry.ts';
import type { Table } from './table.ts';
import { viewsTable } from './views-table.ts';

/** A task in one environment. */
export type TaskPlace = {
  readonly env: Env;
  readonly project: string;
  readonly workflow: string;
  readonly task: string;
};

/** How long the attempts of a task took, in seconds. */
export const Durations = z.object({
  count: z.int().min(1),
  sumSeconds: z.number().min(0),
  maxSeconds: z.number().min(0),
  lastSeconds: z.number().min(0),
});
export type Durations = z.infer<typeof Durations>;

/** Durations of successful attempts: what an end is expected from. */
export const durations = (table: Table) => {
  const keyOf = ({ env, project, workflow, task }: TaskPlace) => ({
    pk: viewsTable.durations(env, project, workflow),
    sk: task,
  });

  return {
    /** In the order of `tasks`; undefined for a task without history. */
    async findDurations(tasks: readonly TaskPlace[]): Promise<(Durations | undefined)[]> {
      const items = await batchGet(table, tasks.map(keyOf));
      const found = new Map(items.map((item) => [`${item.pk}\n${item.sk}`, item]));
      return tasks.map(keyOf).map(({ pk, sk }) => {
        const item = found.get(`${pk}\n${sk}`);
        return item && Durations.parse(item);
      });
    },

    /**
     * Adds one sample. Not in the transaction of the fold, because a mean bears a lost or doubled sample and this costs
     * half as much.
     */
    async addDuration(task: TaskPlace, seconds: number): Promise<void> {
      const update = (condition: 'larger' | 'any') =>
        new UpdateCommand({
          TableName: table.table,
          Key: keyOf(task),
          UpdateExpression: `ADD #count :one, sumSeconds :s SET lastSeconds = :s${condition === 'larger' ? ', maxSeconds = :s' : ''}`,
          ...(condition === 'larger'
            ? { ConditionExpression: 'attribute_not_exists(maxSeconds) OR maxSeconds < :s' }
            : { ConditionExpression: 'maxSeconds >= :s' }),
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: { ':one': 1, ':s': seconds },
        });
      for (const condition of ['any', 'larger', 'any'] as const) {
        try {
          await withRetry(() => table.client.send(update(condition)), 'duration not added');
          return;
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
        }
      }
    },
  };
};
