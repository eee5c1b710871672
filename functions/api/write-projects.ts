import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { createDocument, forEdit, stale } from './save-document.ts';
import { systemProject, writeAudit } from './write-audit.ts';

/** Projects: created by administrators of the installation, changed by their own. */
export const writeProjects = (
  stores: ApiStores,
): Pick<ApiHandlers<'write'>, 'createProject' | 'updateProject'> => {
  const { catalog, clock } = stores;

  return {
    async createProject({ body }, context) {
      if (body.name === systemProject)
        return err({
          code: 'invalid-input',
          detail: `${systemProject} is a reserved name; choose another`,
          errors: [{ path: 'body.name', message: 'is reserved' }],
        });
      const at = clock();
      const project = { ...body, settings: {}, createdAt: at, updatedAt: at, rev: 1 };
      const saved = await createDocument(body.name, await catalog.saveProject(project, undefined));
      if (saved.ok)
        await writeAudit(stores, context, {
          action: 'create',
          object: `project:${body.name}`,
          project: body.name,
          after: saved.value,
        });
      return saved;
    },

    async updateProject({ params, body }, context) {
      const found = await catalog.findProject(params.project);
      const before = forEdit(found, context.rev, noProject(params.project).error);
      if (!before.ok) return before;
      const changed = { ...before.value, ...given(body), updatedAt: clock() };
      const saved = await catalog.saveProject(changed, context.rev);
      if (!saved.ok) return stale(undefined);
      await writeAudit(stores, context, {
        action: 'update',
        object: `project:${params.project}`,
        project: params.project,
        before: before.value,
        after: saved.value,
      });
      return ok(saved.value);
    },
  };
};

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const given = <T extends object>(patch: T): Given<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Given<T>;
