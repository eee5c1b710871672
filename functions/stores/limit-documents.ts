import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DeleteCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { collection, type NotSaved, type Revised } from './collection.ts';
import { newMark, writeMark } from './put-if.ts';
import { withRetry } from './retry.ts';
import type { Item, Table } from './table.ts';

/** How long a removed limit is remembered: watch wakes whoever still queues for it every minute. */
const rememberedSeconds = 2 * 86_400;

type Named = { readonly name: string };
type Removed = { readonly removedAt?: Instant | undefined };
type Condition = {
  readonly expression: string;
  readonly values: Readonly<Record<string, unknown>>;
};

type Options<T> = {
  readonly partition: string;
  /** What is left of a removed one: it limits nothing. */
  readonly lifted: (value: T) => T;
  /** Largest number of them; the count is part of the write, so two who create at once cannot exceed it. */
  readonly most?: number;
};

/**
 * Documents that limit what may start. One that is removed stays for two days as one without effect, so that instances
 * which queue for it, or are about to, are woken like those of every other pool; it is listed no more and its name is
 * free at once.
 */
export const limitDocuments = <T extends Named>(
  table: Table,
  schema: z.ZodType<T>,
  { partition, lifted, most }: Options<T>,
) => {
  const stored = collection<T & Removed>(
    table,
    z.intersection(schema, z.object({ removedAt: Instant.optional() })),
  );
  const isCurrent = ({ removedAt }: Removed): boolean => removedAt === undefined;

  const write = async (item: Item, condition: Condition, change: number): Promise<Written> => {
    const mark = newMark();
    const put = {
      Put: {
        TableName: table.table,
        Item: { ...item, pk: partition, sk: item.name, v: 1, [writeMark]: mark },
        ConditionExpression: condition.expression,
        ...(Object.keys(condition.values).length > 0
          ? { ExpressionAttributeValues: condition.values }
          : {}),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      },
    };
    const request = new TransactWriteCommand({
      TransactItems: [put, ...(most === undefined || change === 0 ? [] : [count(change, most)])],
    });
    try {
      await withRetry(() => table.client.send(request), 'limit not written');
      return 'written';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const [first] = error.CancellationReasons ?? [];
      if (first?.Item?.[writeMark]?.S === mark) return 'written';
      return first?.Code === 'ConditionalCheckFailed' ? 'refused' : 'full';
    }
  };

  const count = (change: number, limit: number) => ({
    Update: {
      TableName: table.table,
      Key: { pk: `COUNT#${partition}`, sk: 'COUNT' },
      UpdateExpression: 'ADD n :change',
      ConditionExpression: 'attribute_not_exists(n) OR n < :limit',
      ExpressionAttributeValues: { ':change': change, ':limit': change > 0 ? limit : limit + 1 },
    },
  });

  /** What was removed so long ago that nobody can queue for it any more. */
  const forget = async (before: Instant): Promise<void> => {
    const old = (await stored.all(partition)).filter(
      ({ removedAt }) => removedAt !== undefined && removedAt < before,
    );
    for (const { name, rev } of old) {
      const request = new DeleteCommand({
        TableName: table.table,
        Key: { pk: partition, sk: name },
        ConditionExpression: 'attribute_exists(removedAt) AND rev = :was',
        ExpressionAttributeValues: { ':was': rev },
      });
      await withRetry(() => table.client.send(request), 'limit not forgotten').catch(unlessRefused);
    }
  };

  return {
    async find(name: string): Promise<Revised<T> | undefined> {
      const found = await stored.find(partition, name);
      return found && isCurrent(found) ? found : undefined;
    },

    /** Those that people see. */
    async current(): Promise<Revised<T>[]> {
      return (await stored.all(partition)).filter(isCurrent);
    },

    /** Those of the last two days that are removed, too; they have no effect. */
    withRemoved: (): Promise<Revised<T>[]> => stored.all(partition),

    async save(
      value: T,
      ifMatch: number | undefined,
    ): Promise<Result<Revised<T>, NotSaved | 'full'>> {
      const rev = (ifMatch ?? 0) + 1;
      const condition =
        ifMatch === undefined
          ? { expression: 'attribute_not_exists(pk) OR attribute_exists(removedAt)', values: {} }
          : currentAt(ifMatch);
      const written = await write({ ...value, rev }, condition, ifMatch === undefined ? 1 : 0);
      if (written === 'written') return ok({ ...value, rev });
      if (written === 'full') return err('full');
      return err(ifMatch === undefined ? 'exists' : 'stale');
    },

    /** False when it is gone or has another revision. */
    async remove(name: string, ifMatch: number, at: Instant): Promise<boolean> {
      const found = await stored.find(partition, name);
      if (!found || !isCurrent(found)) return false;
      const item = { ...lifted(found), rev: ifMatch + 1, removedAt: at };
      if ((await write(item, currentAt(ifMatch), -1)) !== 'written') return false;
      await forget(plusSeconds(at, -rememberedSeconds));
      return true;
    },
  };
};

type Written = 'written' | 'refused' | 'full';

const currentAt = (rev: number): Condition => ({
  expression: 'rev = :was AND attribute_not_exists(removedAt)',
  values: { ':was': rev },
});

/** Somebody has created it anew, or forgotten it first. */
const unlessRefused = (error: unknown): void => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
};
