import { coverageOf } from '../../shared/domain/hold/coverage-of.ts';
import type { Hold } from '../../shared/domain/hold/hold.schema.ts';
import { activeHold } from '../../shared/domain/hold/holds-of.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { settleInOrder } from '../admission/settle-in-order.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';
import type { WatchDeps } from './watch-deps.ts';

/** Parked instances that fall due within this are looked at, too: they must be in line when their time comes. */
const soonSeconds = 150;
/** Keys of a page, and pages of a stripe: a freeze that sets 400,000 aside costs some 10,000 read units a minute. */
const pageSize = 500;
const pages = 100;
/** Instances that are read and settled in one minute, and together, and how long: the function ends after a minute. */
const mostSettled = 8_000;
const together = 500;
const settlingSeconds = 30;

/**
 * Looks again at what was set aside: a task that was resumed, a hold that was lifted or has ended gives its instances
 * back within a minute, in the order of the gate. What a hold keeps is passed by on its key alone, so that those who may
 * start are met however many stand before them.
 */
export const watchParked = async (deps: WatchDeps): Promise<number> => {
  const now = deps.clock();
  const { holds } = await deps.catalog.limits();
  const ids = await freeOnes(
    deps,
    holds.filter((hold) => activeHold(hold, now)),
    plusSeconds(now, soonSeconds),
  );
  const latest = plusSeconds(now, settlingSeconds);
  let done = 0;
  for (let from = 0; from < Math.min(ids.length, mostSettled); from += together) {
    if (deps.clock() > latest) break;
    const found = await deps.instances.findMany(ids.slice(from, from + together), { strong: true });
    const mayStart = [...found.values()].filter((instance) => !staysByItself(instance, now));
    done += mayStart.length - (await settleInOrder(deps)(mayStart)).size;
  }
  return done;
};

/** Somebody paused or held this very instance. */
const staysByItself = ({ paused, held }: Instance, now: Instant): boolean =>
  paused === true || (held !== undefined && (held.until === undefined || held.until > now));

/** Those that no hold keeps for certain, by due time over all stripes. */
const freeOnes = async (
  { instances }: WatchDeps,
  active: readonly Hold[],
  until: Instant,
): Promise<readonly string[]> => {
  const found = await Promise.all(
    stripesUpTo(queueStripes).map(async (stripe) => {
      const free: { readonly id: string; readonly at: Instant }[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pages && free.length < mostSettled; page += 1) {
        const { items, cursor: next } = await instances.parked({
          ...{ stripe, until, limit: pageSize, cursor },
        });
        free.push(...items.filter(({ id }) => !isKept(id, active)));
        cursor = next;
        if (cursor === undefined) break;
      }
      return free;
    }),
  );
  return found
    .flat()
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ id }) => id);
};

const isKept = (id: string, active: readonly Hold[]): boolean => {
  const ref = parseInstanceId(id);
  return ref !== undefined && active.some((hold) => coverageOf(hold, ref) === 'yes');
};
