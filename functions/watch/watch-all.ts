import type { StageOutput } from '../../shared/contracts/stages.ts';
import { watchActiveInstances } from './watch-active.ts';
import type { WatchDeps } from './watch-deps.ts';
import { type RequestWatchDeps, watchRequests } from './watch-requests.ts';
import { watchOverdue, watchParked, watchPools } from './watch-waiting.ts';

/** The minute's round: what should have happened by itself and did not (design.md §2, watch). */
export const watchAll =
  (deps: WatchDeps & RequestWatchDeps) => async (): Promise<StageOutput<'watch-watch'>> => {
    const rounds = [watchActiveInstances, watchOverdue, watchParked, watchPools];
    let done = await watchRequests(deps);
    for (const round of rounds) done += await round(deps);
    return { done };
  };
