import type { Instance } from '../instance/instance.schema.ts';
import { runIdOf } from '../instance/instance-id.ts';
import { plusDays } from '../kernel/calendar-day.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import type { CatchUp, WorkflowDefinition } from '../workflow/definition.schema.ts';
import { innerUpstreams } from '../workflow/dependencies-of.ts';
import type { Task } from '../workflow/task.schema.ts';
import type { Cycle, TaskCycles } from './task-cycles.ts';

type Overlapping = Pick<Instance, 'overlap' | 'previousRun' | 'nextDueAt'>;
type Runs = Pick<TaskCycles, 'runsOn'>;

/**
 * What an instance must know about the runs beside its own (workflows-and-logs B1.5). Whoever stands at the head of its
 * run asks whether the run before is over; what stands below follows the head, so it need not ask again.
 */
export const overlapOf = (
  { concurrency, workflow }: Pick<WorkflowDefinition, 'concurrency' | 'workflow'>,
  task: Pick<Task, 'upstreams'>,
  own: TaskCycles,
  cycle: Cycle,
): Overlapping => {
  if (concurrency === undefined || concurrency === 'parallel') return {};
  const isHead = innerUpstreams(task, workflow).every(({ period }) => period !== 'current');
  if (!isHead) return concurrency === 'wait' ? {} : { overlap: concurrency };

  const before = runBefore(own, cycle);
  const next = nextRunAt(own, cycle);
  return {
    overlap: concurrency,
    ...(before
      ? { previousRun: runIdOf({ ...own, family: 'recurring', scope: '', ...before }) }
      : {}),
    ...(concurrency === 'newest-only' && next ? { nextDueAt: next } : {}),
  };
};

/**
 * Whether a run that was due before `missedBefore`, while nothing was generated, may not run any more (spec/README 19).
 */
export const hasExpired = (
  { run, atMost }: CatchUp,
  own: Runs,
  cycle: Pick<Cycle, 'bizDate' | 'run' | 'dueAt'>,
  missedBefore: Instant,
): boolean => {
  const dueAt = own.runsOn(cycle.bizDate)[cycle.run - 1] ?? cycle.dueAt;
  if (dueAt >= missedBefore) return false;
  if (run === 'none') return true;
  if (run === 'newest') return (nextRunAt(own, cycle) ?? missedBefore) < missedBefore;
  const later = own.runsOn(cycle.bizDate).filter((at, n) => n >= cycle.run && at < missedBefore);
  return later.length >= atMost;
};

type RunPlace = { readonly bizDate: BizDate; readonly cycle: number };

const runBefore = ({ runsOn }: Runs, { bizDate, run }: Cycle): RunPlace | undefined => {
  if (run > 1) return { bizDate, cycle: run - 1 };
  const dayBefore = plusDays(bizDate, -1);
  return { bizDate: dayBefore, cycle: Math.max(1, runsOn(dayBefore).length) };
};

/** When the run after falls due; undefined in a workflow without a schedule of its own. */
const nextRunAt = (
  { runsOn }: Runs,
  { bizDate, run }: Pick<Cycle, 'bizDate' | 'run'>,
): Instant | undefined => runsOn(bizDate)[run] ?? runsOn(plusDays(bizDate, 1))[0];
