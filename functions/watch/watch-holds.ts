import { coverageOf } from '../../shared/domain/hold/coverage-of.ts';
import type { Hold } from '../../shared/domain/hold/hold.schema.ts';
import { objectOfHold, projectOfHold } from '../../shared/domain/hold/hold-place.ts';
import { holdStateOf } from '../../shared/domain/hold/hold-state.ts';
import { covers } from '../../shared/domain/hold/holds-of.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { Revised } from '../stores/collection.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { queueStripes } from '../stores/instances-table.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import { stripesUpTo } from '../stores/stripe.ts';

export type HoldWatchDeps = {
  readonly holds: Pick<CatalogStore, 'allHolds' | 'saveHold' | 'removeHold'>;
  readonly ledger: Pick<LedgerStore, 'addAudit'>;
  readonly instances: InstanceStore;
  readonly clock: Clock;
  readonly actor: string;
};

/** Whoever was admitted a moment before the drain began stands in the queue of active ones by then. */
const settlingSeconds = 10;
/** Keys read at a time, and pages of a stripe; a line that is longer has not drained. */
const pageSize = 500;
const pages = 20;

/**
 * Ends holds whose time is over, and writes down when a drain was done. What they set aside is looked at in the same
 * round. The entry of the log comes first, under an id that is a function of the hold, so a crash in between doubles
 * nothing.
 */
export const watchHolds = async (deps: HoldWatchDeps): Promise<number> => {
  const now = deps.clock();
  let done = 0;
  for (const hold of await deps.holds.allHolds()) {
    if (holdStateOf(hold, now) === 'over') done += await end(deps, hold);
    else if (await hasDrained(deps, hold, now)) done += await noteDrained(deps, hold, now);
  }
  return done;
};

const end = async (deps: HoldWatchDeps, hold: Revised<Hold>): Promise<number> => {
  await note(deps, hold, 'hold-ended', hold.until ?? deps.clock());
  return Number(await deps.holds.removeHold(hold.id, hold.rev));
};

const noteDrained = async (
  deps: HoldWatchDeps,
  { rev, ...hold }: Revised<Hold>,
  now: string,
): Promise<number> => {
  await note(deps, hold, 'drained', now);
  return Number((await deps.holds.saveHold({ ...hold, drainedAt: now }, rev)).ok);
};

const note = (
  { ledger, actor }: HoldWatchDeps,
  hold: Hold,
  action: 'hold-ended' | 'drained',
  at: string,
): Promise<void> =>
  ledger.addAudit([
    {
      id: `${action}#${hold.id}`,
      ...{ at, actor, action, env: hold.env, reason: hold.reason },
      object: objectOfHold(hold.target),
      project: projectOfHold(hold.target),
      detail: { source: 'system', hold: hold.id, by: hold.by, since: hold.since },
    },
  ]);

/** Nothing that it covers is out. An index may lag, so it is told to people and decides nothing. */
const hasDrained = async (
  { instances }: HoldWatchDeps,
  hold: Hold,
  now: string,
): Promise<boolean> => {
  const began = hold.from ?? hold.since;
  if (hold.purpose !== 'drain' || hold.drainedAt !== undefined) return false;
  if (began > plusSeconds(now, -settlingSeconds)) return false;
  for (const stripe of stripesUpTo(queueStripes)) {
    let cursor: string | undefined;
    for (let page = 0; ; page += 1) {
      if (page === pages) return false;
      const { items, cursor: next } = await instances.active({ stripe, limit: pageSize, cursor });
      const ids = items.map(({ id }) => id);
      if (await anyCovered(instances, hold, ids)) return false;
      cursor = next;
      if (cursor === undefined) break;
    }
  }
  return true;
};

const anyCovered = async (
  instances: InstanceStore,
  hold: Hold,
  ids: readonly string[],
): Promise<boolean> => {
  const unsure: string[] = [];
  for (const id of ids) {
    const ref = parseInstanceId(id);
    const says = ref ? coverageOf(hold, ref) : 'no';
    if (says === 'yes') return true;
    if (says === 'look') unsure.push(id);
  }
  const found = await instances.findMany(unsure);
  return [...found.values()].some((instance) =>
    covers(
      hold,
      instance,
      instance.slots.map(({ pool }) => pool),
    ),
  );
};
