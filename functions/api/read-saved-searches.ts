import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { logScope } from './log-scope.ts';

/** The searches of the caller, and those shared where the caller may read logs, by title. */
export const readSavedSearches = (
  stores: Pick<ApiStores, 'catalog'>,
): Pick<ApiHandlers<'logs'>, 'listSavedSearches'> => ({
  async listSavedSearches({ query: { project } }, context) {
    const scope = await logScope(stores, project, context);
    if (!scope.ok)
      return scope.error.code === 'forbidden'
        ? err({ ...scope.error, code: 'forbidden' })
        : ok({ items: [] });
    const places = [
      { user: context.caller.user },
      ...scope.value.map((name) => ({ project: name })),
    ];
    const found = await Promise.all(places.map((of) => stores.catalog.allSearches(of)));
    return ok({ items: found.flat().toSorted((a, b) => (a.title < b.title ? -1 : 1)) });
  },
});
