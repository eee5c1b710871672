import { backfillConditions } from '../../shared/domain/backfill/backfill-conditions.ts';
import type { World } from '../../shared/domain/gate/world.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { instanceIdOf } from '../../shared/domain/instance/instance-id.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { WorldDeps } from './world-deps.ts';

/** Whether the pause of its task does not count for an instance: its backfill runs paused tasks normally. */
export const ignoresPause =
  ({ catalog }: WorldDeps) =>
  async ({ family, scope }: Instance): Promise<boolean> =>
    family === 'backfill' && (await catalog.backfill(scope))?.pausedTasks === 'run';

/** What the options of its backfill say about an instance that runs code (nodes-and-instances 3.4). */
export const loadConditions =
  ({ instances, catalog }: WorldDeps) =>
  async (instance: Instance, now: Instant): Promise<World['conditions']> => {
    if (instance.family !== 'backfill' || instance.empty) return [];
    const backfill = await catalog.backfill(instance.scope);
    if (!backfill) return [];
    const twin = await instances.find(
      instanceIdOf({ ...instance, family: 'recurring', scope: '' }),
    );
    return backfillConditions(instance, backfill, twin, now);
  };
