import { backfillOfBarrier, dateBarrierId } from '../../shared/domain/backfill/date-barrier.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { type SettleDeps, settleInstance } from '../admission/settle-instance.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

const atOnce = 16;
/** A task has at most as many upstreams (shared/domain/workflow/task.schema.ts). */
const mostParents = 2_000;

/**
 * Lets the next date of a backfill begin although one has failed, where that was asked for: once everything of the date
 * has ended or cannot start without a person, the edges that keep its barrier are closed. `instance` is one that has
 * failed, or the barrier itself. True when the barrier was let go.
 */
export const passDateBarrier =
  (deps: SettleDeps) =>
  async (instance: Instance): Promise<boolean> => {
    const scope =
      instance.family === 'barrier' ? backfillOfBarrier(instance.scope) : instance.scope;
    if (scope === undefined || (instance.family !== 'backfill' && instance.family !== 'barrier'))
      return false;
    const backfill = await deps.catalog.backfill(scope);
    if (!backfill?.continueOnFailure) return false;

    const id = dateBarrierId(backfill, instance.bizDate);
    const barrier = await deps.instances.find(id);
    if (!barrier || isEnded(barrier)) return false;
    const parents = await deps.instances.parentsOf(id);
    if (!(await isOver(deps.instances, parents))) return false;

    const found = await deps.instances.findMany(parents, { strong: true });
    await inParallel([...found.values()], atOnce, ({ id: parent, seq }) =>
      deps.instances.settleEdge({ child: id, parent }, seq + 1),
    );
    await settleInstance(deps)(id);
    return true;
  };

/**
 * Whether nothing above can go on by itself: each has ended, is paused, or waits for others of the kind. Whatever still
 * runs or waits for time or a slot stands above something that is open, so following open edges meets it.
 */
const isOver = async (instances: InstanceStore, parents: readonly string[]): Promise<boolean> => {
  const seen = new Set(parents);
  for (let level = [...parents]; level.length > 0; ) {
    const found = await instances.findMany(level, { strong: true });
    if (found.size < level.length) return false;
    const waiting = [...found.values()].filter((each) => !isEnded(each) && !each.paused);
    if (waiting.some(({ status }) => status !== 'NOT_RUN')) return false;

    const above = await inParallel(waiting, atOnce, ({ id }) =>
      instances.openEdges(id, mostParents),
    );
    if (above.some(({ length }) => length === 0)) return false;
    const open = await instances.findMany([...new Set(above.flat())], { strong: true });
    if ([...open.values()].some(({ status }) => status === 'SUCCESS')) return false;
    level = [...new Set(above.flat())].filter((id) => !seen.has(id));
    for (const id of level) seen.add(id);
  }
  return true;
};
