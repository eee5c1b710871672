import { ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { forEdit, stale } from './save-document.ts';
import { settingsView } from './settings-view.ts';
import { systemProject, writeAudit } from './write-audit.ts';

/** Runtime settings: of the installation and of a project, both kept by administrators of the installation (spec/README 17). */
export const writeSettings = (
  stores: ApiStores,
): Pick<ApiHandlers<'write'>, 'putSettings' | 'putProjectSettings'> => {
  const { catalog, clock } = stores;

  return {
    async putSettings({ body }, context) {
      const before = await catalog.systemSettings();
      if ((before?.rev ?? 0) !== context.rev) return stale(before?.rev ?? 0);
      const saved = await catalog.saveSystemSettings(body, before?.rev);
      if (!saved.ok) return stale(undefined);
      await writeAudit(stores, context, {
        action: 'set-settings',
        object: 'settings:system',
        project: systemProject,
        before,
        after: body,
      });
      return ok(settingsView(saved.value.rev, body));
    },

    async putProjectSettings({ params: { project }, body }, context) {
      const found = await catalog.findProject(project);
      const before = forEdit(found, context.rev, noProject(project).error);
      if (!before.ok) return before;
      const changed = { ...before.value, settings: body, updatedAt: clock() };
      const saved = await catalog.saveProject(changed, context.rev);
      if (!saved.ok) return stale(undefined);
      await writeAudit(stores, context, {
        action: 'set-settings',
        object: `project:${project}`,
        project,
        before: before.value.settings,
        after: body,
      });
      const system = await catalog.systemSettings();
      return ok(settingsView(saved.value.rev, system ?? {}, body));
    },
  };
};
