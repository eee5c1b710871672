import { err, ok } from '../../shared/domain/kernel/result.ts';
import { workflowStateOf } from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import { catalogTable } from '../stores/catalog-table.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import type { Page } from '../stores/table.ts';
import type { ApiStores } from './api-stores.ts';
import { exactRun } from './exact-run.ts';
import { filteredPage } from './filtered-page.ts';
import { noProject } from './read-instances.ts';
import { visibleProjects } from './visible-projects.ts';
import { workflowRow } from './workflow-row.ts';

/** Lists of workflows, and one of them. */
export const readWorkflows = (
  stores: ApiStores,
  definitions: DefinitionCache,
): Pick<ApiHandlers<'read'>, 'listWorkflows' | 'getWorkflow' | 'listVersions'> => {
  const { catalog, instances, clock } = stores;
  const rowOf = workflowRow({
    instances,
    definitions,
    exact: exactRun({ catalog, instances, definitions }),
  });

  return {
    async listWorkflows({ query }, context) {
      const { env, project, limit, cursor } = query;
      if (project !== undefined && rankOfRole(await context.roleIn(project)) === 0)
        return err({ code: 'forbidden', detail: `you have no role in project ${project}` });
      const projects = (await visibleProjects(stores, context)).filter(
        ({ name }) => project === undefined || name === project,
      );
      if (project !== undefined && projects.length === 0) return noProject(project);

      const now = clock();
      const page = await filteredPage<WorkflowRecord>({
        limit,
        cursor,
        fetch: pageOver(
          catalog,
          projects.map(({ name }) => name),
        ),
        keep: async (records) => {
          const kept = records.filter((record) => !record.deletedAt && matches(record, query));
          if (query.lastRun === undefined) return kept;
          const last = await Promise.all(
            kept.map(({ workflow, project: of }) =>
              instances.listRuns({ env, of: { project: of, workflow }, to: now, limit: 1 }),
            ),
          );
          return kept.filter((_, n) => {
            const status = last[n]?.items[0]?.status;
            return status !== undefined && query.lastRun?.includes(status);
          });
        },
        cursorAfter: (record) => cursorOf(catalogTable.workflow(record.project, record.workflow)),
        placeOf: (record) => `${record.project}/${record.workflow}`,
      });
      const rows = page.items.map((record) => {
        const of = projects.find(({ name }) => name === record.project);
        return rowOf(record, env, of ?? { zone: 'UTC', dst: 'shift' }, now);
      });
      return ok({ ...page, items: await Promise.all(rows) });
    },

    async getWorkflow({ params, query: { env } }) {
      const [record, project] = await Promise.all([
        catalog.findWorkflow(params.project, params.workflow),
        catalog.findProject(params.project),
      ]);
      if (!record || record.deletedAt || !project) return noWorkflow(params);
      const { zone, dst } = project;
      const content = record.pins[env]?.content || record.latest?.content;
      const [row, head] = await Promise.all([
        rowOf(record, env, project, clock()),
        content ? definitions.headOf(params.project, params.workflow, content) : undefined,
      ]);
      const { concurrency, catchUp } = head ?? {};
      return ok({ ...row, hasDraft: record.draft !== undefined, zone, dst, concurrency, catchUp });
    },

    async listVersions({ params, query: { limit, cursor } }) {
      const record = await catalog.findWorkflow(params.project, params.workflow);
      if (!record || record.deletedAt) return noWorkflow(params);
      const { prod, dev } = record.pins;
      const page = await catalog.listVersions(params.project, params.workflow, { limit, cursor });
      return ok({
        ...page,
        items: page.items.map(({ version, at, by, note, tasks }) => ({
          ...{ version, at, by, comment: note, tasks },
          online: [
            ...(prod?.version === version ? (['prod'] as const) : []),
            ...(dev?.version === version ? (['dev'] as const) : []),
          ],
        })),
      });
    },
  };
};

export const noWorkflow = ({
  project,
  workflow,
}: {
  readonly project: string;
  readonly workflow: string;
}) =>
  err({
    code: 'workflow-not-found',
    detail: `there is no workflow ${workflow} in project ${project}`,
  } as const);

/** The workflows of several projects as one list: project after project, each by name. The cursor is a key. */
export const pageOver =
  (catalog: ApiStores['catalog'], projects: readonly string[]) =>
  async (limit: number, cursor: string | undefined): Promise<Page<WorkflowRecord>> => {
    const at = positionOf(cursor)?.pk;
    const start =
      at === undefined ? 0 : projects.findIndex((name) => catalogTable.workflows(name) === at);
    if (start < 0) return { items: [] };

    const items: WorkflowRecord[] = [];
    for (const [n, project] of projects.slice(start).entries()) {
      const page = await catalog.listWorkflows(project, {
        limit: limit - items.length,
        cursor: n === 0 ? cursor : undefined,
      });
      items.push(...page.items);
      if (page.cursor !== undefined) return { items, cursor: page.cursor };
      const last = items.at(-1);
      const isLastProject = start + n === projects.length - 1;
      if (items.length >= limit && last && !isLastProject)
        return { items, cursor: cursorOf(catalogTable.workflow(last.project, last.workflow)) };
    }
    return { items };
  };

type Filters = {
  readonly env: 'prod' | 'dev';
  readonly text?: string | undefined;
  readonly owner?: string | undefined;
  readonly tag?: string | undefined;
  readonly publish?: string | undefined;
  readonly online?: string | undefined;
  readonly timing?: string | undefined;
};

const matches = (
  record: WorkflowRecord,
  { env, text, owner, tag, publish, online, timing }: Filters,
): boolean => {
  const state = workflowStateOf(record, env);
  const words = `${record.workflow} ${record.description ?? ''}`.toLowerCase();
  return (
    (text === undefined || words.includes(text.toLowerCase())) &&
    (owner === undefined || record.owner === owner) &&
    (tag === undefined || record.tags.includes(tag)) &&
    (publish === undefined || state.publish === publish) &&
    (online === undefined || state.online === online) &&
    (timing === undefined || state.timing === timing)
  );
};
