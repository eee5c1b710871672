import type { InstanceOperation } from '../../shared/contracts/api/instance-routes.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { isActive, sourcesOf } from '../../shared/domain/instance/lifecycle.ts';
import { type MoveRequest, moveInstance } from '../../shared/domain/instance/move-instance.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { type Priority, rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';

export type HandOperation = {
  readonly op: InstanceOperation;
  readonly priority?: Priority | undefined;
  readonly resourceGroup?: string | undefined;
  readonly comment?: string | undefined;
};

/** Somebody else's move may come in between; then it is decided anew on what is now. */
const tries = 6;

/**
 * An operator's move of one instance: decided by the lifecycle, written by condition. The move carries who and why; the
 * operation log entry follows from it in record. Permission for the project is the caller's business.
 */
export const moveByHand =
  ({ instances, clock }: Pick<ApiStores, 'instances' | 'clock'>, { caller, roleIn }: ApiContext) =>
  async (
    id: string,
    operation: HandOperation,
  ): Promise<Result<Instance, RefusalOf<'pauseInstance'>>> => {
    const ref = parseInstanceId(id);
    if (!ref || ref.family === 'barrier') return notFound(id);
    if (operation.priority !== undefined && rankOf(operation.priority) > rankOf('MIDDLE'))
      if (rankOfRole(await roleIn(ref.project)) < rankOfRole('admin'))
        return err({
          code: 'forbidden',
          detail: `priority ${operation.priority} needs the role admin; LOWEST, LOW and MIDDLE do not`,
        });

    for (let attempt = 0; attempt < tries; attempt += 1) {
      const instance = await instances.find(id);
      if (!instance) return notFound(id);
      const moved = moveInstance(instance, requestOf(instance, operation, clock(), caller.user));
      if (!moved.ok)
        return err({
          code: 'move-not-allowed',
          detail: moved.error.message,
          from: moved.error.from,
          allowedFrom: [...sourcesOf(moved.error.move)],
        });
      if ((await instances.commit(moved.value)) === 'committed') return ok(moved.value.instance);
    }
    return err({ code: 'changed-meanwhile', detail: `${id} keeps changing; try again` });
  };

/** What each operation sets beside the status. */
const requestOf = (
  instance: Instance,
  { op, priority, resourceGroup, comment }: HandOperation,
  at: string,
  actor: string,
): MoveRequest => {
  const request = { move: op, at, actor, reason: comment };
  switch (op) {
    case 'terminate':
      return isActive(instance)
        ? { ...request, set: { stopping: 'terminate' } }
        : { ...request, set: { outcome: 'terminated', error: `terminated by ${actor}` } };
    case 'set-priority':
      return { ...request, set: { priority } };
    case 'set-resource-group':
      return { ...request, set: { resourceGroup } };
    default:
      return request;
  }
};

const notFound = (id: string) =>
  err({ code: 'instance-not-found', detail: `there is no instance ${id}` } as const);
