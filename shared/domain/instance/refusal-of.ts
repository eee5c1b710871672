import type { Instance, Status } from './instance.schema.ts';
import { type MoveName, sourcesOf, targetOf } from './lifecycle.ts';

/** Why a move is refused, in words for the person who asked. */
export type MoveRefused = {
  readonly reason:
    | 'move-not-allowed'
    | 'already-paused'
    | 'not-paused'
    | 'already-held'
    | 'not-held'
    | 'already-stopping'
    | 'not-asked'
    | 'nothing-to-undo';
  readonly from: Status;
  readonly move: MoveName;
  readonly message: string;
};

export type Movable = Pick<
  Instance,
  'status' | 'paused' | 'held' | 'stopping' | 'askedAt' | 'undo'
>;

/** Why `move` is refused now; undefined when it is allowed. The console disables a button with this text. */
export const refusalOf = (instance: Movable, move: MoveName): MoveRefused | undefined => {
  const refuse = (reason: MoveRefused['reason'], message: string): MoveRefused => ({
    reason,
    from: instance.status,
    move,
    message,
  });

  if (targetOf(instance.status, move) === undefined)
    return refuse(
      'move-not-allowed',
      `${move} is not allowed from ${instance.status}; it is allowed from ${sourcesOf(move).join(', ')}`,
    );
  switch (move) {
    case 'pause':
      return instance.paused ? refuse('already-paused', 'it is already paused') : undefined;
    case 'resume':
      return instance.paused ? undefined : refuse('not-paused', 'it is not paused');
    case 'hold':
      return instance.held ? refuse('already-held', 'it is already held') : undefined;
    case 'unhold':
      return instance.held ? undefined : refuse('not-held', 'it is not held');
    case 'terminate':
    case 'time-out':
      return instance.stopping
        ? refuse('already-stopping', 'it is already being stopped')
        : undefined;
    case 'force-rerun':
      return instance.stopping === 'rerun' || instance.stopping === 'force-rerun'
        ? refuse('already-stopping', 'it is already being stopped to run again')
        : undefined;
    case 'approve':
    case 'reject':
      return instance.askedAt
        ? undefined
        : refuse('not-asked', 'it is no approval that waits for an answer');
    case 'undo':
      return undoRefusal(instance, refuse);
    default:
      return undefined;
  }
};

const undoRefusal = (
  { status, undo }: Movable,
  refuse: (reason: MoveRefused['reason'], message: string) => MoveRefused,
): MoveRefused | undefined => {
  if (!undo) return refuse('nothing-to-undo', 'nothing is left to undo: something has followed');
  return (undo.move === 'set-success') === (status === 'SUCCESS')
    ? undefined
    : refuse('nothing-to-undo', `${undo.move} cannot be undone from ${status}`);
};
