import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import type { ClearingAction } from '../../../../shared/domain/diagnosis/clearing-action.schema.ts';
import type { InstanceOperation } from '../../../../shared/domain/operation/instance-operation.schema.ts';
import { call } from '../../api/call.ts';
import type { ReadLog } from '../../ui/log/use-log-tail.ts';

type ListFilter = CallInput<Routes['listInstances']>['query'];
type CountersFilter = CallInput<Routes['getCounters']>['query'];
export type InstanceBatch = CallInput<Routes['batchInstances']>['body'];

const keys = {
  all: ['instances'] as const,
  one: (instance: string) => [...keys.all, instance] as const,
};

export const instancesQuery = (filter: ListFilter) =>
  queryOptions({
    queryKey: [...keys.all, 'list', filter],
    queryFn: () => call('listInstances', { query: filter }),
    placeholderData: keepPreviousData,
  });

/** Exact counts of a project and business date. */
export const countersQuery = (filter: CountersFilter) =>
  queryOptions({
    queryKey: ['counters', filter],
    queryFn: () => call('getCounters', { query: filter }),
    placeholderData: keepPreviousData,
  });

export const instanceQuery = (instance: string) =>
  queryOptions({
    queryKey: keys.one(instance),
    queryFn: () => call('getInstance', { params: { instance } }),
  });

export const attemptsQuery = (instance: string) =>
  queryOptions({
    queryKey: [...keys.one(instance), 'attempts'],
    queryFn: () => call('listAttempts', { params: { instance } }),
  });

export const movesQuery = (instance: string) =>
  queryOptions({
    queryKey: [...keys.one(instance), 'moves'],
    queryFn: () => call('listMoves', { params: { instance } }),
  });

export const diagnosisQuery = (instance: string) =>
  queryOptions({
    queryKey: [...keys.one(instance), 'diagnosis'],
    queryFn: () => call('diagnoseInstance', { params: { instance } }),
  });

export const neighbourhoodQuery = (instance: string, up: number, down: number) =>
  queryOptions({
    queryKey: [...keys.one(instance), 'neighbourhood', up, down],
    queryFn: () => call('getNeighbourhood', { params: { instance }, query: { up, down } }),
    placeholderData: keepPreviousData,
  });

/** The log of an instance, or of one of its attempts. */
export const readInstanceLog =
  (instance: string, attempt: number | undefined): ReadLog =>
  (place) =>
    call('getInstanceLog', { params: { instance }, query: { limit: 200, ...place, attempt } });

/** One operation on some instances; everything on the page is read anew afterwards. */
export const useInstanceBatch = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey }: { body: InstanceBatch; idempotencyKey: string }) =>
      call('batchInstances', { body, idempotencyKey }),
    onSuccess: () => client.invalidateQueries(),
  });
};

/** Cuts one instance off from some of its upstreams. */
export const useRemoveUpstreams = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      instance,
      ...rest
    }: {
      instance: string;
      body: CallInput<Routes['removeInstanceUpstreams']>['body'];
      idempotencyKey: string;
    }) => call('removeInstanceUpstreams', { params: { instance }, ...rest }),
    onSuccess: () => client.invalidateQueries(),
  });
};

/** What clears a blocker that is no instance: a task that is paused, a day that was not generated. */
export const useClearing = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ target }: ClearingAction): Promise<void> => {
      if (target.kind === 'task') {
        const { env, project, workflow, task } = target;
        await call('resumeTask', {
          params: { project, workflow, task },
          body: { env },
        });
      }
      if (target.kind === 'day') {
        const { project, bizDate, env } = target;
        await call('requestGeneration', { params: { project }, body: { bizDate, env } });
      }
    },
    onSuccess: () => client.invalidateQueries(),
  });
};

export type Operation = InstanceOperation;
