import { isoOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { quantileOfBins } from '../run/duration-bins.ts';
import type { RunDelta, RunSum } from '../run/run-counts.ts';
import { type MonitoringWindow, stepSecondsOf } from './monitoring-window.ts';

/** Durations are in milliseconds, of ended runs only; null without any. */
type RunFigures = {
  readonly runs: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Started and not ended yet. */
  readonly running: number;
  /** succeeded ÷ (succeeded + failed); null while nothing came to either. */
  readonly successRate: number | null;
  readonly meanMs: number | null;
  readonly p95Ms: number | null;
  readonly autoRetried: number;
  readonly manualRetries: number;
};

type WorkflowFigures = RunFigures & {
  readonly project: string;
  readonly workflow: string;
};

type RunSummary = {
  readonly stepSeconds: number;
  readonly totals: RunFigures;
  /** One for each step of the window, in order. */
  readonly steps: readonly (RunFigures & { readonly at: Instant })[];
  /** Most failures first. */
  readonly failing: readonly WorkflowFigures[];
  /** Longest mean first. */
  readonly slow: readonly WorkflowFigures[];
};

const listed = 5;

/** What an overview of runs shows (workflows-and-logs B1.1); `rows` outside of the window are left out. */
export const summarizeRuns = (rows: readonly RunDelta[], window: MonitoringWindow): RunSummary => {
  const stepSeconds = stepSecondsOf(window);
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const count = Math.ceil((to - from) / (stepSeconds * 1000));
  const steps = Array.from({ length: count }, () => tally());
  const totals = tally();
  const workflows = new Map<string, { project: string; workflow: string; sums: Tally }>();

  for (const { project, workflow, at, sums } of rows) {
    const start = Date.parse(at);
    if (start < from || start >= to) continue;
    const key = `${project}/${workflow}`;
    const own = workflows.get(key) ?? { project, workflow, sums: tally() };
    workflows.set(key, own);
    const step = steps[Math.floor((start - from) / (stepSeconds * 1000))];
    for (const [name, value] of Object.entries(sums) as [RunSum, number][])
      for (const into of [totals, own.sums, step]) into?.add(name, value);
  }

  const all = [...workflows.values()].map(({ project, workflow, sums }) => ({
    project,
    workflow,
    ...sums.figures(),
  }));
  const top = (value: (figures: RunFigures) => number | null) =>
    all
      .filter((each) => (value(each) ?? 0) > 0)
      .toSorted(
        (a, b) =>
          (value(b) ?? 0) - (value(a) ?? 0) ||
          b.runs - a.runs ||
          (`${a.project}/${a.workflow}` < `${b.project}/${b.workflow}` ? -1 : 1),
      )
      .slice(0, listed);
  return {
    stepSeconds,
    totals: totals.figures(),
    steps: steps.map((step, n) => ({
      at: isoOf(from + n * stepSeconds * 1000),
      ...step.figures(),
    })),
    failing: top(({ failed }) => failed),
    slow: top(({ meanMs }) => meanMs),
  };
};

type Tally = ReturnType<typeof tally>;

const tally = () => {
  const sums = new Map<string, number>();
  const bins = new Map<number, number>();
  const of = (name: RunSum) => sums.get(name) ?? 0;
  return {
    add(name: RunSum, value: number) {
      if (name.startsWith('bin')) {
        const bin = Number(name.slice('bin'.length));
        bins.set(bin, (bins.get(bin) ?? 0) + value);
      } else sums.set(name, of(name) + value);
    },
    figures(): RunFigures {
      const [runs, succeeded, failed, cancelled] = [
        of('runs'),
        of('succeeded'),
        of('failed'),
        of('cancelled'),
      ];
      const ended = succeeded + failed + cancelled;
      const meanMs = ended === 0 ? null : Math.round(of('durationMs') / ended);
      return {
        ...{ runs, succeeded, failed, cancelled },
        running: runs - ended,
        successRate: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
        meanMs,
        // Of one run both are its duration; bins would say it within 5 %.
        p95Ms: ended === 1 ? meanMs : (quantileOfBins(bins, 0.95) ?? null),
        autoRetried: of('autoRetried'),
        manualRetries: of('manualRetries'),
      };
    },
  };
};
