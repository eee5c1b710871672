import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { findUsers } from './find-users.ts';
import { noCalendar, noDataset } from './read-catalog.ts';
import { noProject } from './read-instances.ts';
import { createDocument, forEdit, inUse, stale } from './save-document.ts';
import { systemProject, writeAudit } from './write-audit.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'createCalendar'
  | 'updateCalendar'
  | 'deleteCalendar'
  | 'createDataset'
  | 'updateDataset'
  | 'deleteDataset'
>;

/** Edits of the small documents of the catalog: each names the revision it edits and leaves an entry in the log. */
export const writeDocuments = (stores: ApiStores): Writes => {
  const { catalog } = stores;
  const note = (
    context: ApiContext,
    action: string,
    object: string,
    before: unknown,
    after: unknown,
    project = systemProject,
  ) => writeAudit(stores, context, { action, object, project, before, after });
  const deleted = ok({ deleted: true } as const);

  return {
    async createCalendar({ body }, context) {
      const saved = await createDocument(body.name, await catalog.saveCalendar(body, undefined));
      if (saved.ok) await note(context, 'create', calendarName(body.name), undefined, body);
      return saved;
    },
    async updateCalendar({ params: { name }, body }, context) {
      const before = forEdit(await catalog.findCalendar(name), context.rev, noCalendar(name).error);
      if (!before.ok) return before;
      const saved = await catalog.saveCalendar({ ...body, name }, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'update', calendarName(name), before.value, saved.value);
      return saved;
    },
    async deleteCalendar({ params: { name } }, context) {
      const before = forEdit(await catalog.findCalendar(name), context.rev, noCalendar(name).error);
      if (!before.ok) return before;
      const users = await findUsers(catalog, 'calendar', name);
      if (users.length > 0) return inUse(`calendar ${name}`, users);
      if (!(await catalog.removeCalendar(name, context.rev))) return stale(undefined);
      await note(context, 'delete', calendarName(name), before.value, undefined);
      return deleted;
    },

    async createDataset({ params: { project }, body }, context) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const dataset = { ...body, project };
      const saved = await createDocument(body.name, await catalog.saveDataset(dataset, undefined));
      const object = `dataset:${project}/${body.name}`;
      if (saved.ok) await note(context, 'create', object, undefined, dataset, project);
      return saved;
    },
    async updateDataset({ params: { project, name }, body }, context) {
      const found = await catalog.findDataset(project, name);
      const before = forEdit(found, context.rev, noDataset(project, name).error);
      if (!before.ok) return before;
      const saved = await catalog.saveDataset({ ...body, project, name }, context.rev);
      if (!saved.ok) return stale(undefined);
      const object = `dataset:${project}/${name}`;
      await note(context, 'update', object, before.value, saved.value, project);
      return saved;
    },
    async deleteDataset({ params: { project, name } }, context) {
      const found = await catalog.findDataset(project, name);
      const before = forEdit(found, context.rev, noDataset(project, name).error);
      if (!before.ok) return before;
      if (!(await catalog.removeDataset(project, name, context.rev))) return stale(undefined);
      const object = `dataset:${project}/${name}`;
      await note(context, 'delete', object, before.value, undefined, project);
      return deleted;
    },
  };
};

const calendarName = (name: string) => `calendar:${name}`;
