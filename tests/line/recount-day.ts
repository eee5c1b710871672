import type { InstanceStore } from '../../functions/stores/instance-store.ts';
import type { ViewStore } from '../../functions/stores/views-store.ts';
import { Family, type Instance } from '../../shared/domain/instance/instance.schema.ts';
import { type DayCounts, dayKeyOf } from '../../shared/domain/run/day-counts.ts';
import { type Difference, differencesOf, recount } from '../../shared/domain/run/recount.ts';

export type RecountDeps = {
  readonly instances: InstanceStore;
  readonly views: Pick<ViewStore, 'countsOf'>;
};

const pageSize = 500;

/**
 * Counts the instances of a project-day and compares the runs and the day's counters with it. On a day on which things
 * still move, what is on its way through the stream shows as a difference that is gone a moment later.
 */
export const recountDay =
  ({ instances, views }: RecountDeps) =>
  async (
    day: Pick<Instance, 'env' | 'project' | 'bizDate'>,
  ): Promise<{ readonly instances: number; readonly differences: readonly Difference[] }> => {
    const found: Instance[] = [];
    const counters = new Map<string, DayCounts>();
    for (const family of Family.exclude(['barrier']).options) {
      counters.set(dayKeyOf({ ...day, family }), await views.countsOf({ ...day, family }));
      let cursor: string | undefined;
      do {
        const page = await instances.listDay({ ...day, family, limit: pageSize, cursor });
        found.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
    }
    const counted = recount(found);
    const runs = await instances.findRuns(
      counted.runs.map(({ runId }) => runId),
      { strong: true },
    );
    return { instances: found.length, differences: differencesOf(counted, runs, counters) };
  };
