import type { Blocker } from '../gate/decision.schema.ts';
import type { World } from '../gate/world.ts';
import type { Hold } from '../hold/hold.schema.ts';
import { holdsOf } from '../hold/holds-of.ts';
import { runDateOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { ResourceGroup, ThrottleRule } from '../pool/pool.schema.ts';
import { type LimitedPool, poolsOf } from '../pool/pools-of.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import type { TaskWork } from '../workflow/task.schema.ts';
import type { VirtualInstance } from './virtual-instance.ts';
import type { VirtualPools } from './virtual-pools.ts';

export type Limits = {
  readonly rules: readonly ThrottleRule[];
  readonly groups: readonly ResourceGroup[];
  readonly holds: readonly Hold[];
};

/** What overlap rules say about an instance at the moment. */
export type Overlapping = Pick<World, 'conditions' | 'expired'>;

/**
 * What the gate looks at, built in memory. What a branch would choose is not known beforehand, so every way is taken:
 * the simulation shows the most that can run.
 */
export const virtualWorld = ({ rules, groups, holds }: Limits, pools: VirtualPools) => {
  const hasWindows = rules.some(({ windows }) => windows.length > 0);
  const applying = new Map<string, readonly LimitedPool[]>();
  const poolsAt = ({ instance, task }: VirtualInstance, now: Instant): readonly LimitedPool[] => {
    const { env, project, workflow, kind, family, priority, resourceGroup } = instance;
    const parts = [env, project, workflow, instance.task, kind, family, priority, resourceGroup];
    // Limits change at whole minutes only.
    const key = [...parts, hasWindows ? now.slice(0, 16) : ''].join('\n');
    const known = applying.get(key) ?? poolsOf(instance, task?.pools ?? [], rules, groups, now);
    applying.set(key, known);
    return known;
  };

  return (one: VirtualInstance, now: Instant, overlapping: Overlapping): World => {
    const { instance, task, zone, paused } = one;
    const isBarrier = instance.family === 'barrier';
    const limited = isBarrier ? [] : poolsAt(one, now);
    const runs = !isBarrier && !instance.empty && task !== undefined && !isGate(task);
    const poolIds = limited.map(({ id }) => id);
    return {
      now,
      openParents: [],
      holds: isBarrier ? [] : holdsOf(instance, poolIds, holds, now),
      ...overlapping,
      endedParents: [],
      task: { paused, work: workOf(task) },
      ...(task?.kind === 'wait' && task.until !== undefined
        ? { untilAt: instantOfLocal(`${runDateOf(instance.bizDate)}T${task.until}`, zone) }
        : {}),
      pools: runs ? limited.map((pool) => pools.stateOf(pool)) : [],
      holders: {},
    };
  };
};

const isGate = ({ kind }: Pick<TaskWork, 'kind'>): boolean =>
  kind === 'noop' || kind === 'wait' || kind === 'branch' || kind === 'approval';

const workOf = (task: TaskWork | undefined): TaskWork | undefined =>
  task?.kind === 'branch' ? { kind: 'noop' } : task;

/** The run before is not over: a condition that the clock alone does not clear. */
export const previousRunBlocker = (run: string, since: Instant): Blocker => ({
  step: 'time',
  code: 'previous-run',
  since,
  holder: `run ${run}, which is not over`,
  clearsAt: null,
  action: 'wait until it is over',
});
