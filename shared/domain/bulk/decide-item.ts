import type { Instance } from '../instance/instance.schema.ts';
import { isActive, isEnded, isWaiting, type MoveName } from '../instance/lifecycle.ts';
import type { MoveRequest } from '../instance/move-instance.ts';
import { refusalOf } from '../instance/refusal-of.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { requestOfOperation } from '../operation/request-of-operation.ts';
import type { BulkOp, DownstreamRange, OperationParameters } from './operation.schema.ts';

/** What is to be done to one instance of an operation. */
export type Undertaking = {
  readonly op: BulkOp;
  readonly parameters: OperationParameters;
  readonly actor: string;
  readonly comment?: string | undefined;
  /** Of rerun-downstream: those that have not started stay as they are only where all were meant. */
  readonly range?: DownstreamRange | undefined;
  readonly isRoot?: boolean | undefined;
  /** Of an undo: only what this operation did is taken back. */
  readonly undoes?: string | undefined;
};

export type ItemMove = Pick<MoveRequest, 'move' | 'set' | 'reason'>;

/** `wait`: nothing is written, because it has not started and simply waits again. */
export type ItemDecision =
  | { readonly decide: 'move'; readonly request: ItemMove }
  | { readonly decide: 'wait' }
  | { readonly decide: 'refuse'; readonly reason: string };

/** Decides by the lifecycle table what an operation does to an instance as it is now. */
export const decideItem = (
  instance: Instance,
  undertaking: Undertaking,
  now: Instant,
): ItemDecision => {
  const { op, undoes, parameters, comment, actor } = undertaking;
  if (op === 'rerun-downstream') return decideDownstream(instance, undertaking);
  if (undoes !== undefined && instance.undo?.operation !== undoes)
    return refuse(`nothing of operation ${undoes} is left to undo: something has followed`);
  return decided(
    instance,
    requestOfOperation(instance, { op, ...parameters, comment }, now, actor),
  );
};

const decideDownstream = (
  instance: Instance,
  { parameters: { force = false }, range, isRoot = false, comment: reason }: Undertaking,
): ItemDecision => {
  if (isEnded(instance))
    return decided(instance, { move: isRoot && force ? 'force-rerun' : 'rerun', reason });
  if (!force)
    return isWaiting(instance) && range === 'all'
      ? { decide: 'wait' }
      : decided(instance, { move: 'rerun', reason });
  if (isActive(instance))
    return decided(instance, {
      move: 'force-rerun',
      reason,
      // Stopped to run again behind its upstreams, not past them.
      ...(isRoot ? {} : { set: { stopping: 'rerun' } }),
    });
  return isRoot ? decided(instance, { move: 'force-rerun', reason }) : { decide: 'wait' };
};

const decided = (
  instance: Instance,
  request: ItemMove & { readonly move: MoveName },
): ItemDecision => {
  const refusal = refusalOf(instance, request.move);
  return refusal ? refuse(refusal.message) : { decide: 'move', request };
};

const refuse = (reason: string): ItemDecision => ({ decide: 'refuse', reason });
