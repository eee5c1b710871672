import type { InstanceRow } from '../../shared/contracts/api/instance-view.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { DefinitionCache } from './definition-cache.ts';

/** An instance as lists show it, with the owner and the tags of its task. */
export const instanceRow = async (
  definitions: DefinitionCache,
  instance: Instance,
): Promise<InstanceRow> => {
  const { owner, tags } = await definitions.factsOf(instance);
  return {
    ...instance,
    run: instance.runId,
    owner,
    tags: [...tags],
    outcome: instance.outcome ?? null,
    attempts: instance.attempt,
    startedAt: instance.startedAt ?? null,
    endedAt: instance.endedAt ?? null,
    paused: instance.paused ?? false,
    taskPaused: (instance.parked ?? false) && !instance.paused && !instance.held,
  };
};

export const instanceRows = (
  definitions: DefinitionCache,
  instances: readonly Instance[],
): Promise<InstanceRow[]> =>
  Promise.all(instances.map((instance) => instanceRow(definitions, instance)));
