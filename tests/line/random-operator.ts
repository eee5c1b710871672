import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isActive, isEnded, isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import { refusalOf } from '../../shared/domain/instance/refusal-of.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
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
    if (
      !(
        error instanceof Error &&
        / allowed |already|not paused|not held|undo|no approval/.test(error.message)
      )
    )
      throw error;
  }
};

const operateOn = async (line: Line, chance: Chance, instance: Instance): Promise<void> => {
  const { id, task } = instance;
  if (chance.hits(0.15)) return setTaskPause(line, task, chance.hits(0.5));
  if (chance.hits(0.1)) return setHold(line, task, true);
  if (chance.hits(0.1)) return removeUpstream(line, chance, instance);
  if (isEnded(instance)) {
    const move = endedMoves[chance.below(endedMoves.length)];
    if (move && chance.hits(0.5) && !refusalOf(instance, move)) await line.operate(id, { move });
    return;
  }
  if (isActive(instance)) {
    if (chance.hits(0.3) && !refusalOf(instance, 'terminate'))
      await line.operate(id, { move: 'terminate', set: { stopping: 'terminate' } });
    else if (chance.hits(0.3) && !refusalOf(instance, 'force-rerun'))
      await line.operate(id, { move: 'force-rerun' });
    return;
  }
  if (instance.askedAt) return line.operate(id, { move: chance.hits(0.7) ? 'approve' : 'reject' });
  const which = chance.below(9);
  if (which === 0) return line.operate(id, { move: instance.paused ? 'resume' : 'pause' });
  if (which === 1) return line.operate(id, { move: 'set-priority', set: { priority: 'HIGH' } });
  if (which === 2)
    return line.operate(id, { move: 'set-resource-group', set: { resourceGroup: 'g2' } });
  if (which === 4 && instance.undo) return line.operate(id, { move: 'undo' });
  if (which === 5)
    return instance.held ? line.operate(id, { move: 'unhold' }) : hold(line, chance, id);
  if (which === 6 && chance.hits(0.3)) return line.operate(id, { move: 'force-rerun' });
  if (which === 3 && instance.status !== 'NOT_RUN' && chance.hits(0.3))
    return line.operate(id, { move: 'terminate', set: { outcome: 'terminated' } });
};

const endedMoves = ['rerun', 'rerun', 'set-success', 'undo', 'force-rerun'] as const;

const hold = (line: Line, chance: Chance, id: string): Promise<void> => {
  const since = line.clock();
  const until = chance.hits(0.5) ? plusSeconds(since, chance.below(200)) : undefined;
  return line.operate(id, { move: 'hold', set: { held: { since, by: 'ann', until } } });
};

const removeUpstream = async (line: Line, chance: Chance, { id }: Instance): Promise<void> => {
  const { instances } = line.stores;
  const parents = await instances.parentsOf(id);
  const parent = parents[chance.below(Math.max(1, parents.length))];
  if (parent === undefined) return;
  const cut = await instances.cutOf(id, [parent]);
  await line.operate(id, { move: 'remove-upstream', reason: parent }, { cut });
};

/** Holds a task or lifts what holds it: everything in the end. */
const setHold = async (line: Line, task: string, held: boolean): Promise<void> => {
  const { catalog } = line.stores;
  const found = await catalog.findHold(task);
  if (found) await catalog.removeHold(task, found.rev);
  else if (held)
    await catalog.saveHold(
      {
        id: task,
        purpose: 'hold',
        target: { kind: 'task', project: 'p', workflow: 'w', task },
        reason: 'by chance',
        by: 'ann',
        since: line.clock(),
      },
      undefined,
    );
};

/** Lifts every pause and hold and runs again what has failed: from here on everything can finish. */
export const helpToTheEnd = async (line: Line): Promise<void> => {
  for (const { task } of line.seen.instances()) {
    const state = await line.stores.catalog.findTaskState('prod', 'p', 'w', task);
    if (state?.paused) await setTaskPause(line, task, false);
    await setHold(line, task, false);
  }
  for (const { id } of line.seen.instances()) {
    const instance = await line.find(id);
    if (isWaiting(instance) && instance.paused) await line.operate(id, { move: 'resume' });
    if (isWaiting(instance) && instance.held) await line.operate(id, { move: 'unhold' });
    if (isWaiting(instance) && instance.askedAt) await line.operate(id, { move: 'approve' });
    if (instance.status === 'FAILED') await line.operate(id, { move: 'rerun' });
  }
};
