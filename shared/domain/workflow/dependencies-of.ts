import type { Key } from '../kernel/key.schema.ts';
import type { WorkflowDefinition } from './definition.schema.ts';
import type { Task, Upstream } from './task.schema.ts';

/** One declared dependency of a task. `crossCycle` is drawn dashed: it never orders the tasks of one cycle. */
export type Dependency = {
  readonly child: Key;
  readonly task: Key;
  /** Missing: the workflow itself. */
  readonly workflow?: Key | undefined;
  /** Missing: the project itself. */
  readonly project?: Key | undefined;
  readonly crossCycle: boolean;
  readonly kind: 'current' | 'cross-cycle' | 'self';
};

/** All dependencies that a definition declares, self-dependence included, in the order of writing. */
export const dependenciesOf = (
  definition: Pick<WorkflowDefinition, 'workflow' | 'tasks'>,
): readonly Dependency[] =>
  definition.tasks.flatMap((task) => [
    ...task.upstreams.map(
      (upstream): Dependency => ({
        child: task.name,
        task: upstream.task,
        ...(isExternal(upstream, definition.workflow)
          ? { workflow: upstream.workflow ?? definition.workflow, project: upstream.project }
          : {}),
        crossCycle: upstream.period !== 'current',
        kind: upstream.period === 'current' ? 'current' : 'cross-cycle',
      }),
    ),
    ...(task.selfDependent
      ? [{ child: task.name, task: task.name, crossCycle: true, kind: 'self' } as const]
      : []),
  ]);

/** The upstream lies in another workflow. A named project always does: inside, one leaves it out. */
export const isExternal = (
  upstream: Pick<Upstream, 'workflow' | 'project'>,
  workflow: Key,
): boolean =>
  upstream.project !== undefined ||
  (upstream.workflow !== undefined && upstream.workflow !== workflow);

/**
 * The upstreams that order `task` within one cycle of its own workflow. A window of 24 hours ends with the task's own due
 * time, so it counts too, while earlier business dates cannot close a circle.
 */
export const innerUpstreams = (task: Pick<Task, 'upstreams'>, workflow: Key): readonly Upstream[] =>
  task.upstreams.filter((upstream) => ordersOneCycle(upstream) && !isExternal(upstream, workflow));

/** Whether the upstream's instance may belong to the same cycle. */
export const ordersOneCycle = ({ period }: Pick<Upstream, 'period'>): boolean =>
  period === 'current' || period === 'last24h';
