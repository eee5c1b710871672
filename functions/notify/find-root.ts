import { hasFailed } from '../../shared/domain/alert/cause-of.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import type { TellDeps } from './tell-deps.ts';

/** How far up is looked, and at how many instances: beyond, a failure counts by its error. */
const maxLevels = 4;
const maxLooked = 100;

/**
 * The failed upstream of an instance that is nearest in the graph of its cycle, followed up to where its failures begin;
 * undefined when none failed. One finder serves a batch: what five hundred failures have in common is read once.
 */
export const rootFinder = ({ instances }: Pick<TellDeps, 'instances'>) => {
  const parents = new Map<string, Promise<readonly Instance[]>>();

  const read = async (id: string): Promise<readonly Instance[]> => {
    const bizDate = parseInstanceId(id)?.bizDate;
    const ids = (await instances.parentsOf(id)).filter(
      (parent) => parseInstanceId(parent)?.bizDate === bizDate,
    );
    const found = await instances.findMany(ids.slice(0, maxLooked), { strong: true });
    return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };
  const parentsOf = (id: string): Promise<readonly Instance[]> => {
    const known = parents.get(id) ?? read(id);
    parents.set(id, known);
    return known;
  };

  const nearestFailed = async (id: string): Promise<Instance | undefined> => {
    const seen = new Set([id]);
    let level: readonly string[] = [id];
    for (let n = 0; n < maxLevels && level.length > 0 && seen.size <= maxLooked; n += 1) {
      const above = (await Promise.all(level.map(parentsOf))).flat();
      const failed = above.find(hasFailed);
      if (failed) return failed;
      level = [...new Set(above.map((parent) => parent.id))].filter((parent) => !seen.has(parent));
      for (const parent of level) seen.add(parent);
    }
    return undefined;
  };

  return async (id: string): Promise<Instance | undefined> => {
    let root = await nearestFailed(id);
    for (let n = 0; root && n < maxLevels; n += 1) {
      const above = (await parentsOf(root.id)).find(hasFailed);
      if (!above) return root;
      root = above;
    }
    return root;
  };
};
