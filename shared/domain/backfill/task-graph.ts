import type { Key } from '../kernel/key.schema.ts';
import type { TaskLink } from '../workflow/task-links.ts';

/** A task as a selection looks at it. */
export type GraphTask = {
  readonly id: string;
  readonly project: Key;
  readonly workflow: Key;
  readonly task: Key;
  /** Its outputs and the dataset that it writes. */
  readonly outputs: readonly string[];
  readonly paused: boolean;
};

/** Tasks of several workflows, named in full, and who waits for whom. */
export type TaskGraph = {
  readonly tasks: ReadonlyMap<string, GraphTask>;
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
};

/** A graph of those links whose ends are both known; what a task has with itself is left out. */
export const taskGraphOf = (
  tasks: readonly GraphTask[],
  links: readonly Pick<TaskLink, 'from' | 'to'>[],
): TaskGraph => {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const above = new Map<string, string[]>();
  const below = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { from, to } of links) {
    const pair = `${from} ${to}`;
    if (from === to || !known.has(from) || !known.has(to) || seen.has(pair)) continue;
    seen.add(pair);
    put(above, to, from);
    put(below, from, to);
  }
  return { tasks: known, above, below };
};

/** All that can be reached from `starts` in at most `levels` steps, the starts themselves included. */
export const reachable = (
  next: ReadonlyMap<string, readonly string[]>,
  starts: Iterable<string>,
  levels = Number.POSITIVE_INFINITY,
): ReadonlySet<string> => {
  const seen = new Set(starts);
  let frontier = [...seen];
  for (let level = 0; level < levels && frontier.length > 0; level += 1) {
    const found: string[] = [];
    for (const from of frontier)
      for (const to of next.get(from) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        found.push(to);
      }
    frontier = found;
  }
  return seen;
};

/** What is not in `chosen` and stands between two of them. */
export const between = (graph: TaskGraph, chosen: ReadonlySet<string>): ReadonlySet<string> => {
  const under = reachable(graph.below, chosen);
  const over = reachable(graph.above, chosen);
  return new Set([...under].filter((id) => over.has(id) && !chosen.has(id)));
};

const put = (lists: Map<string, string[]>, key: string, value: string): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};
