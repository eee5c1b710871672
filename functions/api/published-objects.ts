import type { Published } from '../../shared/domain/alert/check-alert-rule.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import { shownVersion } from './find-task.ts';

type Named = { readonly workflow: string; readonly task?: string | undefined };

/** Of named workflows and tasks those that a project has: what is online, else the newest version. */
export const publishedObjects = async (
  catalog: CatalogStore,
  project: string,
  named: readonly Named[],
): Promise<Published> => {
  const byWorkflow = Map.groupBy(named, ({ workflow }) => workflow);
  const found = await Promise.all(
    [...byWorkflow].map(async ([workflow, objects]) => {
      const record = await catalog.findWorkflow(project, workflow);
      const shown = record && shownVersion(record, 'prod');
      if (!shown) return [];
      const ref = { project, workflow, content: shown.content };
      const names = [...new Set(objects.flatMap(({ task }) => task ?? []))];
      const tasks = await Promise.all(names.map((task) => catalog.taskOf(ref, task)));
      return [workflow, ...names.filter((_, n) => tasks[n]).map((task) => `${workflow}/${task}`)];
    }),
  );
  return new Set(found.flat());
};
