import { randomUUID } from 'node:crypto';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { hashOf } from '../intake/request-run.ts';
import type { ApiStores } from './api-stores.ts';
import { someLogScope } from './log-scope.ts';
import { requireRole } from './require-role.ts';
import { createDocument } from './save-document.ts';
import { writeAudit } from './write-audit.ts';

/** More in one list and nobody finds theirs. */
const most = 100;

/** Keeping and dropping searches. One's own is nobody else's business; a shared one stands in the operation log. */
export const writeSavedSearches = (
  stores: ApiStores,
): Pick<ApiHandlers<'write'>, 'saveSearch' | 'deleteSavedSearch'> => {
  const { catalog, clock } = stores;

  return {
    async saveSearch({ body: { title, project, filter } }, context) {
      const { user } = context.caller;
      const scope = await someLogScope(stores, project, context);
      if (!scope.ok) return err(scope.error);
      const of = project === undefined ? { user } : { project };
      const id = hashOf(`${user}\n${context.idempotencyKey ?? randomUUID()}`);
      const all = await catalog.allSearches(of);
      if (all.length >= most && !all.some((each) => each.id === id))
        return err({
          code: 'too-many-searches',
          detail: `there are ${most} saved searches already; delete one first`,
        });
      const search = {
        id,
        title,
        owner: user,
        filter,
        at: clock(),
        ...(project ? { project } : {}),
      };
      const saved = createDocument(id, await catalog.saveSearch(of, search));
      if (saved.ok && project !== undefined)
        await writeAudit(stores, context, {
          ...{ action: 'save-search', object: `project:${project}`, project },
          after: { id, title },
        });
      return saved;
    },

    async deleteSavedSearch({ params: { search: id }, query: { project } }, context) {
      const { user } = context.caller;
      if (project !== undefined) {
        const denied = await requireRole(context, project, 'operator');
        if (denied) return err(denied);
      }
      const of = project === undefined ? { user } : { project };
      const found = await catalog.findSearch(of, id);
      if (!found) return err({ code: 'search-not-found', detail: `there is no search ${id}` });
      if (project !== undefined && found.owner !== user) {
        const denied = await requireRole(context, project, 'admin');
        if (denied) return err(denied);
      }
      await catalog.removeSearch(of, id, found.rev);
      if (project !== undefined)
        await writeAudit(stores, context, {
          ...{ action: 'delete-search', object: `project:${project}`, project },
          before: { id, title: found.title },
        });
      return ok({ id });
    },
  };
};
