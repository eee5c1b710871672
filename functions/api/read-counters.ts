import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { DayCounts } from '../../shared/domain/run/day-counts.ts';
import { type RunDelta, runDeltasOf, runSums } from '../../shared/domain/run/run-counts.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ReadStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';

/** Instances that one call of a recount looks at. */
const recountedAtOnce = 1000;

/** The counters of a day, and a count of its instances to compare them with. */
export const readCounters = ({
  catalog,
  instances,
  views,
}: ReadStores): Pick<ApiHandlers<'read'>, 'getCounters' | 'recountDay' | 'recountRuns'> => ({
  async getCounters({ query: day }) {
    if (!(await catalog.findProject(day.project))) return noProject(day.project);
    return ok(countersOf(day, await views.countsOf(day)));
  },

  async recountDay({ query: { cursor, ...day } }) {
    if (!(await catalog.findProject(day.project))) return noProject(day.project);
    const counts = await views.countsOf(day);
    const page = await instances.listDay({ ...day, limit: recountedAtOnce, cursor });
    return ok({
      counted: countersOf(day, count(page.items)),
      counters: countersOf(day, counts),
      cursor: page.cursor,
    });
  },

  async recountRuns({ query: { project, env, day, cursor } }) {
    if (!(await catalog.findProject(project))) return noProject(project);
    const stored = await views.runCountsOf({ env, project, day }, Number.POSITIVE_INFINITY);
    const page = await instances.listRuns({
      ...{ env, of: { projects: [project] }, limit: recountedAtOnce, cursor },
      ...{ from: plusDays(day, -lateDays), to: plusDays(day, earlyDays) },
    });
    const ofDay = page.items.filter(({ startedAt }) => startedAt?.startsWith(day));
    const counted = runDeltasOf(ofDay.map((after) => ({ before: undefined, after })));
    return ok({
      counted: sumsOf(counted),
      counters: sumsOf(stored?.rows ?? []),
      cursor: page.cursor,
    });
  },
});

/** A run of a day was due at most so many days before it, or, started by hand, after it: lists are by due time. */
const lateDays = 8;
const earlyDays = 3;

const sumsOf = (deltas: readonly RunDelta[]) => {
  const total = (name: (typeof runSums)[number]) =>
    deltas.reduce((sum, { sums }) => sum + (sums[name] ?? 0), 0);
  return Object.fromEntries(runSums.map((name) => [name, total(name)])) as Record<
    (typeof runSums)[number],
    number
  >;
};

type Day = Pick<Instance, 'project' | 'env' | 'bizDate' | 'family'>;

const countersOf = (day: Day, { total, counts, outcomes }: DayCounts) => ({
  ...day,
  total,
  statuses: { ...counts },
  outcomes: { ...outcomes },
});

const count = (instances: readonly Instance[]): DayCounts => {
  const tally = <K extends string>(names: readonly (K | undefined)[]) => {
    const counts: Partial<Record<K, number>> = {};
    for (const name of names) if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  };
  return {
    total: instances.length,
    counts: tally(instances.map(({ status }) => status)),
    outcomes: tally(instances.map(({ outcome }) => outcome)),
  };
};
