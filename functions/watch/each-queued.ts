import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { inParallel } from '../admission/in-parallel.ts';
import { queueStripes } from '../stores/instances-table.ts';
import type { Queued, QueueQuery } from '../stores/queue.ts';
import { stripesUpTo } from '../stores/stripe.ts';
import type { Page } from '../stores/table.ts';
import type { WatchDeps } from './watch-deps.ts';

const pageSize = 200;
/** Pages per stripe and minute: 8,000 instances in all, so a backlog cannot hold up the watch. */
const pages = 5;
const atOnce = 8;

/** Serves every instance of a queue up to `until`, as it stands now; counts those for which something was done. */
export const eachQueued = async (
  { instances }: WatchDeps,
  list: (query: QueueQuery) => Promise<Page<Queued>>,
  until: Instant,
  serve: (instance: Instance) => Promise<boolean>,
): Promise<number> => {
  let done = 0;
  for (const stripe of stripesUpTo(queueStripes)) {
    let cursor: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const { items, cursor: next } = await list({ stripe, until, limit: pageSize, cursor });
      const found = await instances.findMany(
        items.map(({ id }) => id),
        { strong: true },
      );
      const served = await inParallel([...found.values()], atOnce, serve);
      done += served.filter(Boolean).length;
      cursor = next;
      if (cursor === undefined) break;
    }
  }
  return done;
};
