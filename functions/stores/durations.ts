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
     * Adds samples, in order of time. Not in the transaction of the fold, because a mean bears a lost or doubled sample
     * and this costs half as much: one write unit, one more when a maximum is beaten.
     */
    async addDurations(task: TaskPlace, seconds: readonly number[]): Promise<void> {
      if (seconds.length === 0) return;
      const update = (condition: 'larger' | 'any') =>
        new UpdateCommand({
          TableName: table.table,
          Key: keyOf(task),
          UpdateExpression: `ADD #count :n, sumSeconds :sum SET lastSeconds = :last${condition === 'larger' ? ', maxSeconds = :max' : ''}`,
          ConditionExpression:
            condition === 'larger'
              ? 'attribute_not_exists(maxSeconds) OR maxSeconds < :max'
              : 'maxSeconds >= :max',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: {
            ':n': seconds.length,
            ':sum': seconds.reduce((sum, each) => sum + each, 0),
            ':last': seconds.at(-1),
            ':max': Math.max(...seconds),
          },
        });
      for (const condition of ['any', 'larger', 'any'] as const) {
        try {
          await withRetry(() => table.client.send(update(condition)), 'durations not added');
          return;
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
        }
      }
    },
  };
};
