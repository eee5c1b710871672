import { type Outcome, Status } from '../instance/instance.schema.ts';
import { parseInstanceId, runIdOf } from '../instance/instance-id.ts';
import { isActive, isEnded } from '../instance/lifecycle.ts';
import { laterOf } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { Run, RunStatus } from './run.schema.ts';

/** One committed move of an instance, as much of it as a run and the day counters care about. */
export type Change = {
  readonly instanceId: string;
  /** Missing for a new instance. */
  readonly from?: Status | undefined;
  readonly to: Status;
  /** How it had ended before; set when it leaves SUCCESS or FAILED. */
  readonly fromOutcome?: Outcome | undefined;
  readonly outcome?: Outcome | undefined;
  readonly at: Instant;
  readonly version: number;
  readonly dueAt: Instant;
  readonly actor?: string | undefined;
};

/**
 * The run after one more move of one of its instances; `run` is undefined before the first. Moves of different
 * instances may come in any order: counts, times and status come out the same. Barriers are nobody's work and are not
 * counted, so a change of one returns `run` as it is.
 */
export const foldMove = (run: Run | undefined, change: Change): Run | undefined => {
  const ref = parseInstanceId(change.instanceId);
  if (!ref || ref.family === 'barrier') return run;

  const { task: _task, index: _index, ...runRef } = ref;
  const before = run ?? { ...noRun, ...runRef, runId: runIdOf(ref), dueAt: change.dueAt };
  const born = change.from === undefined;
  const counts = { ...before.counts };
  if (change.from !== undefined) counts[change.from] = Math.max(0, counts[change.from] - 1);
  counts[change.to] += 1;

  const total = before.total + (born ? 1 : 0);
  const outcomes = foldOutcomes(before.outcomes, change);
  const startedAt = hasStarted(change) ? earlierOf(change.at, before.startedAt) : before.startedAt;
  const lastMoveAt = laterOf(change.at, before.lastMoveAt);
  const status = runStatusOf({ counts, outcomes, total, startedAt });

  return {
    ...before,
    version: Math.max(before.version, change.version),
    total,
    counts,
    outcomes,
    dueAt: earlierOf(change.dueAt, before.dueAt),
    startedAt,
    endedAt: isFinal(status) ? lastMoveAt : undefined,
    status,
    ...beganBy(change, before.beganAt),
    ...(isRerun(change) ? { reruns: (before.reruns ?? 0) + 1 } : {}),
    ...(isRetry(change) ? { autoRetries: (before.autoRetries ?? 0) + 1 } : {}),
    counted: true,
    startedBy: before.startedBy ?? (born ? change.actor : undefined),
    seq: before.seq + 1,
    lastMoveAt,
  };
};

/**
 * WAITING until something has started; then RUNNING while anything is on its way; then what the ended ones say.
 * Instances behind a failure stay NOT_RUN and do not keep a run alive.
 */
const runStatusOf = ({
  counts,
  outcomes,
  total,
  startedAt,
}: Pick<Run, 'counts' | 'outcomes' | 'total' | 'startedAt'>): RunStatus => {
  const started = startedAt !== undefined || counts.SUCCESS + counts.FAILED > 0;
  if (!started) return 'WAITING';
  if (counts.SUCCESS === total) return 'SUCCESS';

  const onItsWay =
    counts.SUBMITTED + counts.RUNNING + counts.WAIT_TIME + counts.THROTTLED + counts.WAIT_RESOURCE;
  if (onItsWay > 0 || counts.FAILED === 0) return 'RUNNING';
  return outcomes.terminated === counts.FAILED ? 'CANCELLED' : 'FAILED';
};

/** Nothing moves any more unless somebody reruns something. */
export const isFinal = (status: RunStatus): boolean => status !== 'WAITING' && status !== 'RUNNING';

const noRun = {
  version: 1,
  total: 0,
  counts: Object.fromEntries(Status.options.map((status) => [status, 0])) as Record<Status, number>,
  outcomes: {},
  startedAt: undefined,
  startedBy: undefined,
  beganAt: undefined,
  reruns: undefined,
  autoRetries: undefined,
  seq: 0,
  lastMoveAt: undefined,
} as const;

const hasStarted = ({ to }: Change): boolean => isActive({ status: to }) || isEnded({ status: to });

/** The first attempt of a run begins it; instances that pass without running do not. */
const beganBy = ({ to, at }: Change, beganAt: Instant | undefined): Pick<Run, 'beganAt'> => {
  const earliest = to === 'RUNNING' ? earlierOf(at, beganAt) : beganAt;
  return earliest === undefined ? {} : { beganAt: earliest };
};

/** Somebody took back how an instance had ended: its run may fail, or succeed, anew. */
const isRerun = ({ from, to }: Change): boolean =>
  from !== undefined && isEnded({ status: from }) && from !== to;

/** Of all moves only an automatic retry leads from an attempt back to the wait for a time. */
const isRetry = ({ from, to }: Change): boolean =>
  from !== undefined && isActive({ status: from }) && to === 'WAIT_TIME';

const earlierOf = (a: Instant, b: Instant | undefined): Instant =>
  b !== undefined && b < a ? b : a;

const foldOutcomes = (outcomes: Run['outcomes'], change: Change): Run['outcomes'] => {
  const next = { ...outcomes };
  const { fromOutcome, outcome } = change;
  const leaves = change.from !== undefined && isEnded({ status: change.from });
  if (leaves && fromOutcome) {
    const left = (next[fromOutcome] ?? 1) - 1;
    if (left > 0) next[fromOutcome] = left;
    else delete next[fromOutcome];
  }
  if (isEnded({ status: change.to }) && outcome) next[outcome] = (next[outcome] ?? 0) + 1;
  return next;
};
