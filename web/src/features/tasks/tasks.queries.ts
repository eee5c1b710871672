import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { call } from '../../api/call.ts';

export type TaskRef = {
  readonly env: Env;
  readonly project: string;
  readonly workflow: string;
  readonly task: string;
};

export type TaskFilter = NonNullable<CallInput<Routes['listTasks']>['query']>;
export type TaskBatchBody = CallInput<Routes['batchTasks']>['body'];
type StartBody = CallInput<Routes['runTask']>['body'];
type GraphQuery = NonNullable<CallInput<Routes['getTaskGraph']>['query']>;

const keys = {
  all: ['tasks'] as const,
  one: ({ env, project, workflow, task }: TaskRef) =>
    [...keys.all, env, project, workflow, task] as const,
};

const paramsOf = ({ project, workflow, task }: TaskRef) => ({ project, workflow, task });

export const tasksQuery = (filter: TaskFilter) =>
  queryOptions({
    queryKey: [...keys.all, 'list', filter],
    queryFn: () => call('listTasks', { query: filter }),
    placeholderData: keepPreviousData,
  });

export const taskQuery = (ref: TaskRef) =>
  queryOptions({
    queryKey: keys.one(ref),
    queryFn: () => call('getTask', { params: paramsOf(ref), query: { env: ref.env } }),
  });

export const taskGraphQuery = (ref: TaskRef, levels: Omit<GraphQuery, 'env'>) =>
  queryOptions({
    queryKey: [...keys.one(ref), 'graph', levels],
    queryFn: () =>
      call('getTaskGraph', { params: paramsOf(ref), query: { env: ref.env, ...levels } }),
    placeholderData: keepPreviousData,
  });

/** The operation log of a task, a page of it. */
export const taskLogQuery = (ref: TaskRef, limit: number, cursor: string | undefined) =>
  queryOptions({
    queryKey: [...keys.one(ref), 'log', limit, cursor],
    queryFn: () =>
      call('listAudit', {
        params: { project: ref.project },
        query: { object: `task:${ref.project}/${ref.workflow}/${ref.task}`, limit, cursor },
      }),
    placeholderData: keepPreviousData,
  });

/** Names that a task's resource group may have. */
export const groupNamesQuery = () =>
  queryOptions({
    queryKey: [...keys.all, 'groups'],
    queryFn: async () => (await call('listResourceGroups', {})).items.map(({ name }) => name),
  });

/** One operation on one or many tasks; every list is read anew afterwards. */
export const useTaskBatch = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey }: { body: TaskBatchBody; idempotencyKey: string }) =>
      call('batchTasks', { body, idempotencyKey }),
    onSuccess: () => client.invalidateQueries(),
  });
};

/** Runs a task once, for good or as a test. */
export const useStartTask = (ref: TaskRef, test: boolean) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, idempotencyKey }: { body: StartBody; idempotencyKey: string }) =>
      call(test ? 'testRunTask' : 'runTask', { params: paramsOf(ref), body, idempotencyKey }),
    onSuccess: () => client.invalidateQueries(),
  });
};
