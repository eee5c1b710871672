import type { Outcome } from '../instance/instance.schema.ts';
import { isoOf } from '../kernel/calendar-day.ts';
import type { Env, Key } from '../kernel/key.schema.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { binOf } from './duration-bins.ts';
import { isFinal } from './fold-run.ts';
import { isRetryRun } from './retry-scope.ts';
import type { Run } from './run.schema.ts';
import { isTestRun } from './test-scope.ts';

/** The finest stretch of time that runs are counted in, from whole multiples of it on. */
export const countedMs = 300_000;

/** What is counted of runs; `bin` and a number is the histogram of durations (`binOf`). */
export const runSums = [
  'runs',
  'succeeded',
  'failed',
  'cancelled',
  'durationMs',
  'autoRetried',
  'manualRetries',
] as const;
export type RunSum = (typeof runSums)[number] | `bin${number}`;
export type RunSums = Readonly<Partial<Record<RunSum, number>>>;

/** Where a run counts: with its workflow, in the five minutes in which it started. */
export type RunPlace = {
  readonly env: Env;
  readonly project: Key;
  readonly workflow: Key;
  /** Beginning of the five minutes. */
  readonly at: Instant;
};

export type RunDelta = RunPlace & { readonly sums: RunSums };

/** A run before and after some of its moves; `before` is missing for a new one. */
type RunChange = { readonly before: Run | undefined; readonly after: Run };

/**
 * What the changes of runs do to the counters; zeros are left out. A run counts by its start (workflows-and-logs B1.1), as
 * often as it is there: what it added before is taken away first, so one that is run again counts once, as what it comes to.
 */
export const runDeltasOf = (changes: readonly RunChange[]): RunDelta[] => {
  const deltas = new Map<string, { place: RunPlace; sums: Map<RunSum, number> }>();
  const add = (run: Run, sign: 1 | -1) => {
    const share = shareOf(run);
    if (!share) return;
    const key = [share.env, share.project, share.workflow, share.at].join('#');
    const delta = deltas.get(key) ?? { place: share, sums: new Map() };
    deltas.set(key, delta);
    for (const [name, value] of Object.entries(share.sums) as [RunSum, number][])
      delta.sums.set(name, (delta.sums.get(name) ?? 0) + sign * value);
  };
  for (const { before, after } of changes) {
    // A run that was begun under a version that counted none has added nothing yet.
    if (before?.counted) add(before, -1);
    add(after, 1);
  }
  return [...deltas.values()].flatMap(({ place: { env, project, workflow, at }, sums }) => {
    const changed = [...sums].filter(([, by]) => by !== 0);
    if (changed.length === 0) return [];
    return [{ env, project, workflow, at, sums: Object.fromEntries(changed) }];
  });
};

/**
 * What one run adds, and where; undefined before it has started. Test runs count for nobody, and a run in which nothing
 * ran (off days, overlap, dry run) is none. Only an ended one has a duration. Automatic retries do not add runs, a manual
 * retry is a run of its own.
 */
const shareOf = (run: Run): RunDelta | undefined => {
  const { env, project, workflow, startedAt, endedAt, status } = run;
  if (startedAt === undefined || isTestRun(run) || hasNotRun(run)) return undefined;

  const at = isoOf(Math.floor(Date.parse(startedAt) / countedMs) * countedMs);
  const ended = isFinal(status) && endedAt !== undefined;
  const durationMs = ended ? Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) : 0;
  return {
    ...{ env, project, workflow, at },
    sums: {
      runs: 1,
      ...(run.autoRetries ? { autoRetried: 1 } : {}),
      ...(isRetryRun(run) ? { manualRetries: 1 } : {}),
      ...(ended
        ? { [countedAs[status as EndStatus]]: 1, durationMs, [`bin${binOf(durationMs)}`]: 1 }
        : {}),
    },
  };
};

type EndStatus = 'SUCCESS' | 'FAILED' | 'CANCELLED';
const countedAs = { SUCCESS: 'succeeded', FAILED: 'failed', CANCELLED: 'cancelled' } as const;

const withoutWork: ReadonlySet<string> = new Set<Outcome>([
  'dry-run',
  'off-day',
  'out-of-range',
  'expired',
]);

const hasNotRun = ({ status, outcomes }: Run): boolean =>
  status === 'SUCCESS' && Object.keys(outcomes).every((outcome) => withoutWork.has(outcome));
