import type { GroupedDate } from './group-dates.ts';
import type { TaskGraph } from './task-graph.ts';

/**
 * Seconds that a backfill takes when nothing but its own order holds it up: on each date the longest chain of mean
 * durations, dates of a group one after the other, groups side by side. Undefined when no task has a history.
 */
export const estimateSeconds = (
  graph: TaskGraph,
  dates: readonly GroupedDate[],
  secondsOf: (task: string) => number | undefined,
): number | undefined => {
  const tasks = [...graph.tasks.keys()];
  if (tasks.every((task) => secondsOf(task) === undefined)) return undefined;

  const open = new Map(tasks.map((task) => [task, graph.above.get(task)?.length ?? 0]));
  const startOf = new Map<string, number>();
  const ready = tasks.filter((task) => open.get(task) === 0);
  let longest = 0;
  for (let task = ready.pop(); task !== undefined; task = ready.pop()) {
    const end = (startOf.get(task) ?? 0) + (secondsOf(task) ?? 0);
    longest = Math.max(longest, end);
    for (const child of graph.below.get(task) ?? []) {
      startOf.set(child, Math.max(startOf.get(child) ?? 0, end));
      const left = (open.get(child) ?? 0) - 1;
      open.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  const perGroup = Map.groupBy(dates, ({ group }) => group);
  return longest * Math.max(0, ...[...perGroup.values()].map(({ length }) => length));
};
