import { isFinal } from '../run/fold-run.ts';
import type { Run } from '../run/run.schema.ts';
import type { BackfillPlan } from './backfill.schema.ts';

export type BackfillEnd = {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly runs: number;
  readonly failedRuns: number;
  readonly instances: number;
  readonly failed: number;
};

type Dates = Pick<BackfillPlan, 'dates'>;

/** The runs of the last date of each group: within a group a date begins when the one before it is over. */
export const lastRunsOf = ({ dates }: Dates): readonly string[] =>
  [...new Map(dates.map(({ group, runs }) => [group, runs])).values()].flat();

/** What a backfill came to, once the last date of each of its groups has come to an end; undefined before. */
export const backfillEndOf = (
  plan: Dates,
  runs: ReadonlyMap<string, Pick<Run, 'status' | 'total' | 'counts'>>,
): BackfillEnd | undefined => {
  const isOver = lastRunsOf(plan).every((id) => {
    const run = runs.get(id);
    return run !== undefined && isFinal(run.status);
  });
  if (!isOver) return undefined;
  const all = [...runs.values()];
  const failedRuns = all.filter(({ status }) => status !== 'SUCCESS').length;
  return {
    status: failedRuns === 0 ? 'SUCCESS' : 'FAILED',
    runs: all.length,
    failedRuns,
    instances: all.reduce((sum, { total }) => sum + total, 0),
    failed: all.reduce((sum, { counts }) => sum + counts.FAILED, 0),
  };
};
