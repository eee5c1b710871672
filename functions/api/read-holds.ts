import { coverageOf } from '../../shared/domain/hold/coverage-of.ts';
import type { Hold } from '../../shared/domain/hold/hold.schema.ts';
import { holdStateOf } from '../../shared/domain/hold/hold-state.ts';
import { activeHold, holdsOf } from '../../shared/domain/hold/holds-of.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { Priority, rankOf } from '../../shared/domain/workflow/priority.schema.ts';
import { expectedEnds } from '../admission/expected-ends.ts';
import type { WorldDeps } from '../admission/world-deps.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { Revised } from '../stores/collection.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { ApiStores } from './api-stores.ts';
import { type Census, censusOf, countedOf, coveredBy, takeHoldCensus } from './hold-census.ts';
import { visibleProjects } from './visible-projects.ts';

type Reads = Pick<ApiHandlers<'read'>, 'listHolds' | 'getHold' | 'planFreeze' | 'planThaw'>;

/** Attempts of a drain that are named; the rest is counted. */
const namedRunning = 50;
/** How far ahead a freeze is counted. */
const aheadSeconds = 86_400;
/** Keys per stripe that the plan of a freeze counts, and instances that the plan of a thaw reads. */
const frozenPerStripe = 2_000;
const thawedPerStripe = 250;

/** Looking at holds, and at what a freeze or a thaw would mean before somebody does it. */
export const readHolds = (stores: ApiStores, world: WorldDeps): Reads => {
  const { catalog, instances, clock } = stores;
  const covered = coveredBy(world);

  const visible = async (context: ApiContext): Promise<(hold: Hold) => boolean> => {
    const names = new Set((await visibleProjects(stores, context)).map(({ name }) => name));
    return ({ target }) => !('project' in target) || names.has(target.project);
  };

  const findVisible = async (id: string, context: ApiContext) => {
    const found = await catalog.findHold(id);
    return found && (await visible(context))(found) ? ok(found) : noHold(id);
  };

  return {
    async listHolds({ query: { project, active, counts } }, context) {
      const now = clock();
      const [all, isVisible] = await Promise.all([catalog.allHolds(), visible(context)]);
      const items = all
        .filter(isVisible)
        .filter(({ target }) => !project || !('project' in target) || target.project === project)
        .map((hold) => holdView(hold, now))
        .filter(({ state }) => !active || state === 'active')
        .toSorted((a, b) => (a.since < b.since ? 1 : -1));
      if (!counts) return ok({ at: now, items });

      const census = await takeHoldCensus(instances, now);
      const counted = await Promise.all(
        items.map(async (hold) => ({
          ...hold,
          keptBack: countedOf(await covered(hold, census.parked, now)),
          running: countedOf(await covered(hold, census.active, now)),
        })),
      );
      return ok({ at: now, items: counted });
    },

    async getHold({ params }, context) {
      const found = await findVisible(params.hold, context);
      if (!found.ok) return found;
      const now = clock();
      const census = await takeHoldCensus(instances, now);
      const [keptBack, running] = await Promise.all([
        covered(found.value, census.parked, now),
        covered(found.value, census.active, now),
      ]);
      const named = await instances.findMany(running.ids.slice(0, namedRunning));
      const ends = await expectedEnds(world, [...named.values()], now);
      return ok({
        ...holdView(found.value, now),
        keptBack: countedOf(keptBack),
        running: countedOf(running),
        stillRunning: running.ids.flatMap((id) => {
          const since = named.get(id)?.submittedAt;
          return since === undefined ? [] : [{ id, since, expectedEndAt: ends.get(id) }];
        }),
      });
    },

    planFreeze: async ({ query: { env } }) => ok(await freezePlan(stores, env)),

    async planThaw({ params }, context) {
      const found = await findVisible(params.hold, context);
      if (!found.ok) return found;
      const now = clock();
      const others = (await catalog.allHolds()).filter(({ id }) => id !== found.value.id);
      const parked = await censusOf(instances.parked, now, thawedPerStripe);
      const inside = await covered(found.value, parked, now);
      const stages = await stagesOf(instances, inside, others, now);
      return ok({
        at: now,
        keptBack: { count: stages.reduce((sum, { count }) => sum + count, 0), more: inside.more },
        stages,
      });
    },
  };
};

/** What falls due within a day and has not started, by project: the number to type before freezing everything. */
export const freezePlan = async (
  { instances, catalog, clock }: Pick<ApiStores, 'instances' | 'catalog' | 'clock'>,
  env: Hold['env'],
) => {
  const at = clock();
  const until = plusSeconds(at, aheadSeconds);
  const [due, overdue, filling, active, holds] = await Promise.all([
    censusOf(instances.due, until, frozenPerStripe),
    censusOf(instances.overdue, until, frozenPerStripe),
    censusOf(instances.filling, until, frozenPerStripe),
    censusOf(instances.active, undefined, frozenPerStripe),
    catalog.allHolds(),
  ]);
  const held = holds.filter((hold) => activeHold(hold, at));
  const refsIn = (census: Census) =>
    census.ids.flatMap((id) => {
      const ref = parseInstanceId(id);
      return ref && ref.family !== 'barrier' && (env === undefined || ref.env === env) ? [ref] : [];
    });
  const waiting = [...refsIn(due), ...refsIn(overdue), ...refsIn(filling)].filter(
    (ref) => !held.some((hold) => coverageOf(hold, ref) === 'yes'),
  );
  const running = refsIn(active);
  const names = [...new Set([...waiting, ...running].map(({ project }) => project))].toSorted();
  const of = (refs: typeof waiting, name: string) =>
    refs.filter(({ project }) => project === name).length;

  return {
    at,
    until,
    waiting: { count: waiting.length, more: due.more || overdue.more || filling.more },
    running: { count: running.length, more: active.more },
    projects: names.map((project) => ({
      project,
      count: of(waiting, project),
      running: of(running, project),
    })),
  };
};

/** By priority and project; what is paused or held for another reason too stays where it is. */
const stagesOf = async (
  instances: InstanceStore,
  { ids }: Census,
  others: readonly Hold[],
  now: Instant,
) => {
  const found = [...(await instances.findMany(ids)).values()].filter(
    (instance) =>
      !instance.paused && !instance.held && holdsOf(instance, [], others, now).length === 0,
  );
  const groups = Map.groupBy(found, ({ priority, project }) => `${priority} ${project}`);
  return [...groups]
    .map(([name, { length: count }]) => {
      const [priority, project = ''] = name.split(' ');
      return { priority: Priority.parse(priority), project, count };
    })
    .toSorted(
      (a, b) => rankOf(b.priority) - rankOf(a.priority) || (a.project < b.project ? -1 : 1),
    );
};

/** A hold as lists show it. */
export const holdView = (hold: Revised<Hold>, now: Instant) => {
  const clearsAt = activeHold(hold, now)?.clearsAt;
  return {
    ...hold,
    state: holdStateOf(hold, now),
    ...(clearsAt === undefined ? {} : { clearsAt }),
  };
};

export const noHold = (id: string) =>
  err({ code: 'hold-not-found', detail: `there is no hold ${id}; it may have ended` } as const);
