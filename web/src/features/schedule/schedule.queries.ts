import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { ScheduledWorkflow } from '../../../../shared/contracts/api/schedule-routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import type { Env } from '../../../../shared/domain/kernel/key.schema.ts';
import { type Bucket, densityOf } from '../../../../shared/domain/schedule/herd.ts';
import { call } from '../../api/call.ts';

type ScheduleFilter = Omit<NonNullable<CallInput<Routes['getSchedule']>['query']>, 'cursor'>;
type TicksFilter = NonNullable<CallInput<Routes['listTicks']>['query']>;

export type WorkflowPlace = {
  readonly env: Env;
  readonly project: string;
  readonly workflow: string;
};

export type Timeline = {
  readonly from: string;
  readonly to: string;
  readonly items: readonly ScheduledWorkflow[];
  readonly density: readonly Bucket[];
  /** There are workflows that were not read. */
  readonly more: boolean;
};

/** More workflows than so many pages hold are no picture; the header narrows to a project. */
const mostPages = 12;

/** The planned fires of a stretch of time, all pages added up. */
export const scheduleQuery = (filter: ScheduleFilter) =>
  queryOptions({
    queryKey: ['schedule', filter],
    queryFn: async (): Promise<Timeline> => {
      const items: ScheduledWorkflow[] = [];
      const buckets: Bucket[] = [];
      let cursor: string | undefined;
      for (let page = 1; ; page += 1) {
        const answer = await call('getSchedule', { query: { ...filter, limit: 100, cursor } });
        items.push(...answer.items);
        buckets.push(...answer.density);
        cursor = answer.cursor;
        if (cursor !== undefined && page < mostPages) continue;
        const { from, to } = answer;
        return { from, to, items, density: densityOf(buckets), more: cursor !== undefined };
      }
    },
    placeholderData: keepPreviousData,
  });

export const ticksQuery = ({ env, ...params }: WorkflowPlace, filter: TicksFilter) =>
  queryOptions({
    queryKey: ['ticks', env, params, filter],
    queryFn: () => call('listTicks', { params, query: { ...filter, env } }),
    placeholderData: keepPreviousData,
  });

/** Workflows whose name or description holds a text, to choose from. */
export const choicesQuery = (env: Env, project: string | undefined, text: string) =>
  queryOptions({
    queryKey: ['workflows', 'choices', env, project, text],
    queryFn: () =>
      call('listWorkflows', { query: { env, project, text: text || undefined, limit: 50 } }),
    placeholderData: keepPreviousData,
  });
