import type { Instant } from '../kernel/time.schema.ts';
import type { VirtualInstance } from './virtual-instance.ts';
import { type Overlapping, previousRunBlocker } from './virtual-world.ts';

const nothing: Overlapping = { conditions: [] };

/**
 * What the overlap rule of a workflow does on the virtual clock: the head of a run waits for the run before, or expires;
 * what stands below a head that expired expires with it (workflows-and-logs B1.5).
 */
export const overlapRules = (all: ReadonlyMap<string, VirtualInstance>) => {
  const open = new Map<string, number>();
  const heads = new Map<string, string[]>();
  for (const { instance } of all.values()) {
    if (instance.family !== 'barrier')
      open.set(instance.runId, (open.get(instance.runId) ?? 0) + 1);
    if (instance.previousRun !== undefined)
      heads.set(instance.previousRun, [...(heads.get(instance.previousRun) ?? []), instance.id]);
  }

  return {
    /** Notes an end; answers who may have waited for the run of it. */
    ended({ instance }: VirtualInstance): readonly string[] {
      if (instance.family === 'barrier') return [];
      const left = (open.get(instance.runId) ?? 1) - 1;
      open.set(instance.runId, left);
      return left === 0 ? (heads.get(instance.runId) ?? []) : [];
    },

    saysOf({ instance, parents }: VirtualInstance, now: Instant): Overlapping {
      const { overlap, previousRun, nextDueAt } = instance;
      if (overlap === undefined || instance.dueAt > now) return nothing;
      if (previousRun === undefined) {
        const gone = parents.some((id) => {
          const parent = all.get(id);
          return parent?.outcome === 'expired' && parent.instance.runId === instance.runId;
        });
        return gone ? { conditions: [], expired: 'its run expired' } : nothing;
      }
      if ((open.get(previousRun) ?? 0) <= 0) return nothing;
      if (overlap === 'skip') return { conditions: [], expired: 'the run before is not over' };
      if (overlap === 'newest-only' && nextDueAt !== undefined && nextDueAt <= now)
        return { conditions: [], expired: 'a newer run is due' };
      const blocker = previousRunBlocker(previousRun, instance.dueAt);
      return {
        conditions: [
          overlap === 'newest-only' ? { ...blocker, clearsAt: nextDueAt ?? null } : blocker,
        ],
      };
    },
  };
};
