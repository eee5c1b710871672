import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { DayCounts } from '../../shared/domain/run/day-counts.ts';
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
}: ReadStores): Pick<ApiHandlers<'read'>, 'getCounters' | 'recountDay'> => ({
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
});

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
