import { runAmong } from '../generation/task-cycles.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { WorkflowDefinition } from '../workflow/definition.schema.ts';
import { scheduleOf, triggerOf } from '../workflow/trigger-of.ts';
import { occurrencesOfDay, type RunDay } from './occurrences-of-day.ts';
import type { Schedule } from './schedule.schema.ts';

/** When the tasks of a definition fall due: enough to plan its runs, and small whatever its size. */
export type WorkflowTimes = {
  readonly schedule?: Schedule | undefined;
  /** The recurring tasks, counted by schedule. */
  readonly groups: readonly { readonly schedule: Schedule; readonly tasks: number }[];
};

/** Tasks of a workflow that fall due at one instant. On an off day they succeed without running. */
export type PlannedFire = {
  /** The run they belong to: its cycle on that business date, from 1. */
  readonly cycle: number;
  readonly at: Instant;
  /** The wall time that was asked for. */
  readonly local: string;
  readonly shifted: boolean;
  readonly offDay: boolean;
  readonly tasks: number;
};

/** A run that the schedules ask for: due when the first of its tasks is. */
export type PlannedRun = Omit<PlannedFire, 'at'> & { readonly dueAt: Instant };

export const timesOf = (definition: WorkflowDefinition): WorkflowTimes => {
  const groups = new Map<string, { readonly schedule: Schedule; tasks: number }>();
  for (const task of definition.tasks) {
    const schedule = scheduleOf(task, definition);
    if (!schedule || triggerOf(task, definition) !== 'recurring') continue;
    const key = JSON.stringify(schedule);
    const group = groups.get(key) ?? { schedule, tasks: 0 };
    group.tasks += 1;
    groups.set(key, group);
  }
  return { schedule: definition.schedule, groups: [...groups.values()] };
};

/** What falls due on a run date, in order of time and cycle. Counts the instances that generation makes for it. */
export const plannedFires = (times: WorkflowTimes, day: RunDay): readonly PlannedFire[] => {
  const defaults = times.schedule ? occurrencesOfDay(times.schedule, day) : [];
  const fires = new Map<string, PlannedFire>();
  for (const { schedule, tasks } of times.groups)
    for (const { at, local, shifted, offDay } of occurrencesOfDay(schedule, day)) {
      const cycle = runAmong(defaults, at);
      const before = fires.get(`${at} ${cycle}`);
      fires.set(`${at} ${cycle}`, {
        ...{ cycle, at, local },
        shifted: shifted || (before?.shifted ?? false),
        offDay: offDay && (before?.offDay ?? true),
        tasks: tasks + (before?.tasks ?? 0),
      });
    }
  return [...fires.values()].toSorted(
    (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0) || a.cycle - b.cycle,
  );
};

/** The runs of a run date, one for each cycle that has tasks, in order. */
export const plannedRuns = (times: WorkflowTimes, day: RunDay): readonly PlannedRun[] => {
  const runs = new Map<number, PlannedRun>();
  for (const { at, ...fire } of plannedFires(times, day)) {
    const before = runs.get(fire.cycle);
    runs.set(
      fire.cycle,
      before
        ? { ...before, offDay: before.offDay && fire.offDay, tasks: before.tasks + fire.tasks }
        : { ...fire, dueAt: at },
    );
  }
  return [...runs.values()].toSorted((a, b) => a.cycle - b.cycle);
};
