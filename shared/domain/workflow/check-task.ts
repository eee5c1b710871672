import { kindTimeouts } from '../project/effective-settings.ts';
import type { Problem, WorkflowDefinition } from './definition.schema.ts';
import { isExternal } from './dependencies-of.ts';
import { rankOf } from './priority.schema.ts';
import type { Task, Upstream } from './task.schema.ts';
import { scheduleOf, triggerOf } from './trigger-of.ts';

/** What the tasks of a definition are checked against. Names include tasks that are wrong in themselves. */
export type TaskContext = {
  readonly definition: Pick<WorkflowDefinition, 'workflow' | 'schedule'>;
  readonly names: ReadonlySet<string>;
  readonly tasks: ReadonlyMap<string, Task>;
  /** Direct downstream tasks of each task, in the same workflow and cycle. */
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
  /** System administrators may choose priorities above MIDDLE (spec/README decision 22). */
  readonly allowHighPriority: boolean;
};

/** Largest stored task, in characters of JSON: a version's tasks are items of at most 400 KB. */
const maxTaskCharacters = 200_000;
/** Limited pools of one instance (design.md §4): the transaction of a start has no room for more. */
const maxPools = 12;

/** All that is wrong with one well-formed task; paths begin at the task. */
export const checkTask = (task: Task, context: TaskContext): readonly Problem[] => [
  ...checkUpstreams(task, context),
  ...checkBranch(task, context),
  ...checkTrigger(task, context),
  ...checkLimits(task, context),
];

const problem = (path: string, code: string, message: string): Problem => ({ path, code, message });

const checkUpstreams = (task: Task, context: TaskContext): readonly Problem[] => {
  const keys = task.upstreams.map((upstream) => keyOf(upstream, context.definition.workflow));

  return task.upstreams.flatMap((upstream, i) => {
    const path = `upstreams[${i}].task`;
    if (keys.indexOf(keys[i] ?? '') < i)
      return [
        problem(path, 'duplicate-upstream', `upstream ${upstream.task} is listed twice; keep one`),
      ];
    if (isExternal(upstream, context.definition.workflow)) return [];
    if (!context.names.has(upstream.task))
      return [
        problem(
          path,
          'unknown-upstream',
          `upstream ${upstream.task} is no task of workflow ${context.definition.workflow}; correct the name, or name its workflow`,
        ),
      ];
    const parent = context.tasks.get(upstream.task);
    if (
      parent &&
      triggerOf(task, context.definition) === 'recurring' &&
      triggerOf(parent, context.definition) === 'manual'
    )
      return [
        problem(
          path,
          'manual-upstream',
          `upstream ${upstream.task} is started by hand, so recurring task ${task.name} would wait for ever; give it a schedule or drop the upstream`,
        ),
      ];
    return [];
  });
};

const keyOf = (upstream: Upstream, workflow: string): string =>
  JSON.stringify([upstream.project, upstream.workflow ?? workflow, upstream.task, upstream.period]);

const checkBranch = (task: Task, { children }: TaskContext): readonly Problem[] => {
  if (task.kind !== 'branch') return [];
  const downstream = children.get(task.name);
  const named = [
    ...task.cases.flatMap(({ take }, i) =>
      take.map((name, j) => ({ name, path: `cases[${i}].take[${j}]` })),
    ),
    ...task.otherwise.map((name, j) => ({ name, path: `otherwise[${j}]` })),
  ];
  return named
    .filter(({ name }) => !downstream?.has(name))
    .map(({ name, path }) =>
      problem(
        path,
        'branch-target',
        `${name} does not wait for branch ${task.name}; list ${task.name} among its upstreams`,
      ),
    );
};

const checkTrigger = (task: Task, { definition }: TaskContext): readonly Problem[] =>
  task.trigger === 'recurring' && !scheduleOf(task, definition)
    ? [
        problem(
          'trigger',
          'no-schedule',
          `trigger recurring needs a schedule; give task ${task.name} or its workflow one`,
        ),
      ]
    : [];

const checkLimits = (task: Task, { allowHighPriority }: TaskContext): readonly Problem[] => {
  const problems: Problem[] = [];
  const ceiling = kindTimeouts[task.kind]?.ceilingSeconds;
  const { effective, timeoutSeconds } = task;

  if (timeoutSeconds !== undefined && ceiling !== undefined && timeoutSeconds > ceiling)
    problems.push(
      problem(
        'timeoutSeconds',
        'timeout-ceiling',
        `timeoutSeconds must be at most ${ceiling} for ${task.kind} tasks`,
      ),
    );
  if (timeoutSeconds !== undefined && ceiling === undefined)
    problems.push(
      problem(
        'timeoutSeconds',
        'timeout-unused',
        `timeoutSeconds means nothing for ${task.kind} tasks; remove it`,
      ),
    );
  if (!allowHighPriority && rankOf(task.priority) > rankOf('MIDDLE'))
    problems.push(
      problem(
        'priority',
        'priority-reserved',
        `priority ${task.priority} is reserved for baselines and administrators; choose LOWEST, LOW or MIDDLE`,
      ),
    );
  if (task.pools.length + (task.resourceGroup ? 1 : 0) > maxPools)
    problems.push(
      problem(
        'pools',
        'too-many-pools',
        `pools and resourceGroup together must be at most ${maxPools}`,
      ),
    );
  if (effective?.from && effective.to && effective.from > effective.to)
    problems.push(
      problem('effective', 'effective-order', 'effective.from must not be after effective.to'),
    );
  if (task.kind === 'wait' && task.seconds === undefined && task.until === undefined)
    problems.push(problem('seconds', 'wait-what', 'a wait task needs seconds or until'));
  if (JSON.stringify(task).length > maxTaskCharacters)
    problems.push(
      problem(
        '',
        'task-too-large',
        `task ${task.name} must be at most ${maxTaskCharacters} characters of JSON; move large payloads to a store and pass a reference`,
      ),
    );
  return problems;
};
