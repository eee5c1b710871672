import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { DefinitionHead } from '../stores/workflows.ts';

export type TaskOfVersion = {
  readonly project: string;
  readonly workflow: string;
  readonly version: number;
  readonly task: string;
};

type TaskFacts = {
  readonly owner: string | undefined;
  readonly tags: readonly string[];
  /** What an approval asks. */
  readonly question?: string | undefined;
};

const nothing: TaskFacts = { owner: undefined, tags: [] };
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

  const headOf = (project: string, workflow: string, content: string) =>
    remember(heads, `${project}/${workflow}/${content}`, () =>
      catalog.definitionHeadOf({ project, workflow, content }),
    );

  /** What the version of an instance says about its task: its owner, else that of its workflow, and the like. */
  const factsOf = async ({
    project,
    workflow,
    version,
    task,
  }: TaskOfVersion): Promise<TaskFacts> => {
    const content = await contentOf(project, workflow, version);
    if (content === undefined) return nothing;
    const ref = { project, workflow, content };
    const found = await remember(tasks, `${project}/${workflow}/${content}/${task}`, () =>
      catalog.taskOf(ref, task),
    );
    const owner = found?.owner ?? (await headOf(project, workflow, content))?.owner;
    const question = found?.kind === 'approval' ? found.question : undefined;
    return { owner, tags: found?.tags ?? [], question };
  };

  return {
    contentOf,
    headOf,
    factsOf,
    ownerOf: async (task: TaskOfVersion) => (await factsOf(task)).owner,
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
