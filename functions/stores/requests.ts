import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import { getItem } from './instances.ts';
import { instancesTable } from './instances-table.ts';
import { queryPage, type Range } from './query.ts';
import { withRetry } from './retry.ts';
import type { Item, ItemKey, Table } from './table.ts';

/** What the end of a request sets. */
export type RequestEnd = Pick<OperationRequest, 'result' | 'reason'> & {
  readonly status: 'DONE' | 'REFUSED';
  readonly finishedAt: string;
};

/** Requests of people: the stream of the table hands a new one to the stage that does it. */
export const requests = (table: Table, retentionDays: number) => {
  const findRequest = async (id: string): Promise<OperationRequest | undefined> => {
    const item = await getItem(table, instancesTable.request(id));
    return item && requestOfItem(item);
  };

  return {
    findRequest,

    /** Writes the request down; the one that is there already when its id was used before. */
    async createRequest(request: OperationRequest): Promise<OperationRequest> {
      const put = new PutCommand({
        TableName: table.table,
        Item: requestItem(request, retentionDays),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      try {
        await withRetry(() => table.client.send(put), 'request not written');
        return request;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return (await findRequest(request.id)) ?? request;
      }
    },

    /** Requests made up to `until` that are not done, oldest first, at most 100. People make few. */
    async openRequests(until: Instant): Promise<OperationRequest[]> {
      const range: Range = {
        index: 'byQueue',
        partition: instancesTable.queue.requests,
        to: until,
      };
      const { items } = await queryPage(table, range, { limit: 100 });
      const found = await Promise.all(
        items.map(({ pk }) => findRequest(String(pk).slice('REQ#'.length))),
      );
      return found.flatMap((request) => (request?.status === 'REQUESTED' ? [request] : []));
    },

    /** Ends a request once; false when it had ended before. */
    async finishRequest(
      id: string,
      { status, result, reason, finishedAt }: RequestEnd,
    ): Promise<boolean> {
      const values = { ':status': status, ':result': result, ':reason': reason, ':at': finishedAt };
      const set = [
        '#status = :status',
        'finishedAt = :at',
        ...(result ? ['#result = :result'] : []),
        ...(reason ? ['reason = :reason'] : []),
      ];
      const update = new UpdateCommand({
        TableName: table.table,
        Key: instancesTable.request(id),
        UpdateExpression: `SET ${set.join(', ')} REMOVE qpk, qsk`,
        ConditionExpression: '#status = :requested',
        ExpressionAttributeNames: {
          '#status': 'status',
          ...(result ? { '#result': 'result' } : {}),
        },
        ExpressionAttributeValues: { ...values, ':requested': 'REQUESTED' },
      });
      try {
        await withRetry(() => table.client.send(update), 'request not finished');
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
};

/** The item of a request that is not done. */
export const requestItem = (request: OperationRequest, retentionDays: number): Item & ItemKey => ({
  ...instancesTable.request(request.id),
  qpk: instancesTable.queue.requests,
  qsk: request.at,
  v: 1,
  ...request,
  expiresAt: Math.floor(Date.parse(request.at) / 1000) + retentionDays * 86_400,
});

/** The request of a stored item or a stream image (unmarshalled). Fault 'RecordInvalid' when it is none. */
export const requestOfItem = (item: Item): OperationRequest => {
  const parsed = OperationRequest.safeParse(item);
  if (!parsed.success)
    throw new Fault('RecordInvalid', `request not readable: ${parsed.error.message}`, {
      pk: String(item.pk),
    });
  return parsed.data;
};
