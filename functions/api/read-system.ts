import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';

/** Who calls, what was done, and the description of this API. */
export const readSystem = ({
  catalog,
  ledger,
  clock,
}: ApiStores): Pick<ApiHandlers<'read'>, 'getMe' | 'listAudit' | 'getOpenApi'> => ({
  async getMe(_input, { caller }) {
    const projects = await catalog.allProjects();
    const grants = projects.flatMap(({ name, members }) =>
      members
        .filter(({ user }) => user === caller.user)
        .map(({ role }) => ({ project: name, role })),
    );
    return ok({ user: caller.user, role: caller.role ?? null, grants });
  },

  async listAudit({ params: { project }, query: { object, day, limit, cursor } }) {
    const of = object === undefined ? { project, day: day ?? clock().slice(0, 10) } : { object };
    const page = await ledger.listAudit(of, { limit, cursor });
    return ok({ ...page, items: page.items.filter((entry) => entry.project === project) });
  },

  // Loaded when it is asked for: it is the largest module of the bundle and hardly anybody reads it.
  async getOpenApi() {
    const { default: document } = await import('../../docs/generated/openapi.json', {
      with: { type: 'json' },
    });
    return ok(document);
  },
});
