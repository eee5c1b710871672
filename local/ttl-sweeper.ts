import { setTimeout as sleep } from 'node:timers/promises';
import type { Typed } from './app-model.ts';
import type { HostClock } from './clock.ts';
import { DynamoRefused, type DynamoWire } from './dynamo-wire.ts';

type Item = Record<string, Record<string, string>>;
type Page = { Items: Item[]; LastEvaluatedKey?: Item };

/** A page a second at most: nobody waits for expired items, and everybody waits for the engine. */
const pageSize = 400;
const breathMs = 1000;

/** Deletes what has expired, as DynamoDB does sooner or later; dynoxide does not. Answers how many. */
export const sweepExpired = async (
  wire: DynamoWire,
  tables: readonly Typed<'AWS::DynamoDB::Table'>[],
  clock: HostClock,
  stopped: AbortSignal,
): Promise<number> => {
  let deleted = 0;
  for (const table of tables) {
    const ttl = table.TimeToLiveSpecification;
    if (!ttl?.Enabled) continue;
    const keys = table.KeySchema.map(({ AttributeName }) => AttributeName);
    let start: Item | undefined;
    do {
      const expired = {
        ExpressionAttributeNames: { '#expires': ttl.AttributeName },
        ExpressionAttributeValues: { ':now': { N: String(Math.floor(clock.now() / 1000)) } },
      };
      const page: Page = await wire.call<Page>('DynamoDB_20120810.Scan', {
        TableName: table.name,
        Limit: pageSize,
        FilterExpression: '#expires < :now',
        ...expired,
        ...(start && { ExclusiveStartKey: start }),
      });
      for (const item of page.Items) {
        const Key = Object.fromEntries(keys.map((key) => [key, item[key]]));
        const gone = await wire
          .call('DynamoDB_20120810.DeleteItem', {
            TableName: table.name,
            Key,
            ConditionExpression: '#expires < :now',
            ...expired,
          })
          .then(() => 1, renewed);
        deleted += gone;
      }
      start = page.LastEvaluatedKey;
      if (start) await sleep(breathMs, undefined, { signal: stopped }).catch(() => {});
    } while (start && !stopped.aborted);
  }
  return deleted;
};

function renewed(error: unknown): number {
  if (error instanceof DynamoRefused && error.name === 'ConditionalCheckFailedException') return 0;
  throw error;
}
