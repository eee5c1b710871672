import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

/**
 * Whether an instance stands alone after a start by hand: nothing above and nothing below it (nodes-and-instances 4.5). A
 * whole workflow that was started by hand has a graph and is diagnosed like any other run.
 */
export const isOneTime = async (
  instances: InstanceStore,
  { id, family }: Pick<Instance, 'id' | 'family'>,
): Promise<boolean> => {
  if (family !== 'manual') return false;
  const [parents, children] = await Promise.all([
    instances.parentsOf(id),
    instances.childrenOf(id, { limit: 1 }),
  ]);
  return parents.length === 0 && children.items.length === 0;
};
