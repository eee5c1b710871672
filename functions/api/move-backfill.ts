import type { BackfillMoves } from '../../shared/contracts/api/backfill-view.ts';
import type { Backfill, BackfillPlan } from '../../shared/domain/backfill/backfill.schema.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { HandOperation } from '../../shared/domain/operation/instance-operation.schema.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { ApiStores } from './api-stores.ts';
import { batch } from './batch.ts';
import { moveByHand } from './move-by-hand.ts';
import { requireRole } from './require-role.ts';

/** Instances moved and looked at by one call; the answer says when there is more. */
const instancesMoved = 500;
const instancesLookedAt = 5_000;

type Asked = {
  readonly what: 'terminate' | 'rerun';
  readonly comment?: string | undefined;
  readonly cursor?: string | undefined;
};

/**
 * Ends a backfill, or reruns what failed, run after run in the order of its dates. Terminating pauses what waits for its
 * upstreams, because that cannot be terminated (spec/README 14): first, and the last dates first, so that nothing which
 * ends wakes what is about to be paused.
 */
export const moveBackfill =
  (stores: Pick<ApiStores, 'instances' | 'clock'>, context: ApiContext) =>
  async (
    { id }: Backfill,
    plan: BackfillPlan | undefined,
    { what, comment, cursor }: Asked,
  ): Promise<BackfillMoves> => {
    const dates = what === 'terminate' ? (plan?.dates.toReversed() ?? []) : (plan?.dates ?? []);
    const runs = dates.flatMap((date) => date.runs);
    let next = Number(positionOf(cursor)?.[id] ?? 0);
    let looked = 0;
    const chosen: Instance[] = [];
    let isFull = false;
    while (next < runs.length && looked < instancesLookedAt && !isFull) {
      const found = await stores.instances.ofRun(runs[next] ?? '', { strong: true });
      looked += found.length;
      const fitting = found.filter((each) => fits(each, what));
      const room = instancesMoved - chosen.length;
      chosen.push(...fitting.slice(0, room));
      isFull = fitting.length > room;
      if (!isFull) next += 1;
    }

    const waiting = chosen.filter(({ status }) => status === 'NOT_RUN');
    const others = chosen.filter(({ status }) => status !== 'NOT_RUN');
    const paused = await moveAll(stores, context, waiting, { op: 'pause', comment });
    const moved = await moveAll(stores, context, others, { op: what, comment });
    const more = next < runs.length;
    return {
      moved: moved.succeeded.length,
      paused: paused.succeeded.length,
      failed: [...paused.failed, ...moved.failed],
      more,
      ...(more ? { cursor: cursorOf({ [id]: String(next) }) } : {}),
    };
  };

const fits = (instance: Instance, what: Asked['what']): boolean => {
  if (what === 'rerun') return instance.status === 'FAILED';
  return (
    !isEnded(instance) && !instance.stopping && !(instance.status === 'NOT_RUN' && instance.paused)
  );
};

const moveAll = (
  stores: Pick<ApiStores, 'instances' | 'clock'>,
  context: ApiContext,
  instances: readonly Instance[],
  operation: HandOperation,
) => {
  const move = moveByHand(stores, context);
  const projects = new Map(instances.map(({ id, project }) => [id, project]));
  return batch([...projects.keys()], async (id) => {
    const denied = await requireRole(context, projects.get(id) ?? '', 'operator');
    if (denied) return err(denied);
    const moved = await move(id, operation);
    return moved.ok ? ok({}) : moved;
  });
};
