import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';

/**
 * The owner of an instance's task as its version says, else that of its workflow. What is published never changes, so
 * each version and task is read once for a plan.
 */
export const ownerOfOn = (catalog: CatalogStore) => {
  const known = new Map<string, Promise<string | undefined>>();

  const read = async ({ project, workflow, version, task }: Instance) => {
    const content = (await catalog.findVersion(project, workflow, version))?.content;
    if (content === undefined) return undefined;
    const ref = { project, workflow, content };
    return (await catalog.taskOf(ref, task))?.owner ?? (await catalog.definitionHeadOf(ref))?.owner;
  };
  return (instance: Instance): Promise<string | undefined> => {
    const { project, workflow, version, task } = instance;
    const key = [project, workflow, version, task].join('/');
    const owner = known.get(key) ?? read(instance);
    known.set(key, owner);
    return owner;
  };
};
