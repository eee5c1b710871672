import type { StageOutput } from '../../shared/contracts/stages.ts';
import type { RuleWatchDeps } from './rule-watch-deps.ts';
import { watchActiveInstances } from './watch-active.ts';
import { watchBackfills } from './watch-backfills.ts';
import type { WatchDeps } from './watch-deps.ts';
import { watchFilling } from './watch-filling.ts';
import { type HoldWatchDeps, watchHolds } from './watch-holds.ts';
import { type OperationWatchDeps, watchOperations } from './watch-operations.ts';
import { watchParked } from './watch-parked.ts';
import { type RequestWatchDeps, watchRequests } from './watch-requests.ts';
import { watchRules } from './watch-rules.ts';
import { watchOverdue, watchPools } from './watch-waiting.ts';

/** The minute's round: what should have happened by itself and did not (design.md §2, watch). */
export const watchAll =
  (deps: WatchDeps & RequestWatchDeps & HoldWatchDeps & OperationWatchDeps & RuleWatchDeps) =>
  async (): Promise<StageOutput<'watch-watch'>> => {
    // Backfills come last: what they take of the minute is taken from nobody.
    const rounds = [watchActiveInstances, watchOverdue, watchParked, watchPools, watchFilling];
    let done = (await watchBackfills(deps)) + (await watchRequests(deps));
    done += await watchHolds(deps);
    done += await watchOperations(deps);
    for (const round of rounds) done += await round(deps);
    done += await watchRules(deps);
    return { done };
  };
