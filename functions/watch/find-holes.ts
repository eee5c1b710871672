import type { StageOutput } from '../../shared/contracts/stages.ts';
import { dueDays } from '../../shared/domain/generation/due-days.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';

export type SentinelDeps = {
  readonly catalog: CatalogStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly report: (holes: number) => void;
};

/** A generation may take this long after its cut-off before its missing line is a hole. */
const graceSeconds = 3_600;

/**
 * Counts the project days that should have been generated and have no finished line in the schedule ledger. It runs on a
 * schedule of its own and reports zero as well: silence is an alarm too (what-users-ask-for §4.4).
 */
export const findHoles =
  ({ catalog, ledger, clock, report }: SentinelDeps) =>
  async (): Promise<StageOutput<'watch-sentinel'>> => {
    const now = plusSeconds(clock(), -graceSeconds);
    let holes = 0;
    for (const { name, zone, createdAt, mode } of await catalog.allProjects())
      for (const env of mode === 'basic' ? (['prod'] as const) : (['prod', 'dev'] as const))
        for (const { bizDate } of dueDays(zone, createdAt, now)) {
          const line = await ledger.findGeneration(env, name, bizDate);
          if (!line?.finishedAt) holes += 1;
        }
    report(holes);
    return { holes };
  };
