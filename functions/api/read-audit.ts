import type { AuditEntry } from '../../shared/domain/audit/audit-entry.schema.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { cursorOf } from '../stores/cursor.ts';
import type { ApiStores } from './api-stores.ts';
import { type AuditBudget, auditDays } from './audit-days.ts';
import { filteredPage } from './filtered-page.ts';
import { noProject } from './read-instances.ts';
import { requireRole } from './require-role.ts';
import { visibleProjects } from './visible-projects.ts';
import { systemProject } from './write-audit.ts';

type Query = Parameters<ApiHandlers<'read'>['searchAudit']>[0]['query'];

/** Days that a search goes back unless it says otherwise. */
const defaultDays = 31;
/** Days of projects that one request reads: an empty one costs half a read unit. */
const partitionsRead = 200;

/** Searching the operation log over objects, projects and days. */
export const readAudit = (stores: ApiStores): Pick<ApiHandlers<'read'>, 'searchAudit'> => {
  const { catalog, ledger, clock } = stores;

  return {
    async searchAudit({ query }, context) {
      const { project, object, limit, cursor } = query;
      if (project !== undefined && project !== systemProject) {
        const denied = await requireRole(context, project, 'viewer');
        if (denied) return { ok: false, error: denied };
        if (!(await catalog.findProject(project))) return noProject(project);
      }
      const projects = await projectsOf(stores, context, project);
      const to = query.to ?? clock();
      const from = query.from ?? `${plusDays(to.slice(0, 10), -defaultDays)}T00:00:00.000Z`;
      const seen = new Set(projects);
      const budget: AuditBudget = { left: partitionsRead };

      const page = await filteredPage<AuditEntry>({
        limit,
        cursor,
        fetch: (size, after) =>
          object === undefined
            ? auditDays(ledger, { projects, from, to, limit: size, cursor: after }, budget)
            : ledger.searchAudit({ object }, { from, to, limit: size, cursor: after }),
        keep: async (entries) =>
          entries.filter((entry) => seen.has(entry.project) && matches(entry, query)),
        cursorAfter: ({ at, id }) => cursorOf({ after: `${at}#${id}` }),
        placeOf: ({ at }) => at,
      });
      const items = [...page.items];
      return budget.stoppedAt === undefined || page.cursor !== undefined
        ? ok({ ...page, items })
        : ok({ items, cursor: cursorOf({ day: budget.stoppedAt }), searchedTo: budget.stoppedAt });
    },
  };
};

/** Those whose entries the caller may see; `system` for those whose role holds everywhere. */
const projectsOf = async (
  stores: ApiStores,
  context: ApiContext,
  project: string | undefined,
): Promise<readonly string[]> => {
  const system = context.caller.role === undefined ? [] : [systemProject];
  if (project === systemProject) return system;
  if (project !== undefined) return [project];
  return [...(await visibleProjects(stores, context)).map(({ name }) => name), ...system];
};

const matches = (
  { object, actor, action, env, detail }: AuditEntry,
  wanted: Pick<Query, 'text' | 'actor' | 'action' | 'env' | 'source'>,
): boolean =>
  (wanted.text === undefined || object.toLowerCase().includes(wanted.text.toLowerCase())) &&
  (wanted.actor === undefined || actor === wanted.actor) &&
  (wanted.action === undefined || action === wanted.action) &&
  (wanted.env === undefined || env === wanted.env) &&
  (wanted.source === undefined || detail?.source === wanted.source);
