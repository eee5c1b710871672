import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { WorkflowBatch } from '../../../../shared/contracts/api/workflow-routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { allPages } from '../../api/all-pages.ts';
import { call } from '../../api/call.ts';

export type WorkflowRef = {
  readonly env: Env;
  readonly project: string;
  readonly workflow: string;
};

type ListFilter = NonNullable<CallInput<Routes['listWorkflows']>['query']>;

const keys = {
  all: ['workflows'] as const,
  one: ({ env, project, workflow }: WorkflowRef) => [...keys.all, env, project, workflow] as const,
};

export const workflowsQuery = (filter: ListFilter) =>
  queryOptions({
    queryKey: [...keys.all, 'list', filter],
    queryFn: () => call('listWorkflows', { query: filter }),
    placeholderData: keepPreviousData,
  });

export const workflowQuery = (ref: WorkflowRef) =>
  queryOptions({
    queryKey: keys.one(ref),
    queryFn: () => call('getWorkflow', { params: paramsOf(ref), query: { env: ref.env } }),
  });

/** Graph of a version; a published version never changes. */
export const graphQuery = (ref: WorkflowRef, version: number) =>
  queryOptions({
    queryKey: [...keys.one(ref), 'graph', version],
    queryFn: () => call('getGraph', { params: paramsOf(ref), query: { env: ref.env, version } }),
    staleTime: Number.POSITIVE_INFINITY,
    meta: { live: false },
  });

export const versionsQuery = (ref: WorkflowRef) =>
  queryOptions({
    queryKey: [...keys.one(ref), 'versions'],
    queryFn: () => call('listVersions', { params: paramsOf(ref), query: { limit: 100 } }),
  });

export const diffQuery = (ref: WorkflowRef, from: number, to: number) =>
  queryOptions({
    queryKey: [...keys.one(ref), 'diff', from, to],
    queryFn: () => call('diffVersions', { params: paramsOf(ref), query: { from, to } }),
    staleTime: Number.POSITIVE_INFINITY,
    meta: { live: false },
  });

export const previewQuery = (ref: WorkflowRef, count: number) =>
  queryOptions({
    queryKey: [...keys.one(ref), 'preview', count],
    queryFn: () =>
      call('previewWorkflow', { params: paramsOf(ref), query: { env: ref.env, count } }),
  });

export const definitionQuery = (ref: WorkflowRef) =>
  queryOptions({
    queryKey: [...keys.one(ref), 'definition'],
    queryFn: () => call('getDefinition', { params: paramsOf(ref), query: { env: ref.env } }),
    // A refresh must not overwrite what somebody edits.
    meta: { live: false },
    refetchOnWindowFocus: false,
  });

/** Start, stop, timing, online, offline of one or many; every list is read anew afterwards. */
export const useWorkflowBatch = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      body,
      idempotencyKey,
    }: {
      body: z.input<typeof WorkflowBatch>;
      idempotencyKey: string;
    }) => call('batchWorkflows', { body, idempotencyKey }),
    onSuccess: () => client.invalidateQueries(),
  });
};

export const useValidate = (project: string) =>
  useMutation({
    mutationFn: (definition: z.core.util.JSONType) =>
      call('validateDefinition', { params: { project }, body: { definition } }),
  });

export const usePublish = (ref: WorkflowRef) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: {
      definition: z.core.util.JSONType;
      online: boolean;
      comment: string | undefined;
    }) => call('publishWorkflow', { params: paramsOf(ref), body: { ...body, env: ref.env } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
};

const paramsOf = ({ project, workflow }: WorkflowRef) => ({ project, workflow });

/** Names of the workflows of a project, to choose from. */
export const workflowNamesQuery = (project: string) =>
  queryOptions({
    queryKey: ['workflow-names', project],
    queryFn: async () => {
      const rows = await allPages((cursor) =>
        call('listWorkflows', { query: { project, limit: 200, cursor } }),
      );
      return rows.map(({ workflow }) => workflow);
    },
    staleTime: 60_000,
  });
