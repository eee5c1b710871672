import * as z from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import { checkParameters, checkWorkflowParameters } from './check-parameters.ts';
import { checkSchedule } from './check-schedule.ts';
import { checkTask, type TaskContext } from './check-task.ts';
import { type Problem, WorkflowDefinition } from './definition.schema.ts';
import { innerUpstreams } from './dependencies-of.ts';
import { findCycles } from './find-cycles.ts';
import { findUnknownFields } from './find-unknown-fields.ts';
import { problemsOfIssues } from './problems-of-issues.ts';
import { Task } from './task.schema.ts';

export type ValidateOptions = {
  /** Smallest minutes between two fires. Default 5 (N5); an administrator may lower a project's floor to 1. */
  readonly floorMinutes?: 1 | 5;
  /** Accept priorities above MIDDLE. Default false. */
  readonly allowHighPriority?: boolean;
};

const maxNesting = 64;
const header = WorkflowDefinition.extend({ tasks: z.array(z.unknown()).min(1).max(10_000) });

/** A task that is well-formed in itself, with its place in the input. */
type Placed = { readonly task: Task; readonly i: number };

/**
 * Everything wrong with a definition (decoded YAML or JSON), all at once, or the definition with its defaults filled in.
 * Needs nothing but the input; `checkReferences` looks at what lies outside. A task that is wrong in itself hides no
 * problem of the others.
 */
export const validateDefinition = (
  input: unknown,
  { floorMinutes = 5, allowHighPriority = false }: ValidateOptions = {},
): Result<WorkflowDefinition, readonly Problem[]> => {
  if (isTooDeep(input, maxNesting))
    return err([
      {
        path: '',
        code: 'too-deep',
        message: `the document must nest at most ${maxNesting} levels`,
      },
    ]);

  const head = header.safeParse(input);
  const entries = entriesOf(input);
  const parsed = entries.map((entry) => Task.safeParse(entry));
  const placed = parsed.flatMap(({ data }, i) => (data ? [{ task: data, i }] : []));
  const problems: Problem[] = [
    ...(head.success
      ? headProblems(input, head.data, floorMinutes)
      : problemsOfIssues(head.error.issues)),
    ...parsed.flatMap(({ error }, i) =>
      error ? problemsOfIssues(error.issues, ['tasks', i]) : [],
    ),
    ...placed.flatMap(({ task, i }) => findUnknownFields(entries[i], task, ['tasks', i])),
    ...duplicates(entries),
  ];

  const context = contextOf(head.data, entries, placed, allowHighPriority);
  for (const { task, i } of placed)
    problems.push(
      ...within(`tasks[${i}]`, [
        ...checkTask(task, context),
        ...(task.schedule ? within('schedule', checkSchedule(task.schedule, floorMinutes)) : []),
        ...checkParameters(task, {
          workflow: context.definition.workflow,
          workflowParameters: head.data?.parameters ?? {},
          tasks: context.tasks,
        }),
      ]),
    );
  problems.push(...cycleProblems(placed, context));

  if (problems.length > 0 || !head.success) return err(problems);
  return ok({ ...head.data, tasks: placed.map(({ task }) => task) });
};

const headProblems = (
  input: unknown,
  head: z.infer<typeof header>,
  floorMinutes: 1 | 5,
): readonly Problem[] => [
  ...findUnknownFields(input, head),
  ...checkWorkflowParameters(head.parameters),
  ...(head.schedule ? within('schedule', checkSchedule(head.schedule, floorMinutes)) : []),
];

const duplicates = (entries: readonly unknown[]): readonly Problem[] => {
  const first = new Map<string, number>();
  return entries.flatMap((entry, i) => {
    const name = nameIn(entry);
    const before = name === undefined ? undefined : first.get(name);
    if (name !== undefined && before === undefined) first.set(name, i);
    if (before === undefined) return [];
    return [
      {
        path: `tasks[${i}].name`,
        code: 'duplicate-task',
        message: `name ${name} is taken by tasks[${before}]; choose another`,
      },
    ];
  });
};

const contextOf = (
  head: z.infer<typeof header> | undefined,
  entries: readonly unknown[],
  placed: readonly Placed[],
  allowHighPriority: boolean,
): TaskContext => {
  const workflow = head?.workflow ?? '';
  const children = new Map<string, Set<string>>();
  for (const { task } of placed)
    for (const { task: parent, period } of innerUpstreams(task, workflow))
      if (period === 'current')
        children.set(parent, (children.get(parent) ?? new Set()).add(task.name));

  return {
    definition: { workflow, schedule: head?.schedule },
    names: new Set(entries.flatMap((entry) => nameIn(entry) ?? [])),
    tasks: new Map(placed.map(({ task }) => [task.name, task])),
    children,
    allowHighPriority,
  };
};

/** W17, N32. Cross-cycle and self edges point to another cycle and close no circle. */
const cycleProblems = (
  placed: readonly Placed[],
  { definition: { workflow } }: TaskContext,
): readonly Problem[] => {
  const cycles = findCycles(
    placed.map(({ task }) => task.name),
    placed.flatMap(({ task }) =>
      innerUpstreams(task, workflow).map((up) => ({ from: up.task, to: task.name })),
    ),
  );
  return cycles.map((cycle) => {
    const at = placed.find(({ task }) => task.name === cycle[0]);
    const last = cycle.at(-1);
    const upstream = at?.task.upstreams.findIndex(({ task }) => task === last) ?? 0;
    return {
      path: `tasks[${at?.i}].upstreams[${upstream}].task`,
      code: 'cycle',
      message: `tasks wait for each other: ${[...cycle, cycle[0]].join(' → ')}; remove one of these upstreams`,
    };
  });
};

const within = (path: string, problems: readonly Problem[]): readonly Problem[] =>
  problems.map((problem) => ({
    ...problem,
    path: problem.path === '' ? path : `${path}.${problem.path}`,
  }));

const entriesOf = (input: unknown): readonly unknown[] => {
  const tasks = fieldOf(input, 'tasks');
  return Array.isArray(tasks) ? tasks : [];
};

const nameIn = (entry: unknown): string | undefined => {
  const name = fieldOf(entry, 'name');
  return typeof name === 'string' ? name : undefined;
};

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null && field in value
    ? (value as Record<string, unknown>)[field]
    : undefined;

/** Checked before anything recurses over the input; a YAML alias may even contain itself. */
const isTooDeep = (value: unknown, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
};
