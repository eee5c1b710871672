import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { DefinitionHead } from '../stores/workflows.ts';

export type TaskOfVersion = {
  readonly project: string;
  readonly workflow: string;
  readonly version: number;
  readonly task: string;
};

const kept = 20_000;

/** Reads of published definitions, remembered while the process lives: what is published never changes. */
export const definitionCache = (catalog: CatalogStore) => {
  const contents = new Map<string, string>();
  const heads = new Map<string, DefinitionHead>();
  const tasks = new Map<string, Task>();

  const contentOf = (project: string, workflow: string, version: number) =>
    remember(
      contents,
      `${project}/${workflow}/${version}`,
      async () => (await catalog.findVersion(project, workflow, version))?.content,
    );

  return {
    contentOf,

    headOf: (project: string, workflow: string, content: string) =>
      remember(heads, `${project}/${workflow}/${content}`, () =>
        catalog.definitionHeadOf({ project, workflow, content }),
      ),

    /** The owner of a task as its version says, else that of its workflow. */
    async ownerOf({
      project,
      workflow,
      version,
      task,
    }: TaskOfVersion): Promise<string | undefined> {
      const content = await contentOf(project, workflow, version);
      if (content === undefined) return undefined;
      const ref = { project, workflow, content };
      const found = await remember(tasks, `${project}/${workflow}/${content}/${task}`, () =>
        catalog.taskOf(ref, task),
      );
      return found?.owner ?? (await this.headOf(project, workflow, content))?.owner;
    },
  };
};

export type DefinitionCache = ReturnType<typeof definitionCache>;

const remember = async <T>(
  known: Map<string, T>,
  key: string,
  load: () => Promise<T | undefined>,
): Promise<T | undefined> => {
  const value = known.get(key) ?? (await load());
  if (value === undefined) return undefined;
  if (known.size >= kept) known.clear();
  known.set(key, value);
  return value;
};
