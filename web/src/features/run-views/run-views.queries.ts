import { queryOptions } from '@tanstack/react-query';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { call } from '../../api/call.ts';

export type WorkflowPlace = {
  readonly env: Env;
  readonly project: string;
  readonly workflow: string;
};

/** Tasks that one request reads the cells of. */
export const gridBlock = 100;
const gridRuns = 14;
const trendRuns = 30;

/** A block of the tasks of a workflow in its last runs. */
export const gridQuery = ({ env, ...params }: WorkflowPlace, block: number) =>
  queryOptions({
    queryKey: ['run-views', 'grid', env, params, block],
    queryFn: () =>
      call('getWorkflowGrid', {
        params,
        query: { env, runs: gridRuns, from: block * gridBlock, limit: gridBlock },
      }),
  });

/** The last runs of a workflow that are due, newest first. */
export const trendQuery = ({ env, project, workflow }: WorkflowPlace, now: () => string) =>
  queryOptions({
    queryKey: ['runs', 'trend', env, project, workflow],
    queryFn: () =>
      call('listRuns', { query: { env, project, workflow, limit: trendRuns, until: now() } }),
  });

export const durationsQuery = (run: string) =>
  queryOptions({
    queryKey: ['runs', run, 'durations'],
    queryFn: () => call('getRunDurations', { params: { run } }),
    staleTime: 60_000,
  });

export const neighboursQuery = (
  { env, ...params }: WorkflowPlace,
  levels: { readonly up: number; readonly down: number },
) =>
  queryOptions({
    queryKey: ['run-views', 'neighbours', env, params, levels],
    queryFn: () => call('getWorkflowGraph', { params, query: { env, ...levels } }),
  });
