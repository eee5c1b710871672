import type { Key } from '../kernel/key.schema.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { type BackfillSelection, maxListedTasks } from './backfill.schema.ts';
import { passesFilters } from './passes-filters.ts';
import { between, reachable, type TaskGraph } from './task-graph.ts';

/** Tasks by id, in the order of the graph. */
export type ResolvedSelection = {
  readonly run: readonly string[];
  /** Stand between others, or are roots that do not run. */
  readonly dryRun: readonly string[];
  /** Left out: paused, or below a paused one. */
  readonly paused: readonly string[];
  /** Left out: in projects where the owner may run nothing. */
  readonly forbidden: readonly string[];
};

export type SelectionRefused = {
  readonly reason: 'unknown-tasks' | 'too-many-tasks' | 'nothing-selected';
  readonly message: string;
};

type Graphs = {
  /** Every dependency: what is downstream. */
  readonly all: TaskGraph;
  /** Only what orders one date: what stands between. */
  readonly ofOneDate: TaskGraph;
};

/**
 * Which tasks of the graph a backfill runs (nodes-and-instances 3.4, semantics 4 and 5). `mayRun` says in which projects
 * its owner may run tasks; elsewhere they can only stand in between.
 */
export const resolveSelection = (
  { all, ofOneDate }: Graphs,
  selection: BackfillSelection,
  mayRun: (project: Key) => boolean,
): Result<ResolvedSelection, SelectionRefused> => {
  const { mode, levels, tasks, filters, includeRoot, skipPaused } = selection;
  const roots = new Set(selection.roots.flatMap((root) => tasksOf(all, root)));
  const missing = [
    ...selection.roots.filter((root) => tasksOf(all, root).length === 0),
    ...(mode === 'list' ? (tasks ?? []) : []).filter((id) => !all.tasks.has(id)),
  ];
  if (missing.length > 0)
    return err({
      reason: 'unknown-tasks',
      message: `no such tasks: ${missing.slice(0, 10).join(', ')}`,
    });

  const passes = passesFilters(all, filters);
  const under = (steps?: number) => reachable(all.below, roots, steps);
  const wanted =
    mode === 'massive'
      ? [...under()].filter((id) => {
          const task = all.tasks.get(id);
          return roots.has(id) || (task !== undefined && passes(task));
        })
      : tasks
        ? [...roots, ...tasks]
        : [...under(levels === 'all' ? undefined : levels)];

  const stopped = skipPaused ? belowPaused(all, roots) : new Set<string>();
  const isForbidden = (id: string) => !mayRun(all.tasks.get(id)?.project ?? '');
  const unique = [...new Set(wanted)];
  const chosen = new Set(unique.filter((id) => !stopped.has(id) && !isForbidden(id)));
  if (chosen.size === 0)
    return err({ reason: 'nothing-selected', message: 'no task that may run is selected' });
  if (mode === 'list' && chosen.size > maxListedTasks)
    return err({
      reason: 'too-many-tasks',
      message: `${chosen.size} tasks are selected and list mode takes ${maxListedTasks}; use massive mode and narrow it with filters`,
    });

  const idle = includeRoot ? new Set<string>() : roots;
  const run = new Set([...chosen].filter((id) => !idle.has(id)));
  const dryRun = new Set([
    ...[...chosen].filter((id) => idle.has(id)),
    ...between(ofOneDate, chosen),
  ]);
  const inOrder = [...all.tasks.keys()];
  return ok({
    run: inOrder.filter((id) => run.has(id)),
    dryRun: inOrder.filter((id) => dryRun.has(id)),
    paused: unique.filter((id) => stopped.has(id)),
    forbidden: unique.filter((id) => !stopped.has(id) && isForbidden(id)),
  });
};

/** The tasks that a root names: one, or all of a workflow. */
const tasksOf = ({ tasks }: TaskGraph, root: string): readonly string[] => {
  if (tasks.has(root)) return [root];
  return root.split('/').length === 2
    ? [...tasks.keys()].filter((id) => id.startsWith(`${root}/`))
    : [];
};

/** Paused tasks that are no roots, and everything below them but roots. */
const belowPaused = (graph: TaskGraph, roots: ReadonlySet<string>): ReadonlySet<string> => {
  const paused = [...graph.tasks.values()].filter((task) => task.paused && !roots.has(task.id));
  const under = reachable(
    graph.below,
    paused.map(({ id }) => id),
  );
  return new Set([...under].filter((id) => !roots.has(id)));
};
