import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import { addressText } from '../../shared/domain/workflow/task-address.ts';
import { type TaskLink, taskLinks } from '../../shared/domain/workflow/task-links.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { ContentRef } from '../stores/catalog-table.ts';
import type { DefinitionHead } from '../stores/workflows.ts';

/** A published definition, made for looking up tasks and who waits for whom. */
export type TaskMap = {
  readonly head: DefinitionHead;
  /** By name, in order of name: the order of lists. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** Dependencies of the tasks of this definition, by the address of who waits. */
  readonly above: ReadonlyMap<string, readonly TaskLink[]>;
  /** The same, by the address of who is waited for, also in other workflows. */
  readonly below: ReadonlyMap<string, readonly TaskLink[]>;
};

/** Tasks remembered over all definitions: some 40 MB of a warm Lambda. */
const keptTasks = 40_000;

/** Whole definitions, remembered while the process lives: what is published never changes. */
export const taskMaps = (catalog: CatalogStore) => {
  const known = new Map<string, TaskMap>();
  let kept = 0;

  return async (ref: ContentRef): Promise<TaskMap | undefined> => {
    const key = `${ref.project}/${ref.workflow}/${ref.content}`;
    const before = known.get(key);
    if (before) return before;
    const definition = await catalog.definitionOf(ref);
    if (!definition) return undefined;

    const { tasks, ...head } = definition;
    const links = taskLinks(definition, ref.project);
    const map: TaskMap = {
      head,
      tasks: new Map(tasks.toSorted(byName).map((task) => [task.name, task])),
      above: Map.groupBy(links, ({ to }) => to),
      below: Map.groupBy(links, ({ from }) => from),
    };
    if (kept + tasks.length > keptTasks) {
      known.clear();
      kept = 0;
    }
    known.set(key, map);
    kept += tasks.length;
    return map;
  };
};

export type TaskMaps = ReturnType<typeof taskMaps>;

/** Tasks of a definition that wait for an address, themselves left out when they wait for their own last cycle. */
export const waitingFor = (
  map: TaskMap,
  address: Parameters<typeof addressText>[0],
): readonly string[] => {
  const name = addressText(address);
  const found = (map.below.get(name) ?? []).map(({ to }) => to).filter((to) => to !== name);
  return [...new Set(found)];
};

const byName = (a: Task, b: Task): number => (a.name < b.name ? -1 : 1);
