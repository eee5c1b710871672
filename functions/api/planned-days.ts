import { cutoffOf } from '../../shared/domain/generation/due-days.ts';
import { plusDays, runDateOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { BizDate, Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { ExpectedRun, ExpectedRuns } from '../stores/expected-runs.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';

/** What the schedule of a workflow asks for on one business date. */
export type PlannedDay = {
  readonly bizDate: BizDate;
  readonly runs: readonly ExpectedRun[];
  /** The version that counts has a schedule and its timing is on. */
  readonly scheduled: boolean;
  /** When its generation ended. */
  readonly generatedAt?: Instant | undefined;
};

/**
 * The ticks of a workflow on some run dates (both included), oldest first. The cut-off is the one of the ledger, else the
 * one that generation will use. Days before the project existed have none.
 */
export const plannedDays =
  ({ ledger }: { readonly ledger: LedgerStore }, expected: ExpectedRuns) =>
  async (
    record: WorkflowRecord,
    { name, zone, dst, createdAt }: Pick<Project, 'name' | 'zone' | 'dst' | 'createdAt'>,
    env: Env,
    { from, to }: { readonly from: BizDate; readonly to: BizDate },
  ): Promise<readonly PlannedDay[]> => {
    const days: PlannedDay[] = [];
    for (
      let bizDate = plusDays(from, -1);
      runDateOf(bizDate) <= to;
      bizDate = plusDays(bizDate, 1)
    ) {
      const line = await ledger.findGeneration(env, name, bizDate);
      const cutoffAt = line?.cutoffAt ?? cutoffOf(bizDate, zone);
      if (cutoffAt < createdAt) continue;
      const times = await expected.timesAt(record, env, cutoffAt);
      const runs = await expected.runsOf(record, { zone, dst }, { env, bizDate, cutoffAt });
      days.push({
        ...{ bizDate, runs },
        scheduled: (times?.groups.length ?? 0) > 0,
        generatedAt: line?.finishedAt,
      });
    }
    return days;
  };
