import type { Key } from '../kernel/key.schema.ts';
import type { WorkflowDefinition } from '../workflow/definition.schema.ts';
import { innerUpstreams } from '../workflow/dependencies-of.ts';
import { buildGraph, descendantsOf } from '../workflow/graph.ts';

/** The tasks that a branch of their workflow may skip, directly or through others. */
export const belowBranches = ({
  workflow,
  tasks,
}: Pick<WorkflowDefinition, 'workflow' | 'tasks'>): ReadonlySet<Key> => {
  const branches = tasks.filter(({ kind }) => kind === 'branch');
  if (branches.length === 0) return new Set();

  const graph = buildGraph(
    tasks.map(({ name }) => name),
    tasks.flatMap((task) =>
      innerUpstreams(task, workflow)
        .filter(({ period }) => period === 'current')
        .map((up) => ({ from: up.task, to: task.name })),
    ),
  );
  return new Set(branches.flatMap(({ name }) => [...descendantsOf(graph, name)]));
};
