import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';

/** Who calls, and what was done. */
export const readSystem = ({
  catalog,
  ledger,
  clock,
}: ApiStores): Pick<ApiHandlers<'read'>, 'getMe' | 'listAudit'> => ({
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
});
