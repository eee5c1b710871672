import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { startedSince } from '../../shared/domain/operation/started-since.ts';
import type { InstanceStore } from './instance-store.ts';

const pageSize = 100;

/**
 * A dependant that has begun since the success of `parent` was set by hand: then that can no longer be taken back.
 * Undefined when none has, and when something else is to be undone.
 */
export const startedDependant = async (
  instances: Pick<InstanceStore, 'childrenOf' | 'findMany'>,
  parent: Instance,
): Promise<string | undefined> => {
  const since = setByHandAt(parent);
  if (since === undefined) return undefined;
  let cursor: string | undefined;
  do {
    const page = await instances.childrenOf(parent.id, { limit: pageSize, cursor });
    const children = await instances.findMany(page.items, { strong: true });
    const started = [...children.values()].find((child) => startedSince(child, since));
    if (started) return started.id;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return undefined;
};

const setByHandAt = ({ undo, moves }: Instance): Instant | undefined =>
  undo?.move === 'set-success'
    ? moves.findLast(({ move }) => move === 'set-success')?.at
    : undefined;
