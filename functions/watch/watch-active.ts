import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { endAttempt } from '../../shared/domain/run/end-attempt.ts';
import { machineOf } from '../../shared/domain/run/machine-of.ts';
import { unclaimedSeconds, watchActive } from '../../shared/domain/run/watch-active.ts';
import { eachQueued } from './each-queued.ts';
import type { WatchDeps } from './watch-deps.ts';

/** Starts unclaimed attempts again, stops overdue ones and ends those whose execution is gone. */
export const watchActiveInstances = async (deps: WatchDeps): Promise<number> => {
  const until = plusSeconds(deps.clock(), -unclaimedSeconds);
  return eachQueued(deps, deps.instances.active, until, async (instance) => {
    const verdict = watchActive(instance, machineOf(instance), deps.clock());
    if (verdict === 'leave') return false;
    if (verdict === 'start-again') await deps.startAttempt(instance);
    else if (verdict === 'stop') await stop(deps, instance);
    else await end(deps, instance);
    return true;
  });
};

/** The move makes release ask for the end of the execution, and a time-out of what ends; asked again each minute. */
const stop = async (deps: WatchDeps, instance: Instance): Promise<void> => {
  if (instance.stopping) return deps.stopAttempt(instance);
  const set = { stopping: 'timeout' } as const;
  const at = deps.clock();
  const moved = moveInstance(instance, { move: 'time-out', at, actor: deps.actor, set });
  if (moved.ok) await deps.instances.commit(moved.value);
};

const end = async (deps: WatchDeps, instance: Instance): Promise<void> => {
  const ending = { how: 'lost', error: 'the execution ended without a word' } as const;
  const ended = endAttempt(instance, ending, { at: deps.clock(), actor: deps.actor });
  if (!ended.ok) return;
  await deps.instances.commit(ended.value.moved, { give: instance.slots });
};
