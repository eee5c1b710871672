import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

export type Stale = { readonly since: number; readonly error: unknown };

let last: Stale | undefined;

/** The oldest shown data whose refresh has failed; the same object as long as nothing changes. */
const staleOf = (client: QueryClient): Stale | undefined => {
  const failing = client
    .getQueryCache()
    .findAll({ type: 'active' })
    .filter(({ state }) => state.data !== undefined && state.status === 'error')
    .toSorted((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt)[0];
  const next = failing && { since: failing.state.dataUpdatedAt, error: failing.state.error };
  if (next?.since !== last?.since || next?.error !== last?.error) last = next;
  return last;
};

/** Since when the page shows old data because it cannot be refreshed; undefined while all is well. */
export const useStaleSince = (): Stale | undefined => {
  const client = useQueryClient();
  return useSyncExternalStore(
    (changed) => client.getQueryCache().subscribe(changed),
    () => staleOf(client),
  );
};
