import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Known, KnownTask } from '../../shared/domain/workflow/check-references.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { isExternal, ordersOneCycle } from '../../shared/domain/workflow/dependencies-of.ts';
import { addressOf, addressText } from '../../shared/domain/workflow/task-address.ts';
import { triggerOf } from '../../shared/domain/workflow/trigger-of.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';

/** Workflows that one check reads: those above the definition, and those above them. */
const workflowBudget = 100;

/** The group of tasks that name none; it needs no record. */
const defaultGroup = 'default';

/** What of the catalog a definition may name: read beforehand, since the check itself reads nothing. */
export const knownOf = async (
  catalog: CatalogStore,
  project: string,
  env: Env,
  definition: WorkflowDefinition,
): Promise<Known> => {
  const [tasks, calendars, datasets, groups, rules] = await Promise.all([
    tasksAbove(catalog, project, env, definition),
    catalog.allCalendars(),
    catalog.allDatasets(project),
    catalog.currentGroups(),
    catalog.currentRules(),
  ]);
  const namesOf = (documents: readonly { readonly name: string }[]) =>
    new Set(documents.map(({ name }) => name));
  const [calendarNames, datasetNames] = [namesOf(calendars), namesOf(datasets)];
  const [groupNames, ruleNames] = [namesOf(groups), namesOf(rules)];

  return {
    project,
    task: (address) => tasks.get(addressText(address)),
    hasCalendar: (name) => calendarNames.has(name),
    hasDataset: (name) => datasetNames.has(name),
    hasResourceGroup: (name) => name === defaultGroup || groupNames.has(name),
    hasThrottleRule: (name) => ruleNames.has(name),
  };
};

/** The tasks of the workflows that the definition waits for, directly or not, as they are online. */
const tasksAbove = async (
  catalog: CatalogStore,
  project: string,
  env: Env,
  definition: WorkflowDefinition,
): Promise<ReadonlyMap<string, KnownTask>> => {
  const tasks = new Map<string, KnownTask>();
  const seen = new Set([`${project}/${definition.workflow}`]);
  let next = upstreamWorkflows(definition, project);

  while (next.length > 0 && seen.size < workflowBudget) {
    const fresh = [...new Set(next)].filter((name) => !seen.has(name));
    for (const name of fresh) seen.add(name);
    const found = await Promise.all(
      fresh.map(async (name) => {
        const [of = '', workflow = ''] = name.split('/');
        const pin = (await catalog.findWorkflow(of, workflow))?.pins[env];
        const online = pin && pin.version > 0 ? pin : undefined;
        const above =
          online &&
          (await catalog.definitionOf({ project: of, workflow, content: online.content }));
        return above && { of, above };
      }),
    );
    next = found.flatMap((each) => (each ? upstreamWorkflows(each.above, each.of) : []));
    for (const each of found) if (each) addTasks(tasks, each.above, each.of);
  }
  return tasks;
};

const addTasks = (
  tasks: Map<string, KnownTask>,
  definition: WorkflowDefinition,
  project: string,
): void => {
  for (const task of definition.tasks)
    tasks.set(addressText({ project, workflow: definition.workflow, task: task.name }), {
      trigger: triggerOf(task, definition),
      upstreams: task.upstreams
        .filter(ordersOneCycle)
        .map((upstream) => addressOf(upstream, definition, { project })),
    });
};

/** `project/workflow` of every upstream in another workflow. */
export const upstreamWorkflows = (
  definition: WorkflowDefinition,
  project: string,
): readonly string[] => [
  ...new Set(
    definition.tasks.flatMap(({ upstreams }) =>
      upstreams
        .filter((upstream) => isExternal(upstream, definition.workflow))
        .map((upstream) => {
          const address = addressOf(upstream, definition, { project });
          return `${address.project}/${address.workflow}`;
        }),
    ),
  ),
];
