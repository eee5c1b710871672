import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { decideEnd } from '../../shared/domain/run/decide-end.ts';
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
    else if (verdict === 'stop') await deps.stopAttempt(instance);
    else await end(deps, instance);
    return true;
  });
};

const end = async (deps: WatchDeps, instance: Instance): Promise<void> => {
  const at = deps.clock();
  const ending = decideEnd(
    instance,
    { how: 'lost', error: 'the execution ended without a word' },
    at,
  );
  const { move, ...set } = ending;
  const moved = moveInstance(instance, {
    move,
    at,
    actor: deps.actor,
    reason: 'error' in ending ? ending.error : undefined,
    set,
  });
  if (moved.ok)
    await deps.instances.commit(moved.value, {
      give: instance.slots,
      attempt: {
        attempt: instance.attempt,
        status: moved.value.instance.status,
        outcome: moved.value.instance.outcome,
        codeVersion: instance.codeVersion,
        submittedAt: instance.submittedAt ?? at,
        startedAt: instance.startedAt,
        endedAt: at,
        error: 'error' in ending ? ending.error : undefined,
      },
    });
};
