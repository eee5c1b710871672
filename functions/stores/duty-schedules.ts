import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { DutySchedule } from '../../shared/domain/duty/duty-schedule.schema.ts';
import { peopleOf } from '../../shared/domain/duty/people-of.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { catalogTable } from './catalog-table.ts';
import { collection, type NotSaved, type Revised } from './collection.ts';
import { namedBy, nameIt, type Reachable } from './named-by.ts';
import { isRevision, newMark, writeMark } from './put-if.ts';
import { withRetry } from './retry.ts';
import type { Table } from './table.ts';

/** On-duty schedules of the installation. What one names exists when it is saved, and stays while it is named. */
export const dutySchedules = (table: Table) => {
  const schedules = collection(table, DutySchedule);

  return {
    findDuty: (name: string) => schedules.find(catalogTable.duty, name),
    allDuties: () => schedules.all(catalogTable.duty),

    async saveDuty(
      schedule: DutySchedule,
      ifMatch: number | undefined,
    ): Promise<Result<Revised<DutySchedule>, NotSaved | 'missing'>> {
      const { name } = schedule;
      const rev = (ifMatch ?? 0) + 1;
      const mark = newMark();
      const contacts = peopleOf(schedule).map(
        (person): Reachable => ({ kind: 'contact', name: person }),
      );
      await namedBy(table).putNamers(`duty/${name}`, contacts);

      const { expression, values } = isRevision(ifMatch);
      const put = {
        Put: {
          TableName: table.table,
          Item: { ...schedule, pk: catalogTable.duty, sk: name, v: 1, rev, [writeMark]: mark },
          ConditionExpression: expression,
          ExpressionAttributeValues: values,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
        },
      };
      const request = new TransactWriteCommand({
        TransactItems: [put, ...contacts.map((contact) => nameIt(table, contact))],
      });
      try {
        await withRetry(() => table.client.send(request), 'schedule not written');
        return ok({ ...schedule, rev });
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const [first] = error.CancellationReasons ?? [];
        if (first?.Item?.[writeMark]?.S === mark) return ok({ ...schedule, rev });
        if (first?.Code !== 'ConditionalCheckFailed') return err('missing');
        return err(ifMatch === undefined ? 'exists' : 'stale');
      }
    },
  };
};
