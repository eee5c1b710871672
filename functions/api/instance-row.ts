import type { InstanceRow } from '../../shared/contracts/api/instance-view.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { DefinitionCache } from './definition-cache.ts';

/** An instance as lists show it. */
export const instanceRow = (instance: Instance, owner: string | undefined): InstanceRow => ({
  ...instance,
  run: instance.runId,
  owner,
  outcome: instance.outcome ?? null,
  attempts: instance.attempt,
  startedAt: instance.startedAt ?? null,
  endedAt: instance.endedAt ?? null,
  paused: instance.paused ?? false,
  taskPaused: (instance.parked ?? false) && !instance.paused,
});

/** Instances with the owners of their tasks. */
export const instanceRows = async (
  definitions: DefinitionCache,
  instances: readonly Instance[],
): Promise<InstanceRow[]> =>
  Promise.all(
    instances.map(async (instance) => instanceRow(instance, await definitions.ownerOf(instance))),
  );
