import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InstanceRow } from '../../../../shared/contracts/api/instance-view.ts';
import type { Routes } from '../../../../shared/contracts/api/routes.ts';
import type { CallInput } from '../../../../shared/contracts/client/create-client.ts';
import { allPages } from '../../api/all-pages.ts';
import { call } from '../../api/call.ts';
import type { ReadLog } from '../../ui/log/use-log-tail.ts';

type ListFilter = NonNullable<CallInput<Routes['listRuns']>['query']>;

const keys = {
  all: ['runs'] as const,
  one: (run: string) => [...keys.all, run] as const,
};

/** With `dueBy` only what is due then, asked anew at each refresh. */
export const runsQuery = (filter: ListFilter, { dueBy }: { dueBy?: () => string }) =>
  queryOptions({
    queryKey: [...keys.all, 'list', filter, dueBy !== undefined],
    queryFn: () =>
      call('listRuns', { query: { ...filter, until: earlierOf(filter.until, dueBy?.()) } }),
    placeholderData: keepPreviousData,
  });

export const runQuery = (run: string) =>
  queryOptions({
    queryKey: keys.one(run),
    queryFn: () => call('getRun', { params: { run } }),
  });

/** Every instance of a run: a run is bounded by the size of its workflow. */
export const runInstancesQuery = (run: string) =>
  queryOptions({
    queryKey: [...keys.one(run), 'instances'],
    queryFn: (): Promise<InstanceRow[]> =>
      allPages((cursor) =>
        call('listRunInstances', { params: { run }, query: { limit: 2000, cursor } }),
      ),
  });

export const readRunLog =
  (run: string): ReadLog =>
  (place) =>
    call('getRunLog', { params: { run }, query: { limit: 200, ...place } });

const earlierOf = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;
