import { type InstanceRef, instanceIdOf, runIdOf } from '../instance/instance-id.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { PlannedEdge, PlannedInstance } from './plan.ts';
import type { Cycle, TaskCycles } from './task-cycles.ts';

/** From this many parents of one upstream task on, children share a barrier instead of one edge to each (design.md §4). */
const maxDirectParents = 50;

export const needsBarrier = (parents: readonly Cycle[]): boolean =>
  parents.length > maxDirectParents;

/**
 * The barrier that stands for `parents`, consecutive cycles of one upstream task. Its id is a function of the task and
 * of what it stands for, so that every child, in whatever workflow, plans the same one. It belongs to the upstream's
 * project, runs nothing, and ends when the last parent has succeeded. `of` tells those of a backfill from others.
 */
export const barrierFor = (
  upstream: TaskCycles,
  parents: readonly Cycle[],
  of?: string,
): PlannedInstance => {
  const [first, last] = [parents[0], parents.at(-1)];
  if (!first || !last) throw new Error(`a barrier of ${upstream.task} needs parents`);
  const wholeDay = first.index === 1 && first.bizDate === last.bizDate;
  const from = wholeDay ? [] : [`from-${first.bizDate.replaceAll('-', '')}-${first.index}`];
  return barrierOf(
    {
      ...{ env: upstream.env, project: upstream.project, workflow: upstream.workflow },
      task: upstream.task,
      scope: [...(of === undefined ? [] : [of]), ...from].join('-'),
      bizDate: last.bizDate,
      index: last.index,
    },
    last.dueAt,
  );
};

/** An instance that runs nothing and ends when its last parent has succeeded. */
export const barrierOf = (
  place: Omit<InstanceRef, 'family' | 'cycle'>,
  dueAt: Instant,
): PlannedInstance => {
  const ref = { ...place, family: 'barrier', cycle: 1 } as const;
  return {
    ...ref,
    id: instanceIdOf(ref),
    runId: runIdOf(ref),
    kind: 'noop',
    version: 1,
    dueAt,
    priority: 'MIDDLE',
    resourceGroup: 'default',
    timeoutSeconds: 1,
    retries: { count: 0, intervalSeconds: 1, onTimeout: false, onLost: false },
  };
};

/** One edge from the barrier to each parent. */
export const barrierEdges = (
  barrier: PlannedInstance,
  parents: readonly string[],
  mayBeMissing: (i: number) => boolean,
): readonly PlannedEdge[] =>
  parents.map((parent, i) => ({
    child: barrier.id,
    parent,
    kind: 'barrier',
    ...(mayBeMissing(i) ? { ifExists: true } : {}),
  }));
