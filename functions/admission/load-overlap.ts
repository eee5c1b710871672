import type { World } from '../../shared/domain/gate/world.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded, isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { runIsOver } from './run-is-over.ts';
import type { WorldDeps } from './world-deps.ts';

type Overlap = Pick<World, 'conditions' | 'expired'>;

const none: Overlap = { conditions: [] };

/**
 * What the run before says about the head of a run (workflows-and-logs B1.5): it waits for it, or its run expires. A run
 * of which something has begun or expired goes on as it began, so that its heads agree.
 */
export const loadOverlap =
  (deps: WorldDeps) =>
  async (instance: Instance, now: Instant): Promise<Overlap> => {
    const { overlap, previousRun, runId, nextDueAt, dueAt } = instance;
    if (!overlap || !previousRun) return none;

    const own = await deps.instances.ofRun(runId, { strong: true });
    if (own.some(({ outcome }) => outcome === 'expired'))
      return { conditions: [], expired: 'its run has expired' };
    if (own.some((each) => !isWaiting(each) || each.waitUntil || each.askedAt)) return none;
    if (overlap === 'newest-only' && nextDueAt !== undefined && nextDueAt <= now)
      return { conditions: [], expired: 'a newer run is due' };
    if (dueAt > now) return none;

    const before = await lastThatRan(deps, previousRun);
    if (await runIsOver(deps)(before)) return none;
    if (overlap === 'skip') return { conditions: [], expired: 'the run before has not ended' };

    const [first] = before.filter((each) => !isEnded(each));
    return {
      conditions: [
        {
          step: 'time',
          code: 'previous-run',
          since: dueAt,
          holder: `the run before, ${first?.runId ?? previousRun}`,
          clearsAt: null,
          action: 'wait for the run before, or stop it',
          ...(first ? { instance: first.id } : {}),
        },
      ],
    };
  };

/** Runs looked back over at most: a day of the shortest cycles. */
const furthestBack = 288;

/** The instances of the nearest earlier run that did not expire: behind one that was skipped another may still run. */
const lastThatRan = async (
  { instances }: Pick<WorldDeps, 'instances'>,
  runId: string,
): Promise<readonly Instance[]> => {
  let before: string | undefined = runId;
  for (let back = 0; before !== undefined && back < furthestBack; back += 1) {
    const found: readonly Instance[] = await instances.ofRun(before, { strong: true });
    if (!found.some(({ outcome }) => outcome === 'expired')) return found;
    before = found.find(({ previousRun }) => previousRun !== undefined)?.previousRun;
  }
  return [];
};
