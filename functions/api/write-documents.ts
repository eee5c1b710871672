import { ok } from '../../shared/domain/kernel/result.ts';
import { effectiveSettings } from '../../shared/domain/project/effective-settings.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { noDataset } from './read-catalog.ts';
import { noProject } from './read-instances.ts';
import { createDocument, forEdit, stale } from './save-document.ts';
import { systemProject, writeAudit } from './write-audit.ts';
import { noGroup } from './write-instances.ts';

type Writes = Pick<
  ApiHandlers<'write'>,
  | 'putSettings'
  | 'createThrottleRule'
  | 'updateThrottleRule'
  | 'deleteThrottleRule'
  | 'createResourceGroup'
  | 'updateResourceGroup'
  | 'deleteResourceGroup'
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
    async putSettings({ body }, context) {
      const before = await catalog.systemSettings();
      if ((before?.rev ?? 0) !== context.rev) return stale(before?.rev ?? 0);
      const saved = await catalog.saveSystemSettings(body, before?.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'set-settings', 'settings:system', before, body);
      return ok({ overrides: body, effective: effectiveSettings(body), rev: saved.value.rev });
    },

    async createThrottleRule({ body }, context) {
      const saved = await createDocument(body.name, catalog.saveRule(body, undefined));
      if (saved.ok) await note(context, 'create', ruleName(body.name), undefined, body);
      return saved;
    },
    async updateThrottleRule({ params: { name }, body }, context) {
      const before = forEdit(await catalog.findRule(name), context.rev, noRule(name));
      if (!before.ok) return before;
      const saved = await catalog.saveRule({ ...body, name }, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'update', ruleName(name), before.value, saved.value);
      return saved;
    },
    async deleteThrottleRule({ params: { name } }, context) {
      const before = forEdit(await catalog.findRule(name), context.rev, noRule(name));
      if (!before.ok) return before;
      if (!(await catalog.removeRule(name, context.rev))) return stale(undefined);
      await note(context, 'delete', ruleName(name), before.value, undefined);
      return deleted;
    },

    async createResourceGroup({ body }, context) {
      const saved = await createDocument(body.name, catalog.saveGroup(body, undefined));
      if (saved.ok) await note(context, 'create', groupName(body.name), undefined, body);
      return saved;
    },
    async updateResourceGroup({ params: { name }, body }, context) {
      const before = forEdit(await catalog.findGroup(name), context.rev, noGroup(name).error);
      if (!before.ok) return before;
      const saved = await catalog.saveGroup({ ...body, name }, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'update', groupName(name), before.value, saved.value);
      return saved;
    },
    async deleteResourceGroup({ params: { name } }, context) {
      const before = forEdit(await catalog.findGroup(name), context.rev, noGroup(name).error);
      if (!before.ok) return before;
      if (!(await catalog.removeGroup(name, context.rev))) return stale(undefined);
      await note(context, 'delete', groupName(name), before.value, undefined);
      return deleted;
    },

    async createCalendar({ body }, context) {
      const saved = await createDocument(body.name, catalog.saveCalendar(body, undefined));
      if (saved.ok) await note(context, 'create', calendarName(body.name), undefined, body);
      return saved;
    },
    async updateCalendar({ params: { name }, body }, context) {
      const before = forEdit(await catalog.findCalendar(name), context.rev, noCalendar(name));
      if (!before.ok) return before;
      const saved = await catalog.saveCalendar({ ...body, name }, context.rev);
      if (!saved.ok) return stale(undefined);
      await note(context, 'update', calendarName(name), before.value, saved.value);
      return saved;
    },
    async deleteCalendar({ params: { name } }, context) {
      const before = forEdit(await catalog.findCalendar(name), context.rev, noCalendar(name));
      if (!before.ok) return before;
      if (!(await catalog.removeCalendar(name, context.rev))) return stale(undefined);
      await note(context, 'delete', calendarName(name), before.value, undefined);
      return deleted;
    },

    async createDataset({ params: { project }, body }, context) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const dataset = { ...body, project };
      const saved = await createDocument(body.name, catalog.saveDataset(dataset, undefined));
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

const ruleName = (name: string) => `throttle-rule:${name}`;
const groupName = (name: string) => `resource-group:${name}`;
const calendarName = (name: string) => `calendar:${name}`;

const noRule = (name: string) =>
  ({ code: 'throttle-rule-not-found', detail: `there is no throttling rule ${name}` }) as const;
const noCalendar = (name: string) =>
  ({ code: 'calendar-not-found', detail: `there is no calendar ${name}` }) as const;
