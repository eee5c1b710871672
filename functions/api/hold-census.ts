import { coverageOf } from '../../shared/domain/hold/coverage-of.ts';
import type { Hold } from '../../shared/domain/hold/hold.schema.ts';
import { covers } from '../../shared/domain/hold/holds-of.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { type InstanceRef, parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { poolsOf } from '../../shared/domain/pool/pools-of.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { WorldDeps } from '../admission/world-deps.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { queueStripes } from '../stores/instances-table.ts';
import type { Queued, QueueQuery } from '../stores/queue.ts';
import { stripesUpTo } from '../stores/stripe.ts';
import type { Page } from '../stores/table.ts';

/** Instances of a queue, in order of its time, as far as they were looked at. */
export type Census = { readonly ids: readonly string[]; readonly more: boolean };

/** How many, counted up to a limit. */
export type Counted = { readonly count: number; readonly more: boolean };

/** Those of a queue up to `until`, at most `perStripe` of each of its eight stripes. An index may lag. */
export const censusOf = async (
  list: (query: QueueQuery) => Promise<Page<Queued>>,
  until: Instant | undefined,
  perStripe: number,
): Promise<Census> => {
  const pages = await Promise.all(
    stripesUpTo(queueStripes).map((stripe) => list({ stripe, until, limit: perStripe })),
  );
  const queued = pages.flatMap(({ items }) => items);
  return {
    ids: queued.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ id }) => id),
    more: pages.some(({ cursor }) => cursor !== undefined),
  };
};

/** Keys looked at per stripe, and instances read where the keys do not say enough. */
const keysPerStripe = 500;
const mostRead = 200;
const atOnce = 8;

/** What was set aside by now, and what runs, for any number of holds. */
export type HoldCensus = { readonly parked: Census; readonly active: Census };

export const takeHoldCensus = async (
  instances: InstanceStore,
  now: Instant,
): Promise<HoldCensus> => {
  const [parked, active] = await Promise.all([
    censusOf(instances.parked, now, keysPerStripe),
    censusOf(instances.active, undefined, keysPerStripe),
  ]);
  return { parked, active };
};

/** Those of a census that a hold is about, in its order. */
export const coveredBy =
  ({ instances, catalog }: WorldDeps) =>
  async (hold: Hold, census: Census, now: Instant): Promise<Census> => {
    const refs = census.ids.flatMap((id): [string, InstanceRef][] => {
      const ref = parseInstanceId(id);
      return ref && ref.family !== 'barrier' ? [[id, ref]] : [];
    });
    const judged = refs.map(([id, ref]) => ({ id, says: coverageOf(hold, ref) }));
    const unsure = judged.filter(({ says }) => says === 'look').map(({ id }) => id);
    const read = await instances.findMany(unsure.slice(0, mostRead));
    const inside = await inParallel([...read.values()], atOnce, async (instance) =>
      covers(hold, instance, await poolIdsOf(hold, instance)) ? [instance.id] : [],
    );
    const sure = new Set([
      ...judged.filter(({ says }) => says === 'yes').map(({ id }) => id),
      ...inside.flat(),
    ]);
    return {
      ids: census.ids.filter((id) => sure.has(id)),
      more: census.more || unsure.length > mostRead,
    };

    async function poolIdsOf({ target }: Hold, instance: Instance): Promise<readonly string[]> {
      if (target.kind !== 'pool') return [];
      const held = instance.slots.map(({ pool }) => pool);
      if (held.length > 0) return held;
      const [{ task }, { rules, groups }] = await Promise.all([
        catalog.currentTask(instance),
        catalog.limits(),
      ]);
      return poolsOf(instance, task?.pools ?? [], rules, groups, now).map(({ id }) => id);
    }
  };

export const countedOf = ({ ids, more }: Census): Counted => ({ count: ids.length, more });
