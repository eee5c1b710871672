import type { RunView } from '../../../../shared/contracts/api/run-view.ts';

export type TrendRun = Pick<RunView, 'run' | 'status' | 'startedAt' | 'endedAt' | 'bizDate'>;

export type RunTrend = {
  /** Runs that have ended, oldest first. */
  readonly points: readonly {
    readonly run: string;
    readonly bizDate: string;
    readonly status: RunView['status'];
    readonly ms: number;
  }[];
  readonly meanMs: number;
  /** Nine of ten runs took at most so long. */
  readonly p90Ms: number;
  /** Share of the ended ones that succeeded, 0 to 1. */
  readonly successRate: number;
};

/** How long the last runs took, and how many of them succeeded; undefined while none has ended. Runs come newest first. */
export const runTrend = (runs: readonly TrendRun[]): RunTrend | undefined => {
  const points = runs
    .flatMap(({ run, bizDate, status, startedAt, endedAt }) =>
      startedAt && endedAt
        ? [{ run, bizDate, status, ms: Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) }]
        : [],
    )
    .toReversed();
  if (points.length === 0) return undefined;

  const sorted = points.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return {
    points,
    meanMs: sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length,
    p90Ms: sorted[Math.ceil(0.9 * sorted.length) - 1] ?? 0,
    successRate: points.filter(({ status }) => status === 'SUCCESS').length / points.length,
  };
};
