import type { Instance } from '../instance/instance.schema.ts';
import { isActive } from '../instance/lifecycle.ts';
import type { MoveRequest } from '../instance/move-instance.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { HandOperation } from './instance-operation.schema.ts';

/**
 * The move that carries out an operation of a person, with what it sets beside the status. The reason of a hold and the
 * comment of everything else are kept in the move, from which the operation log follows.
 */
export const requestOfOperation = (
  instance: Instance,
  { op, priority, resourceGroup, reason, until, comment }: HandOperation,
  at: Instant,
  actor: string,
): MoveRequest => {
  const request = { move: op, at, actor, reason: comment };
  switch (op) {
    case 'terminate':
      return isActive(instance)
        ? { ...request, set: { stopping: 'terminate' } }
        : { ...request, set: { outcome: 'terminated', error: `terminated by ${actor}` } };
    case 'hold':
      return {
        ...request,
        reason: reason ?? comment,
        set: { held: { since: at, by: actor, reason, until } },
      };
    case 'reject':
      return {
        ...request,
        set: { error: `rejected by ${actor}${comment ? `: ${comment}` : ''}`.slice(0, 300) },
      };
    case 'set-priority':
      return { ...request, set: { priority } };
    case 'set-resource-group':
      return { ...request, set: { resourceGroup } };
    default:
      return request;
  }
};
