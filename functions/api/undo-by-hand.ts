import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { err, type Result } from '../../shared/domain/kernel/result.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import { startedDependant } from '../stores/started-dependant.ts';
import type { ApiStores } from './api-stores.ts';
import { moveByHand } from './move-by-hand.ts';

/**
 * Takes back the last operation of a person. A success that was set by hand stays once a dependant has started because of
 * it; the lifecycle knows everything else that may have followed. A dependant that starts while this is decided goes on,
 * as one that was forced would.
 */
export const undoByHand =
  (stores: Pick<ApiStores, 'instances' | 'clock'>, context: ApiContext) =>
  async (
    id: string,
    comment: string | undefined,
  ): Promise<Result<Instance, RefusalOf<'undoInstance'>>> => {
    const instance = parseInstanceId(id) && (await stores.instances.find(id));
    const dependant = instance && (await startedDependant(stores.instances, instance));
    if (dependant)
      return err({
        code: 'dependant-started',
        detail: `${nameOf(dependant)} has started since; rerun ${nameOf(id)} instead`,
        dependants: [dependant],
      });
    return moveByHand(stores, context)(id, { op: 'undo', comment });
  };

const nameOf = (id: string): string => {
  const ref = parseInstanceId(id);
  return ref ? `${ref.workflow}/${ref.task} of ${ref.bizDate} (${ref.index})` : id;
};
