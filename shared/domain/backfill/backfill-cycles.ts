import { type Cycle, cyclesOf, type TaskCycles } from '../generation/task-cycles.ts';
import { isoOf, runDateOf } from '../kernel/calendar-day.ts';
import type { Key } from '../kernel/key.schema.ts';
import type { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import { instantOfLocal } from '../schedule/instant-of-local.ts';
import { offsetAt } from '../schedule/place-walls.ts';
import type { Backfill } from './backfill.schema.ts';

type Workflow = Parameters<typeof cyclesOf>[0];

/**
 * The cycles of the tasks of a workflow as a backfill makes them: whether its timing is on does not matter, and a task
 * without a schedule has one cycle a date, at the beginning of the run date.
 */
export const backfillCyclesOf = (workflow: Workflow): ((task: Key) => TaskCycles | undefined) => {
  const of = cyclesOf({ ...workflow, timing: 'ON' });
  const known = new Map<Key, TaskCycles | undefined>();
  return (task) => {
    if (!known.has(task)) {
      const cycles = of(task);
      known.set(task, cycles?.recurring === false ? oneADate(cycles, workflow.zone) : cycles);
    }
    return known.get(task);
  };
};

const oneADate = (cycles: TaskCycles, zone: Zone): TaskCycles => ({
  ...cycles,
  grainOn: () => 'day',
  on: (bizDate) => [
    {
      ...{ bizDate, run: 1, index: 1, offDay: false },
      dueAt: instantOfLocal(`${runDateOf(bizDate)}T00:00`, zone),
    },
  ],
});

/** The cycles of a date that fall due within the window; tasks with one cycle a day have no use for one (N56). */
export const cyclesInWindow = (
  cycles: TaskCycles,
  bizDate: BizDate,
  { from, to }: Backfill['window'],
  zone: Zone,
): readonly Cycle[] => {
  const all = cycles.on(bizDate);
  if ((from === '00:00' && to === '23:59') || cycles.grainOn(bizDate) === 'day') return all;
  return all.filter(({ dueAt }) => {
    const clock = localClockAt(dueAt, zone);
    return clock >= from && clock <= to;
  });
};

/** `HH:mm` on the clocks of a zone. */
const localClockAt = (at: Instant, zone: Zone): string => {
  const epochMs = Date.parse(at);
  return isoOf(epochMs + offsetAt(zone, epochMs)).slice(11, 16);
};
