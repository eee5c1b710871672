import type { Window } from '../../shared/domain/alert/time-rules.ts';
import { laterOf, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { RuleWatchDeps, Watched } from './rule-watch-deps.ts';
import { watchClocks } from './watch-clocks.ts';
import { watchCounts } from './watch-counts.ts';
import { watchTimeouts } from './watch-timeouts.ts';

/** What is older is news to nobody. */
const longestOutage = 24 * 3600;
const atOnce = 8;

/**
 * Rules about time. Each round looks at the thresholds since the one before, so a minute that was missed is made up for
 * late; ids are functions of rule and instance, so a round that runs twice tells nothing twice. What is noted as looked at
 * is noted last.
 */
export const watchRules = async (deps: RuleWatchDeps): Promise<number> => {
  const now = deps.clock();
  const [before, projects] = await Promise.all([deps.told.watchedUpTo(), deps.rules.allProjects()]);
  const window: Window = {
    after: laterOf(plusSeconds(now, -longestOutage), before ?? plusSeconds(now, -60)),
    until: now,
  };
  const watched = await inParallel(projects, atOnce, async ({ name, zone }): Promise<Watched> => {
    const { alerts } = await deps.rules.rulesOf(name);
    return { project: name, zone, alerts: alerts.filter(({ enabled }) => enabled) };
  });
  const withRules = watched.filter(({ alerts }) => alerts.length > 0);

  let done = await watchTimeouts(deps, withRules, window);
  for (const each of withRules) {
    done += await watchClocks(deps, each, window);
    done += await watchCounts(deps, each);
  }
  await deps.told.noteWatched(now);
  return done;
};
