import { type Ancestor, aboveOf } from '../../shared/domain/diagnosis/root-of.ts';
import { explainPaused } from '../../shared/domain/gate/blockers.ts';
import type { Blocker } from '../../shared/domain/gate/decision.schema.ts';
import { holdsOf } from '../../shared/domain/hold/holds-of.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { poolsOf } from '../../shared/domain/pool/pools-of.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { WorldDeps } from '../admission/world-deps.ts';

/** An explanation may be rough beyond this: nobody reads two thousand causes. */
const mostInstances = 2000;
const mostLevels = 20;
const atOnce = 24;

export type FoundAncestor = Ancestor & { readonly id: string; readonly level: number };
export type Ancestry = {
  readonly found: readonly FoundAncestor[];
  readonly levels: number;
  /** False when the bounds ended the search. */
  readonly complete: boolean;
};

/**
 * The instances above `open` whose edges are open, level by level, each once whatever the graph: open edges only are
 * followed, so what has succeeded costs nothing.
 */
export const findAncestors =
  (deps: WorldDeps) =>
  async (open: readonly string[], now: Instant): Promise<Ancestry> => {
    const seen = new Set(open.slice(0, mostInstances));
    const found: FoundAncestor[] = [];
    let frontier: readonly string[] = [...seen];
    let cut = open.length > mostInstances;
    let level = 0;

    while (frontier.length > 0 && level < mostLevels) {
      level += 1;
      const there = await deps.instances.findMany(frontier, { strong: true });
      const looked = await inParallel(frontier, atOnce, async (id): Promise<FoundAncestor> => {
        const instance = there.get(id);
        return { id, level, ...(await lookAt(deps, instance, mostInstances, now)) };
      });
      found.push(...looked);

      const next = [...new Set(looked.flatMap(aboveOf))].filter((id) => !seen.has(id));
      const room = Math.max(0, mostInstances - seen.size);
      cut ||= next.length > room;
      frontier = next.slice(0, room);
      for (const id of frontier) seen.add(id);
    }
    return { found, levels: level, complete: !cut && frontier.length === 0 };
  };

const lookAt = async (
  deps: WorldDeps,
  instance: Instance | undefined,
  limit: number,
  now: Instant,
): Promise<Ancestor> => {
  if (!instance || !isWaiting(instance)) return { instance, open: [], kept: [] };
  const [open, kept] = await Promise.all([
    instance.forced ? [] : deps.instances.openEdges(instance.id, limit),
    keptBy(deps, instance, now),
  ]);
  return { instance, open, kept };
};

/** The pauses and holds that keep an instance, in the gate's own words, also while it still waits for others. */
const keptBy = async (
  { catalog }: WorldDeps,
  instance: Instance,
  now: Instant,
): Promise<readonly Blocker[]> => {
  if (instance.family === 'barrier') return [];
  const [{ paused, task }, { rules, groups, holds }] = await Promise.all([
    catalog.currentTask(instance),
    catalog.limits(),
  ]);
  const pools = poolsOf(instance, task?.pools ?? [], rules, groups, now).map(({ id }) => id);
  return explainPaused(instance, {
    ...{ now, openParents: [], conditions: [], endedParents: [], pools: [], holders: {} },
    task: { paused },
    holds: holdsOf(instance, pools, holds, now),
  });
};
