import { inParallel } from '../admission/in-parallel.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';
import type { WatchDeps } from './watch-deps.ts';
import { wakeOverdue } from './watch-waiting.ts';

/** Instances looked at per stripe and minute, in turns, and keys read to know whose turn it is. */
const perTurn = 100;
const keysPerPage = 1_000;
const pages = 10;
const atOnce = 8;

/**
 * The same check for what waits in backfills. A large one has many more past due than a minute can look at, so they take
 * turns: a lost wake costs a minute in a small backfill and some minutes in a large one.
 */
export const watchFilling = async (deps: WatchDeps): Promise<number> => {
  const minute = Math.floor(Date.parse(deps.clock()) / 60_000);
  let done = 0;
  for (const stripe of stripesUpTo(queueStripes)) {
    const ids = await waitingIn(deps, stripe);
    const turns = Math.ceil(ids.length / perTurn);
    if (turns === 0) continue;
    const from = (minute % turns) * perTurn;
    const found = await deps.instances.findMany(ids.slice(from, from + perTurn), { strong: true });
    const woken = await inParallel([...found.values()], atOnce, wakeOverdue(deps));
    done += woken.filter(Boolean).length;
  }
  return done;
};

const waitingIn = async ({ instances, clock }: WatchDeps, stripe: number): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const next = await instances.filling({ stripe, until: clock(), limit: keysPerPage, cursor });
    ids.push(...next.items.map(({ id }) => id));
    cursor = next.cursor;
    if (cursor === undefined) break;
  }
  return ids;
};
