import { runDateOf } from '../kernel/calendar-day.ts';
import type { Env, Key } from '../kernel/key.schema.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import { occurrencesOfDay } from '../schedule/occurrences-of-day.ts';
import type { Schedule } from '../schedule/schedule.schema.ts';
import { scheduleOf, triggerOf } from '../workflow/trigger-of.ts';
import type { GeneratedWorkflow } from './plan.ts';

/** One instance of a task on a business date. */
export type Cycle = {
  readonly bizDate: BizDate;
  /** Cycle of the workflow run it belongs to, from 1. */
  readonly run: number;
  /** Cycle of the task itself on that date, from 1. */
  readonly index: number;
  readonly dueAt: Instant;
  readonly offDay: boolean;
};

/** When a task falls due; all that resolving an edge to it needs to know. */
export type TaskCycles = {
  readonly env: Env;
  readonly project: Key;
  readonly workflow: Key;
  readonly task: Key;
  readonly selfDependent: boolean;
  /** It has instances made by the nightly generation. */
  readonly recurring: boolean;
  /** `hour` stands for minute too; week, month and year have one instance a day and behave as `day` (6.4). */
  readonly grainOn: (bizDate: BizDate) => 'hour' | 'day';
  /** When the runs of the workflow fall due on the date; none without a schedule of its own, and then there is one run. */
  readonly runsOn: (bizDate: BizDate) => readonly Instant[];
  /** The instances of the date in order of due time; none for a task that is started by hand. */
  readonly on: (bizDate: BizDate) => readonly Cycle[];
};

/**
 * The cycles of the tasks of one workflow, by task name. A task with a schedule of its own joins the run whose due time
 * is the latest that is not after its own, else the first; a workflow without a schedule has one run a day. Each date
 * of each schedule is computed once.
 */
export const cyclesOf = (
  workflow: Pick<GeneratedWorkflow, 'env' | 'project' | 'zone' | 'dst' | 'definition' | 'timing'>,
): ((task: Key) => TaskCycles | undefined) => {
  const { definition, env, project, zone, dst } = workflow;
  const tasks = new Map(definition.tasks.map((task) => [task.name, task]));
  const firesOn = remembered(
    (schedule: Schedule) =>
      remembered((runDate: BizDate) => occurrencesOfDay(schedule, { zone, dst, runDate })),
    JSON.stringify,
  );
  const runAt = (dueAt: Instant, runDate: BizDate): number =>
    runAmong(definition.schedule ? firesOn(definition.schedule)(runDate) : [], dueAt);

  const runsOn = remembered((bizDate: BizDate): readonly Instant[] =>
    definition.schedule ? firesOn(definition.schedule)(runDateOf(bizDate)).map(({ at }) => at) : [],
  );

  const cyclesOfTask = (name: Key): TaskCycles | undefined => {
    const task = tasks.get(name);
    if (!task) return undefined;
    const schedule = scheduleOf(task, definition);
    const recurring =
      workflow.timing === 'ON' &&
      schedule !== undefined &&
      triggerOf(task, definition) === 'recurring';
    const on = remembered((bizDate: BizDate): readonly Cycle[] => {
      const runDate = runDateOf(bizDate);
      const fires = recurring ? firesOn(schedule)(runDate) : [];
      return fires.map(({ at, offDay }, i) => ({
        bizDate,
        run: runAt(at, runDate),
        index: i + 1,
        dueAt: at,
        offDay,
      }));
    });

    return {
      env,
      project,
      workflow: definition.workflow,
      task: name,
      selfDependent: task.selfDependent,
      recurring,
      runsOn,
      grainOn: (bizDate) =>
        schedule?.every === 'minute' || schedule?.every === 'hour' || on(bizDate).length > 1
          ? 'hour'
          : 'day',
      on,
    };
  };
  return remembered(cyclesOfTask);
};

/** The run that a task due at `dueAt` joins: the latest fire of the workflow that is not after it, else the first. */
export const runAmong = (fires: readonly { readonly at: Instant }[], dueAt: Instant): number =>
  Math.max(1, fires.findLastIndex(({ at }) => at <= dueAt) + 1);

/** The same answer for the same question, computed once; `keyOf` says which questions are the same. */
const remembered = <Q, T>(
  answer: (question: Q) => T,
  keyOf: (question: Q) => unknown = (question) => question,
): ((question: Q) => T) => {
  const known = new Map<unknown, { readonly is: T }>();
  return (question) => {
    const key = keyOf(question);
    const before = known.get(key) ?? { is: answer(question) };
    known.set(key, before);
    return before.is;
  };
};
