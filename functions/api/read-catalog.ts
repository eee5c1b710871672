import { err, ok } from '../../shared/domain/kernel/result.ts';
import { effectiveSettings } from '../../shared/domain/project/effective-settings.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';

type Reads = Pick<
  ApiHandlers<'read'>,
  | 'listProjects'
  | 'getProject'
  | 'getSettings'
  | 'getProjectSettings'
  | 'listCalendars'
  | 'listDatasets'
  | 'getDataset'
>;

/** Projects and what is set up for them. */
export const readCatalog = ({ catalog }: ApiStores): Reads => ({
  async listProjects({ query }, context) {
    const page = await catalog.listProjects(query);
    const roles = await Promise.all(page.items.map(({ name }) => context.roleIn(name)));
    return ok({ ...page, items: page.items.filter((_, n) => rankOfRole(roles[n]) > 0) });
  },

  async getProject({ params }) {
    const project = await catalog.findProject(params.project);
    return project ? ok(project) : noProject(params.project);
  },

  async getSettings() {
    const { rev = 0, ...overrides } = (await catalog.systemSettings()) ?? {};
    return ok({ overrides, effective: effectiveSettings(overrides), rev });
  },

  async getProjectSettings({ params }) {
    const [project, system] = await Promise.all([
      catalog.findProject(params.project),
      catalog.systemSettings(),
    ]);
    if (!project) return noProject(params.project);
    const { settings, rev } = project;
    return ok({ overrides: settings, effective: effectiveSettings(system ?? {}, settings), rev });
  },

  listCalendars: async () => ok({ items: await catalog.allCalendars() }),

  async listDatasets({ params: { project }, query }) {
    if (!(await catalog.findProject(project))) return noProject(project);
    const { items, cursor } = await catalog.listDatasets(project, query);
    return ok({ items: [...items], cursor });
  },

  async getDataset({ params: { project, name } }) {
    const dataset = await catalog.findDataset(project, name);
    return dataset ? ok(dataset) : noDataset(project, name);
  },
});

export const noDataset = (project: string, name: string) =>
  err({
    code: 'dataset-not-found',
    detail: `project ${project} has no dataset ${name}`,
  } as const);
