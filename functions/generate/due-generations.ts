import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { dueDays } from '../../shared/domain/generation/due-days.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';

export type DueDeps = {
  readonly catalog: CatalogStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly startGeneration: (name: string, input: StageInput<'generate-plan'>) => Promise<void>;
};

/** The schedule fires this often; a generation that failed is tried again under a new name after as long. */
const quarterMs = 900_000;

/** How long later days wait for the generation of an earlier one that does not come to its end. */
const patienceSeconds = 7_200;

/**
 * Starts the generation of the oldest project day whose cut-off has passed and that has no finished line in the schedule
 * ledger: tonight's, or what an outage left out. One day after the other, because an edge to an earlier day is kept only
 * if that day exists; but a day that fails again and again does not keep later ones from being generated. Asking again
 * is harmless: chunks create only what is missing.
 */
export const dueGenerations =
  ({ catalog, ledger, clock, startGeneration }: DueDeps) =>
  async (): Promise<StageOutput<'generate-due'>> => {
    const now = clock();
    const quarter = Math.floor(Date.parse(now) / quarterMs);
    const started: string[] = [];

    for (const { name: project, zone, createdAt, mode } of await catalog.allProjects())
      for (const env of environmentsOf(mode))
        for (const { bizDate, cutoffAt } of dueDays(zone, createdAt, now)) {
          const line = await ledger.findGeneration(env, project, bizDate);
          if (line?.finishedAt) continue;
          const generationId = `${env}~${project}~${bizDate}`;
          const day = { generationId, env, project, bizDate, cutoffAt };
          await ledger.beginGeneration({ ...day, startedAt: now });
          await startGeneration(`${generationId}~${quarter}`, day);
          started.push(generationId);
          if (plusSeconds(line?.startedAt ?? now, patienceSeconds) > now) break;
        }
    return { started };
  };

const environmentsOf = (mode: 'basic' | 'dev-prod'): readonly Env[] =>
  mode === 'basic' ? ['prod'] : ['prod', 'dev'];
