import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import type { Scope } from '../../ui/scope.ts';
import { type AskedWindow, includesNow, windowOf } from './monitoring-range.ts';

const refreshMs = 30_000;

/** The overview of runs; read anew every 30 s while its window includes now, and by nobody else. */
export const monitoringQuery = (
  scope: Scope,
  workflow: string | undefined,
  asked: AskedWindow,
  { zone, now }: { readonly zone: string; readonly now: () => number },
) =>
  queryOptions({
    queryKey: ['monitoring', scope, workflow, asked, zone],
    queryFn: () =>
      call('getMonitoring', { query: { ...scope, workflow, ...windowOf(asked, zone, now()) } }),
    placeholderData: keepPreviousData,
    refetchInterval: () => (includesNow(windowOf(asked, zone, now()), now()) ? refreshMs : false),
    meta: { live: false },
  });
