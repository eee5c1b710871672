import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ReadStores } from './api-stores.ts';
import { findUsers } from './find-users.ts';
import { noProject } from './read-instances.ts';
import { settingsView } from './settings-view.ts';

type Reads = Pick<
  ApiHandlers<'read'>,
  | 'listProjects'
  | 'getProject'
  | 'getSettings'
  | 'getProjectSettings'
  | 'listCalendars'
  | 'getCalendarUse'
  | 'listDatasets'
  | 'getDataset'
>;

/** Projects and what is set up for them. */
export const readCatalog = ({ catalog, views }: ReadStores): Reads => ({
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
    return ok(settingsView(rev, overrides));
  },

  async getProjectSettings({ params }) {
    const [project, system] = await Promise.all([
      catalog.findProject(params.project),
      catalog.systemSettings(),
    ]);
    if (!project) return noProject(params.project);
    const { settings, rev } = project;
    return ok(settingsView(rev, system ?? {}, settings));
  },

  listCalendars: async () => ok({ items: await catalog.allCalendars() }),

  async getCalendarUse({ params: { name } }, { roleIn }) {
    if (!(await catalog.findCalendar(name))) return noCalendar(name);
    const users = await findUsers(catalog, 'calendar', name);
    const roles = await Promise.all(users.map(({ project }) => roleIn(project)));
    const seen = users.filter((_, n) => rankOfRole(roles[n]) > 0);
    return ok({
      items: seen.map((user) => ({ ...user, tasks: [...user.tasks] })),
      hidden: users.length - seen.length,
    });
  },

  async listDatasets({ params: { project }, query }) {
    if (!(await catalog.findProject(project))) return noProject(project);
    const { items, cursor } = await catalog.listDatasets(project, query);
    const updates = await views.datasetUpdatesOf(
      project,
      items.map(({ name }) => name),
    );
    return ok({
      items: items.map((each) => ({ ...each, updated: updates.get(each.name) })),
      cursor,
    });
  },

  async getDataset({ params: { project, name } }) {
    const dataset = await catalog.findDataset(project, name);
    if (!dataset) return noDataset(project, name);
    const updates = await views.datasetUpdatesOf(project, [name]);
    return ok({ ...dataset, updated: updates.get(name) });
  },
});

export const noCalendar = (name: string) =>
  err({ code: 'calendar-not-found', detail: `there is no calendar ${name}` } as const);

export const noDataset = (project: string, name: string) =>
  err({
    code: 'dataset-not-found',
    detail: `project ${project} has no dataset ${name}`,
  } as const);
