import type { BackfillFilter } from './backfill.schema.ts';
import { type GraphTask, reachable, type TaskGraph } from './task-graph.ts';

/** Whether a task passes every filter of massive mode: what they include, less what they exclude (N55). */
export const passesFilters = (
  graph: TaskGraph,
  filters: readonly BackfillFilter[],
): ((task: GraphTask) => boolean) => {
  const tests = filters.map((filter) => {
    const matches = matcherOf(graph, filter);
    return (task: GraphTask) => matches(task) === (filter.op === 'include');
  });
  return (task) => tests.every((passes) => passes(task));
};

const matcherOf = (
  graph: TaskGraph,
  { key, values }: BackfillFilter,
): ((task: GraphTask) => boolean) => {
  const named = new Set(values);
  switch (key) {
    case 'PROJECT':
      return ({ project }) => named.has(project);
    case 'NODE_NAME':
      return ({ task }) => named.has(task);
    case 'NODE_ID':
      return ({ id }) => named.has(id);
    case 'NODE_OUTPUT_NAME':
      return ({ outputs }) => outputs.some((output) => named.has(output));
    case 'TARGETS': {
      const over = reachable(graph.above, named);
      return ({ id }) => over.has(id);
    }
    case 'SOURCES': {
      const under = reachable(graph.below, named);
      return ({ id }) => under.has(id);
    }
  }
};
