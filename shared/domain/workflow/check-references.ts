import type { Key } from '../kernel/key.schema.ts';
import type { Problem, WorkflowDefinition } from './definition.schema.ts';
import { isExternal, ordersOneCycle } from './dependencies-of.ts';
import type { Task } from './task.schema.ts';
import { addressOf, addressText, type TaskAddress } from './task-address.ts';
import { triggerOf } from './trigger-of.ts';

/** What the catalog says of a task of another workflow, in the version that would be generated. */
export type KnownTask = {
  readonly trigger: 'recurring' | 'manual';
  /** Its upstreams that order one cycle (`ordersOneCycle`), addressed in full. */
  readonly upstreams: readonly TaskAddress[];
};

/** What lies outside a definition, as publish finds it in the catalog. */
export type Known = {
  readonly project: Key;
  readonly task: (address: TaskAddress) => KnownTask | undefined;
  readonly hasCalendar: (name: Key) => boolean;
  readonly hasDataset: (name: Key) => boolean;
  readonly hasResourceGroup: (name: Key) => boolean;
  readonly hasThrottleRule: (name: Key) => boolean;
};

/** All references of a valid definition to things that do not exist, and circles that close through other workflows. */
export const checkReferences = (
  definition: WorkflowDefinition,
  known: Known,
): readonly Problem[] => {
  const find = finderOf(definition, known);
  return definition.tasks.flatMap((task, i) =>
    [...checkNames(task, known), ...checkUpstreams(task, definition, known, find)].map(
      (problem) => ({ ...problem, path: `tasks[${i}].${problem.path}` }),
    ),
  );
};

type Find = (address: TaskAddress) => KnownTask | undefined;

const checkNames = (task: Task, known: Known): readonly Problem[] => {
  const problems: Problem[] = [];
  const miss = (path: string, code: string, what: string, name: string) =>
    problems.push({
      path,
      code,
      message: `${path} names ${what} ${name}, which does not exist; create it or correct the name`,
    });

  if (task.calendar && !known.hasCalendar(task.calendar))
    miss('calendar', 'unknown-calendar', 'calendar', task.calendar);
  if (task.resourceGroup && !known.hasResourceGroup(task.resourceGroup))
    miss('resourceGroup', 'unknown-resource-group', 'resource group', task.resourceGroup);
  if (task.kind === 'sql' && task.writes && !known.hasDataset(task.writes))
    miss('writes', 'unknown-dataset', 'dataset', task.writes);
  for (const [i, pool] of task.pools.entries())
    if (!known.hasThrottleRule(pool))
      miss(`pools[${i}]`, 'unknown-throttle-rule', 'throttling rule', pool);
  return problems;
};

const checkUpstreams = (
  task: Task,
  definition: WorkflowDefinition,
  known: Known,
  find: Find,
): readonly Problem[] =>
  task.upstreams.flatMap((upstream, j): readonly Problem[] => {
    if (!isExternal(upstream, definition.workflow)) return [];
    const path = `upstreams[${j}]`;
    const address = addressOf(upstream, definition, known);
    const found = find(address);

    if (!found)
      return [
        {
          path,
          code: 'unknown-upstream',
          message: `upstream ${addressText(address)} does not exist or is offline; publish it first or correct the name`,
        },
      ];
    if (found.trigger === 'manual' && triggerOf(task, definition) === 'recurring')
      return [
        {
          path,
          code: 'manual-upstream',
          message: `upstream ${addressText(address)} is started by hand, so recurring task ${task.name} would wait for ever; drop it`,
        },
      ];
    if (!ordersOneCycle(upstream)) return [];

    const own = { project: known.project, workflow: definition.workflow, task: task.name };
    const way = wayBack(address, own, find);
    if (!way) return [];
    return [
      {
        path,
        code: 'cycle',
        message: `tasks wait for each other: ${way.map(addressText).join(' → ')}; remove one of these upstreams`,
      },
    ];
  });

/** The draft stands for its own workflow: what the catalog has of it is about to be replaced. */
const finderOf = (definition: WorkflowDefinition, known: Known): Find => {
  const own = new Map(definition.tasks.map((task) => [task.name, task]));
  return (address) => {
    if (address.project !== known.project || address.workflow !== definition.workflow)
      return known.task(address);
    const task = own.get(address.task);
    return (
      task && {
        trigger: triggerOf(task, definition),
        upstreams: task.upstreams
          .filter(ordersOneCycle)
          .map((upstream) => addressOf(upstream, definition, known)),
      }
    );
  };
};

/** The circle own task → … → upstream → own task when `own` is among the ancestors of `upstream`. */
const wayBack = (
  upstream: TaskAddress,
  own: TaskAddress,
  find: Find,
): readonly TaskAddress[] | undefined => {
  const below = new Map<string, TaskAddress>();
  const queue = [upstream];
  for (let i = 0; i < queue.length; i += 1) {
    const at = queue[i] as TaskAddress;
    if (addressText(at) === addressText(own)) {
      const way = [own];
      for (let step = below.get(addressText(own)); step; step = below.get(addressText(step)))
        way.push(step);
      return [...way, own];
    }
    for (const parent of find(at)?.upstreams ?? []) {
      if (below.has(addressText(parent)) || addressText(parent) === addressText(upstream)) continue;
      below.set(addressText(parent), at);
      queue.push(parent);
    }
  }
  return undefined;
};
