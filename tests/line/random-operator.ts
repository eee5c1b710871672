import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isActive, isEnded, isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import { refusalOf } from '../../shared/domain/instance/move-instance.ts';
import type { Chance } from '../faults/seeded-chance.ts';
import type { Line } from './start-line.ts';

const setTaskPause = async (line: Line, task: string, paused: boolean) => {
  const { catalog } = line.stores;
  const place = { env: 'prod', project: 'p', workflow: 'w', task } as const;
  const state = await catalog.findTaskState('prod', 'p', 'w', task);
  const since = { since: line.clock(), by: 'ann' };
  await catalog.saveTaskState({ ...place, ...(paused ? { paused: since } : {}) }, state?.rev);
};

/** Does something to an instance that its status allows; what was refused meanwhile is left. */
export const operateAtRandom = async (line: Line, chance: Chance): Promise<void> => {
  const all = line.seen.instances().filter(({ family }) => family !== 'barrier');
  const instance = all[chance.below(all.length)];
  if (!instance) return;
  try {
    await operateOn(line, chance, instance);
  } catch (error) {
    if (!(error instanceof Error && / allowed |already|not paused/.test(error.message)))
      throw error;
  }
};

const operateOn = async (line: Line, chance: Chance, instance: Instance): Promise<void> => {
  const { id, task } = instance;
  if (chance.hits(0.15)) return setTaskPause(line, task, chance.hits(0.5));
  if (isEnded(instance)) {
    if (chance.hits(0.3)) await line.operate(id, { move: 'rerun' });
    return;
  }
  if (isActive(instance)) {
    if (chance.hits(0.3) && !refusalOf(instance, 'terminate'))
      await line.operate(id, { move: 'terminate', set: { stopping: 'terminate' } });
    return;
  }
  const which = chance.below(5);
  if (which === 0) return line.operate(id, { move: instance.paused ? 'resume' : 'pause' });
  if (which === 1) return line.operate(id, { move: 'set-priority', set: { priority: 'HIGH' } });
  if (which === 2)
    return line.operate(id, { move: 'set-resource-group', set: { resourceGroup: 'g2' } });
  if (which === 3 && instance.status !== 'NOT_RUN' && chance.hits(0.3))
    return line.operate(id, { move: 'terminate', set: { outcome: 'terminated' } });
};

/** Lifts every pause and runs again what has failed: from here on everything can finish. */
export const helpToTheEnd = async (line: Line): Promise<void> => {
  for (const { task } of line.seen.instances()) {
    const state = await line.stores.catalog.findTaskState('prod', 'p', 'w', task);
    if (state?.paused) await setTaskPause(line, task, false);
  }
  for (const { id } of line.seen.instances()) {
    const instance = await line.find(id);
    if (isWaiting(instance) && instance.paused) await line.operate(id, { move: 'resume' });
    if (instance.status === 'FAILED') await line.operate(id, { move: 'rerun' });
  }
};
