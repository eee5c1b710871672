import type { InstanceStore } from '../../functions/stores/instance-store.ts';
import type { ViewStore } from '../../functions/stores/views-store.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { type RunDelta, runDeltasOf } from '../../shared/domain/run/run-counts.ts';

type Deps = {
  readonly instances: InstanceStore;
  readonly views: Pick<ViewStore, 'runCountsOf'>;
};

/** What the stored counters of runs say, and what the runs of the project add up to; both by workflow, time and name. */
export const recountRuns =
  ({ instances, views }: Deps) =>
  async ({
    env = 'prod',
    project = 'p',
    from,
    days,
  }: {
    readonly env?: Env;
    readonly project?: string;
    readonly from: string;
    readonly days: number;
  }) => {
    const runs: Run[] = [];
    let cursor: string | undefined;
    do {
      const page = await instances.listRuns({
        ...{ env, of: { projects: [project] }, limit: 100, cursor },
      });
      runs.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);

    const stored: RunDelta[] = [];
    for (let n = 0; n < days; n += 1) {
      const found = await views.runCountsOf({ env, project, day: plusDays(from, n) }, 10_000);
      stored.push(...(found?.rows ?? []));
    }
    const counted = runDeltasOf(runs.map((after) => ({ before: undefined, after })));
    return { runs: runs.length, stored: byName(stored), counted: byName(counted) };
  };

const byName = (deltas: readonly RunDelta[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    deltas
      .flatMap(({ workflow, at, sums }) =>
        Object.entries(sums).map(
          ([name, value = 0]) => [`${workflow} ${at} ${name}`, value] as const,
        ),
      )
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
