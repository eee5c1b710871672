import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { err, type Result } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { startedSince } from '../../shared/domain/operation/started-since.ts';
import type { ApiContext, RefusalOf } from '../edge/api-route.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
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
    const setAt = instance && setByHandAt(instance);
    const dependant = setAt && (await startedDependant(stores.instances, id, setAt));
    if (dependant)
      return err({
        code: 'dependant-started',
        detail: `${nameOf(dependant)} has started since; rerun ${nameOf(id)} instead`,
        dependants: [dependant],
      });
    return moveByHand(stores, context)(id, { op: 'undo', comment });
  };

const setByHandAt = ({ undo, moves }: Instance): Instant | undefined =>
  undo?.move === 'set-success'
    ? moves.findLast(({ move }) => move === 'set-success')?.at
    : undefined;

const pageSize = 100;

/** A dependant of `parent` that has begun since `since`; undefined when none has. */
const startedDependant = async (
  instances: InstanceStore,
  parent: string,
  since: Instant,
): Promise<string | undefined> => {
  let cursor: string | undefined;
  do {
    const page = await instances.childrenOf(parent, { limit: pageSize, cursor });
    const children = await instances.findMany(page.items, { strong: true });
    const started = [...children.values()].find((child) => startedSince(child, since));
    if (started) return started.id;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return undefined;
};

const nameOf = (id: string): string => {
  const ref = parseInstanceId(id);
  return ref ? `${ref.workflow}/${ref.task} of ${ref.bizDate} (${ref.index})` : id;
};
