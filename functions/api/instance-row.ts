import type { InstanceRow } from '../../shared/contracts/api/instance-view.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { type DefinitionCache, noFacts, type TaskFacts } from '../stores/definition-cache.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

/** An instance as lists show it, with the owner and the tags of its task. */
export const instanceRow = async (
  definitions: DefinitionCache,
  instance: Instance,
): Promise<InstanceRow> => {
  const [facts] = await definitions.currentFactsOf([instance]);
  return rowOf(instance, facts);
};

export const instanceRows = async (
  definitions: DefinitionCache,
  instances: readonly Instance[],
): Promise<InstanceRow[]> => {
  const facts = await definitions.currentFactsOf(instances);
  return instances.map((instance, n) => rowOf(instance, facts[n]));
};

const rowOf = (instance: Instance, { owner, tags }: TaskFacts = noFacts): InstanceRow => {
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

/** With how far they are, for those that run and have said so: half a read unit for each that runs. */
export const withProgress = async <R extends Pick<InstanceRow, 'id' | 'status' | 'attempts'>>(
  instances: Pick<InstanceStore, 'progressOf'>,
  rows: readonly R[],
): Promise<R[]> => {
  const running = rows.filter(({ status }) => status === 'RUNNING').map(({ id }) => id);
  const known = await instances.progressOf(running);
  return rows.map((row) => {
    const progress = known.get(row.id);
    return progress?.attempt === row.attempts && row.status === 'RUNNING'
      ? { ...row, progress }
      : row;
  });
};
