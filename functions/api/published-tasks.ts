import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { TaskAddress } from '../../shared/domain/workflow/task-address.ts';
import type { TaskLink } from '../../shared/domain/workflow/task-links.ts';
import type { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { Revised } from '../stores/collection.ts';
import { onlineVersion, shownVersion } from './find-task.ts';
import type { TaskMap, TaskMaps } from './task-maps.ts';
import type { ShownTask } from './task-row.ts';

/** Workflows that one question reads. */
const workflowBudget = 300;

type Flow = {
  readonly map: TaskMap;
  readonly shown: Pick<ShownTask, 'version' | 'online' | 'updatedAt'>;
};

/**
 * Tasks and their links as published, over all workflows; each workflow is read once and only when it is met. Of the
 * workflow that the question is about the newest version counts where none is online, of the others only what is.
 */
export const publishedTasks = (
  catalog: CatalogStore,
  maps: TaskMaps,
  env: Env,
  home: Pick<TaskAddress, 'project' | 'workflow'>,
) => {
  const homeName = `${home.project}/${home.workflow}`;
  let cutOff = false;

  const flows = new Map<string, Promise<Flow | undefined>>();
  const flowOf = (name: string): Promise<Flow | undefined> => {
    const known = flows.get(name);
    if (known) return known;
    if (flows.size >= workflowBudget) {
      cutOff = true;
      return Promise.resolve(undefined);
    }
    const read = readFlow(name);
    flows.set(name, read);
    return read;
  };
  const readFlow = async (name: string): Promise<Flow | undefined> => {
    const [project = '', workflow = ''] = name.split('/');
    const record = await catalog.findWorkflow(project, workflow);
    const version = record && (name === homeName ? shownVersion : onlineVersion)(record, env);
    const map = version && (await maps({ project, workflow, content: version.content }));
    if (!map) return undefined;
    const { version: number, online } = version;
    return { map, shown: { version: number, online, updatedAt: record.updatedAt } };
  };

  const dependants = new Map<string, Promise<readonly string[]>>();
  const dependantsOf = (name: string): Promise<readonly string[]> => {
    const [project = '', workflow = ''] = name.split('/');
    const known = dependants.get(name) ?? catalog.dependantsOf(project, workflow);
    dependants.set(name, known);
    return known;
  };

  const states = new Map<string, Promise<ReadonlyMap<string, Revised<TaskState>>>>();
  const statesOf = (name: string) => {
    const [project = '', workflow = ''] = name.split('/');
    const known =
      states.get(name) ??
      catalog
        .taskStatesOf(env, project, workflow)
        .then((all) => new Map(all.map((state) => [String(state.task), state])));
    states.set(name, known);
    return known;
  };

  return {
    /** The task as published, without what operators set; undefined when no version that counts has it. */
    async find(id: string): Promise<Omit<ShownTask, 'state'> | undefined> {
      const { task: name } = wordsOf(id);
      const flow = await flowOf(flowName(id));
      const task = flow?.map.tasks.get(name);
      return flow && task && { ...flow.shown, head: flow.map.head, task };
    },

    stateOf: async (id: string) => (await statesOf(flowName(id))).get(wordsOf(id).task),

    /** Links to what a task waits for (`up`) or to what waits for it (`down`). */
    async linksOf(id: string, way: 'up' | 'down'): Promise<readonly TaskLink[]> {
      const name = flowName(id);
      const own = await flowOf(name);
      if (way === 'up') return own?.map.above.get(id) ?? [];
      const others = (await dependantsOf(name)).filter((other) => other !== name);
      const flowsBelow = await Promise.all(others.map(flowOf));
      return [own, ...flowsBelow].flatMap((flow) => flow?.map.below.get(id) ?? []);
    },

    /** More workflows were met than one question may read. */
    isCutOff: () => cutOff,
  };
};

export type PublishedTasks = ReturnType<typeof publishedTasks>;

/** The parts of `project/workflow/task`. */
export const wordsOf = (id: string): TaskAddress => {
  const [project = '', workflow = '', task = ''] = id.split('/');
  return { project, workflow, task };
};

const flowName = (id: string): string => id.slice(0, id.lastIndexOf('/'));
