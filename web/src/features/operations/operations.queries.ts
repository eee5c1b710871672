import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ItemState } from '../../../../shared/contracts/api/operation-routes.ts';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import { call } from '../../api/call.ts';

type ListFilter = NonNullable<CallInput<Routes['listOperations']>['query']>;
export type BulkRequest = CallInput<Routes['planOperation']>['body'];

const keys = {
  all: ['operations'] as const,
  one: (operation: string) => [...keys.all, operation] as const,
};

/** While the server works on it, it is looked at again and again. */
const liveMs = 1_000;
const isLive = (status: string | undefined): boolean =>
  status === 'PLANNING' || status === 'RUNNING';

export const operationsQuery = (filter: ListFilter) =>
  queryOptions({
    queryKey: [...keys.all, 'list', filter],
    queryFn: () => call('listOperations', { query: filter }),
    placeholderData: keepPreviousData,
  });

export const operationQuery = (operation: string) =>
  queryOptions({
    queryKey: keys.one(operation),
    queryFn: () => call('getOperation', { params: { operation } }),
    refetchInterval: ({ state }) => (isLive(state.data?.status) ? liveMs : false),
  });

/** `progress` is how many are done: the list is read anew when it changes. */
export const operationItemsQuery = (
  operation: string,
  query: { result: ItemState | undefined; limit: number; cursor: string | undefined },
  progress: number,
) =>
  queryOptions({
    queryKey: [...keys.one(operation), 'items', query, progress],
    queryFn: () => call('listOperationItems', { params: { operation }, query }),
    placeholderData: keepPreviousData,
  });

/** The instances below one, level by level, as far as a list for ticking goes. */
export const downstreamQuery = (instance: string) =>
  queryOptions({
    queryKey: [...keys.all, 'downstream', instance],
    queryFn: () => call('getNeighbourhood', { params: { instance }, query: { up: 0, down: 10 } }),
  });

export const usePlanOperation = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey }: { body: BulkRequest; idempotencyKey: string }) =>
      call('planOperation', { body, idempotencyKey }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};

/** Lets a planned operation begin; everything on the page is read anew afterwards. */
export const useConfirmOperation = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ operation, expectedTotal }: { operation: string; expectedTotal: number }) =>
      call('confirmOperation', { params: { operation }, body: { expectedTotal } }),
    onSettled: () => client.invalidateQueries(),
  });
};

export const useAbortOperation = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ operation, comment }: { operation: string; comment: string | undefined }) =>
      call('abortOperation', { params: { operation }, body: { comment } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};

/** Plans a new operation on what an earlier one left over, or did. */
export const useFollowOperation = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ operation, how }: { operation: string; how: 'retry' | 'undo' }) =>
      call(`${how}Operation`, { params: { operation }, body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};
