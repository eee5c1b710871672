import type { Blocker } from '../gate/decision.schema.ts';
import type { HeldSlot, Instance, Outcome } from '../instance/instance.schema.ts';
import { isEnded } from '../instance/lifecycle.ts';
import type { Zone } from '../kernel/time.schema.ts';
import type { Task } from '../workflow/task.schema.ts';
import type { TaskState } from '../workflow/task-state.schema.ts';
import type { ExpectedDuration } from './expected-duration.ts';
import type { Horizon } from './plan-horizon.ts';
import type { SimulatedWait } from './simulation.schema.ts';

/** An instance on its way through the virtual day. Times are epoch milliseconds. */
export type VirtualInstance = {
  instance: Instance;
  /** What an attempt would run; undefined when the task was taken away. */
  readonly task: Task | undefined;
  readonly zone: Zone;
  readonly paused: TaskState['paused'];
  readonly expected: ExpectedDuration;
  readonly children: readonly string[];
  readonly parents: readonly string[];
  readonly missing: readonly string[];
  readonly beyond: boolean;
  /** Upstreams that have not succeeded. */
  openParents: number;
  stage: 'waiting' | 'running' | 'succeeded' | 'failed';
  startAt: number | undefined;
  endAt: number | undefined;
  outcome: Outcome | undefined;
  slots: readonly HeldSlot[];
  queuedFor: string | undefined;
  waits: SimulatedWait[];
  wait:
    | { readonly why: SimulatedWait['why']; readonly on?: string | undefined; since: number }
    | undefined;
  /** Why it stood still when it was looked at last. */
  blocker: Blocker | undefined;
};

/** What the catalog knows about the task of an instance. */
export type CatalogTask = Pick<VirtualInstance, 'task' | 'zone' | 'paused' | 'expected'>;

/** The instances of a horizon, ready to run. */
export const virtualInstances = (
  { instances, parents, missing, beyond }: Horizon,
  catalogTask: (instance: Instance) => CatalogTask,
): ReadonlyMap<string, VirtualInstance> => {
  const children = new Map<string, string[]>();
  for (const [child, above] of parents)
    for (const parent of above) {
      const known = children.get(parent);
      if (known) known.push(child);
      else children.set(parent, [child]);
    }

  return new Map(
    [...instances].map(([id, instance]) => {
      const above = parents.get(id) ?? [];
      const open = above.filter((parent) => instances.get(parent)?.status !== 'SUCCESS');
      const gone = missing.get(id) ?? [];
      const hasEnded = isEnded(instance);
      return [
        id,
        {
          ...catalogTask(instance),
          instance,
          children: children.get(id) ?? [],
          parents: above,
          missing: gone,
          beyond: beyond.has(id),
          openParents: open.length + gone.length + (beyond.has(id) ? 1 : 0),
          stage: !hasEnded ? 'waiting' : instance.status === 'SUCCESS' ? 'succeeded' : 'failed',
          startAt: instance.startedAt === undefined ? undefined : Date.parse(instance.startedAt),
          endAt: hasEnded && instance.endedAt ? Date.parse(instance.endedAt) : undefined,
          outcome: instance.outcome,
          slots: instance.slots,
          queuedFor: undefined,
          waits: [],
          wait: undefined,
          blocker: undefined,
        },
      ];
    }),
  );
};
