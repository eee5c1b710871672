import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Task } from '../../shared/domain/workflow/task.schema.ts';
import type { CatalogStore } from './catalog-store.ts';
import type { DefinitionHead } from './workflows.ts';

export type TaskOfVersion = {
  readonly project: string;
  readonly workflow: string;
  readonly version: number;
  readonly task: string;
};

export type TaskFacts = {
  readonly owner: string | undefined;
  readonly tags: readonly string[];
  /** What an approval asks. */
  readonly question?: string | undefined;
};

export const noFacts: TaskFacts = { owner: undefined, tags: [] };
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
    if (content === undefined) return noFacts;
    const ref = { project, workflow, content };
    const found = await remember(tasks, `${project}/${workflow}/${content}/${task}`, () =>
      catalog.taskOf(ref, task),
    );
    const owner = found?.owner ?? (await headOf(project, workflow, content))?.owner;
    const question = found?.kind === 'approval' ? found.question : undefined;
    return { owner, tags: found?.tags ?? [], question };
  };

  /** Facts of instances, in their order, with the owner that an operator has set since. */
  const currentFactsOf = async (
    instances: readonly (TaskOfVersion & { readonly env: Env })[],
  ): Promise<readonly TaskFacts[]> => {
    const places = Map.groupBy(instances, ({ env, project, workflow }) =>
      [env, project, workflow].join('/'),
    );
    const states = await Promise.all(
      [...places.values()].map(([first]) =>
        first ? catalog.taskStatesOf(first.env, first.project, first.workflow) : [],
      ),
    );
    const owners = new Map(
      states
        .flat()
        .map(({ env, project, workflow, task, owner }) => [
          [env, project, workflow, task].join('/'),
          owner,
        ]),
    );
    return Promise.all(
      instances.map(async (instance) => {
        const { env, project, workflow, task } = instance;
        const facts = await factsOf(instance);
        return {
          ...facts,
          owner: owners.get([env, project, workflow, task].join('/')) ?? facts.owner,
        };
      }),
    );
  };

  return { contentOf, headOf, factsOf, currentFactsOf };
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
