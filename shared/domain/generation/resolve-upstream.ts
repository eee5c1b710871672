import { plusDays, plusSeconds } from '../kernel/calendar-day.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import type { Upstream } from '../workflow/task.schema.ts';
import type { Cycle, TaskCycles } from './task-cycles.ts';

/** The waiting side of an edge. */
export type Waiting = {
  readonly bizDate: BizDate;
  readonly dueAt: Instant;
  readonly grain: 'hour' | 'day';
  readonly selfDependent: boolean;
  /** It is the first instance of its task that is generated for the date. */
  readonly first: boolean;
};

const daySeconds = 86_400;

/**
 * The upstream instances that a waiting instance is linked to (nodes-and-instances 6.4), one group for each date (the
 * 24-hour window is one group). The upstream's cycles come in its own project's zone, on the same business date.
 *
 * Without a strategy the two grains decide, for the period `current`:
 *
 *   day  ← day    the one of the date            hour ← hour   NEAR (the same one when the schedules are equal)
 *   day  ← hour   ALL; NEAR if the upstream waits for its own previous cycle, because then that one proves the rest
 *   hour ← day    the one of the date; if the waiting task is self-dependent only its first cycle links
 *
 * and ALL for every other period. NEAR is the latest that is not due after the waiting one, else the first of the date.
 */
export const resolveUpstream = (
  waiting: Waiting,
  { strategy, period }: Pick<Upstream, 'strategy' | 'period'>,
  upstream: TaskCycles,
): readonly (readonly Cycle[])[] => {
  if (period !== 'current') {
    const pick = pickerOf(strategy ?? 'ALL', waiting.dueAt);
    if (period === 'last24h') return nonEmpty([pick(windowBefore(waiting, upstream))]);
    const days = period === 'last' ? 1 : period.last;
    return nonEmpty(
      Array.from({ length: days }, (_, i) => pick(upstream.on(plusDays(waiting.bizDate, -i - 1)))),
    );
  }

  const grain = upstream.grainOn(waiting.bizDate);
  const chained = waiting.grain === 'hour' && waiting.selfDependent && grain === 'day';
  if (!strategy && chained && !waiting.first) return [];

  const byGrain =
    waiting.grain === 'day' && grain === 'hour' && !upstream.selfDependent ? 'ALL' : 'NEAR';
  return nonEmpty([pickerOf(strategy ?? byGrain, waiting.dueAt)(upstream.on(waiting.bizDate))]);
};

/** The cycle before `cycle` of the same task: for the first of a day the last of the day before, if there is one. */
export const previousCycle = (task: TaskCycles, cycle: Cycle): Cycle | undefined =>
  cycle.index > 1
    ? task.on(cycle.bizDate)[cycle.index - 2]
    : task.on(plusDays(cycle.bizDate, -1)).at(-1);

/** Due after 24 real hours before, up to and including the waiting one's own due time; never of a later date. */
const windowBefore = ({ bizDate, dueAt }: Waiting, upstream: TaskCycles): readonly Cycle[] => {
  const after = plusSeconds(dueAt, -daySeconds);
  return [-2, -1, 0]
    .flatMap((days) => upstream.on(plusDays(bizDate, days)))
    .filter((cycle) => cycle.dueAt > after && cycle.dueAt <= dueAt);
};

const pickerOf =
  (strategy: NonNullable<Upstream['strategy']>, dueAt: Instant) =>
  (cycles: readonly Cycle[]): readonly Cycle[] => {
    switch (strategy) {
      case 'ALL':
        return cycles;
      case 'FIRST':
        return cycles.slice(0, 1);
      case 'LAST':
        return cycles.slice(-1);
      case 'NEAR':
        return [cycles.findLast((cycle) => cycle.dueAt <= dueAt) ?? cycles[0]].flatMap(
          (cycle) => cycle ?? [],
        );
    }
  };

const nonEmpty = (groups: readonly (readonly Cycle[])[]): readonly (readonly Cycle[])[] =>
  groups.filter((group) => group.length > 0);
