import type { StageOutput } from '../../shared/contracts/stages.ts';
import { dueDays } from '../../shared/domain/generation/due-days.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { GenerationLine } from '../../shared/domain/run/generation-line.schema.ts';
import { graceSeconds } from '../../shared/domain/schedule/ledger-state.ts';
import { lateSeconds } from '../../shared/domain/schedule/tick-state.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import { expectedRuns } from '../stores/expected-runs.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import { checkTicks } from './check-ticks.ts';

export type SentinelDeps = {
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly report: (holes: number) => void;
};

/**
 * Counts the project days that should have been generated and have no finished line in the schedule ledger, or a line
 * and ticks without a run. It runs on a schedule of its own and reports zero as well: silence is an alarm too
 * (what-users-ask-for §4.4).
 */
export const findHoles =
  (deps: SentinelDeps) => async (): Promise<StageOutput<'watch-sentinel'>> => {
    const { catalog, ledger, clock, report } = deps;
    const now = clock();
    const check = checkTicks({ ...deps, expected: expectedRuns(catalog) });
    let holes = 0;
    let missedTicks = 0;

    for (const project of await catalog.allProjects())
      for (const env of environmentsOf(project))
        for (const { bizDate } of dueDays(
          project.zone,
          project.createdAt,
          plusSeconds(now, -graceSeconds),
        )) {
          const line = await ledger.findGeneration(env, project.name, bizDate);
          const missed = line?.finishedAt
            ? await missedOf(line, now, () => check(project, line))
            : 0;
          if (!line?.finishedAt || missed > 0) holes += 1;
          missedTicks += missed;
        }
    report(holes);
    return { holes, missedTicks };
  };

/** A date that was found whole stays so; one that was not is looked at again until somebody has mended it. */
const missedOf = async (
  { finishedAt, ticks }: GenerationLine,
  now: string,
  check: () => Promise<number>,
): Promise<number> => {
  if (ticks && ticks.missed === 0) return 0;
  // The list of runs follows generation by seconds.
  if (finishedAt !== undefined && now <= plusSeconds(finishedAt, lateSeconds)) return 0;
  return check();
};

const environmentsOf = ({ mode }: Pick<Project, 'mode'>) =>
  mode === 'basic' ? (['prod'] as const) : (['prod', 'dev'] as const);
