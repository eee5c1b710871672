import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { NamedKind } from '../stores/catalog-table.ts';

/** Tasks of one workflow that name a calendar or a resource group. */
export type User = {
  readonly project: string;
  readonly workflow: string;
  readonly tasks: readonly string[];
};

/**
 * Who names a calendar or a resource group: in the newest version, in a version that is online, or, for groups, by what
 * an operator set for a task. An older version that is online nowhere names nothing.
 */
export const findUsers = async (
  catalog: CatalogStore,
  kind: NamedKind,
  name: string,
): Promise<readonly User[]> => {
  const hinted = await catalog.hintedUsers(kind, name);
  const found = await Promise.all(
    hinted.map(async ({ project, workflow }): Promise<User> => {
      const record = await catalog.findWorkflow(project, workflow);
      const tasks =
        record && !record.deletedAt ? await tasksNaming(catalog, record, kind, name) : [];
      return { project, workflow, tasks: [...new Set(tasks)].toSorted() };
    }),
  );
  return found.filter(({ tasks }) => tasks.length > 0);
};

const environments: readonly Env[] = ['prod', 'dev'];

const tasksNaming = async (
  catalog: CatalogStore,
  { project, workflow, latest, pins }: WorkflowRecord,
  kind: NamedKind,
  name: string,
): Promise<readonly string[]> => {
  const contents = new Set(
    [latest?.content, ...environments.map((env) => onlineContent(pins[env]))].filter(
      (content) => content !== undefined,
    ),
  );
  const definitions = await Promise.all(
    [...contents].map((content) => catalog.definitionOf({ project, workflow, content })),
  );
  const inDefinitions = definitions.flatMap((definition) =>
    (definition?.tasks ?? [])
      .filter((task) => (kind === 'calendar' ? task.calendar : task.resourceGroup) === name)
      .map((task) => task.name),
  );
  if (kind === 'calendar') return inDefinitions;

  const states = await Promise.all(
    environments.map((env) => catalog.taskStatesOf(env, project, workflow)),
  );
  const setByOperators = states.flat().filter(({ resourceGroup }) => resourceGroup === name);
  return [...inDefinitions, ...setByOperators.map(({ task }) => task)];
};

const onlineContent = (pin: WorkflowRecord['pins']['prod']): string | undefined =>
  pin && pin.version > 0 ? pin.content : undefined;
