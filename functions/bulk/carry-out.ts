import { isBarrier } from '../../shared/domain/bulk/choose-targets.ts';
import type { ItemMove } from '../../shared/domain/bulk/decide-item.ts';
import type { Outcome } from '../../shared/domain/bulk/merge-results.ts';
import type { OperationItem } from '../../shared/domain/bulk/operation.schema.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { Fault, retryableFaults } from '../../shared/domain/kernel/fault.ts';
import type { BulkWork, RunDeps } from './bulk-deps.ts';
import { decideFor } from './decide-for.ts';
import { closeOutside, openAbove } from './edges-above.ts';
import { targetIdsOf } from './target-ids-of.ts';

/** Does to one instance what its operation does; safe to repeat. */
export type CarryOut = (item: OperationItem) => Promise<Outcome>;

/** Somebody else's move may come in between; then it is decided anew on what is now. */
const tries = 6;

/** A failure that trying again cannot cure is the result of its item alone; any other ends the call, which is repeated. */
export const carryOutOn = (deps: RunDeps, work: BulkWork): CarryOut => {
  const targets = targetIdsOf(deps, work);
  return async (item) => {
    try {
      return await carryOut(deps, work, item, targets);
    } catch (error) {
      if (!(error instanceof Fault) || retryableFaults.includes(error.name)) throw error;
      return { result: 'failed', reason: error.message };
    }
  };
};

const carryOut = async (
  deps: RunDeps,
  work: BulkWork,
  { id, root = false }: OperationItem,
  targets: () => Promise<ReadonlySet<string>>,
): Promise<Outcome> => {
  const { instances, clock } = deps;
  const { operation, ask } = work;
  const force = operation.op === 'rerun-downstream' && ask.parameters.force === true;
  const ordered = operation.op === 'rerun' || operation.op === 'rerun-downstream';

  for (let attempt = 0; attempt < tries; attempt += 1) {
    const instance = await instances.find(id);
    if (!instance) return { result: 'failed', reason: 'there is no such instance any more' };
    if (await wasMoved(deps, work, instance)) return { result: 'succeeded' };

    const step = await stepOf(deps, work, instance, root);
    if ('result' in step) return step;
    if (force && !root) await closeOutside(deps, id, await targets());
    if (ordered && !(force && root)) await openAbove(deps, id, operation.id);
    if (!step.request) return { result: 'succeeded' };

    const { actor } = operation;
    const request = { ...step.request, at: clock(), actor, operation: operation.id };
    const moved = moveInstance(instance, request);
    if (!moved.ok) return { result: 'skipped', reason: moved.error.message };
    if ((await instances.commit(moved.value)) === 'committed') return { result: 'succeeded' };
  }
  return { result: 'failed', reason: 'it keeps changing' };
};

type Step = Outcome & { readonly result: 'skipped' | 'failed' };

/** A barrier that has passed passes again once what is above it has; one that waits does so already. */
const stepOf = async (
  deps: RunDeps,
  work: BulkWork,
  instance: Instance,
  root: boolean,
): Promise<Step | { readonly request?: ItemMove }> => {
  if (isBarrier(instance.id))
    return instance.status === 'SUCCESS' ? { request: { move: 'rerun' } } : {};
  const decision = await decideFor(deps, work, instance, root);
  if (decision.decide === 'refuse') return { result: 'skipped', reason: decision.reason };
  return decision.decide === 'move' ? { request: decision.request } : {};
};

/** Its last moves say so; where older ones have left the item since the operation began, its whole history does. */
const wasMoved = async (
  { instances }: RunDeps,
  { operation: { id, confirmedAt = '' } }: BulkWork,
  instance: Instance,
): Promise<boolean> => {
  const isOurs = ({ operation }: { readonly operation?: string | undefined }) => operation === id;
  if (instance.moves.some(isOurs)) return true;
  const [oldest] = instance.moves;
  const isCut = oldest !== undefined && oldest.seq > 1 && oldest.at >= confirmedAt;
  return isCut && (await instances.history(instance.id)).some(isOurs);
};
