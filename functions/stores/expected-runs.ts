import { runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { runDateOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { BizDate, Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import {
  type PlannedRun,
  plannedRuns,
  timesOf,
  type WorkflowTimes,
} from '../../shared/domain/schedule/planned-fires.ts';
import { pinAt } from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { CatalogStore } from './catalog-store.ts';

/** A run that generation has to make. */
export type ExpectedRun = PlannedRun & { readonly run: string; readonly bizDate: BizDate };

export type ExpectedDay = {
  readonly env: Env;
  readonly bizDate: BizDate;
  /** What was online then counts. */
  readonly cutoffAt: Instant;
};

type Zoned = Pick<Project, 'zone' | 'dst'>;

const kept = 2_000;

/**
 * What the schedules of workflows ask for, by the versions that were online. Times of a version are remembered while the
 * process lives: what is published never changes.
 */
export const expectedRuns = (catalog: CatalogStore) => {
  const known = new Map<string, WorkflowTimes>();

  /** The times of what was online and timed at an instant; undefined while nothing was. */
  const timesAt = async (
    record: WorkflowRecord,
    env: Env,
    at: Instant,
  ): Promise<WorkflowTimes | undefined> => {
    const { project, workflow } = record;
    const pin = record.deletedAt ? undefined : pinAt(record, env, at);
    if (!pin || pin.timing === 'OFF') return undefined;
    const key = `${project}/${workflow}/${pin.version}`;
    const before = known.get(key);
    if (before) return before;

    const version = await catalog.findVersion(project, workflow, pin.version);
    const content = version?.content;
    const definition = content && (await catalog.definitionOf({ project, workflow, content }));
    if (!definition) return undefined;
    const times = timesOf(definition);
    if (known.size >= kept) known.clear();
    known.set(key, times);
    return times;
  };

  return {
    timesAt,

    /** The runs that a workflow must have on a business date, in order of cycle. */
    async runsOf(
      record: WorkflowRecord,
      { zone, dst }: Zoned,
      { env, bizDate, cutoffAt }: ExpectedDay,
    ): Promise<readonly ExpectedRun[]> {
      const times = await timesAt(record, env, cutoffAt);
      if (!times) return [];
      const { project, workflow } = record;
      return plannedRuns(times, { zone, dst, runDate: runDateOf(bizDate) }).map((planned) => ({
        ...planned,
        bizDate,
        run: runIdOf({
          ...{ env, project, workflow, bizDate, cycle: planned.cycle },
          ...{ family: 'recurring', scope: '' },
        }),
      }));
    },
  };
};

export type ExpectedRuns = ReturnType<typeof expectedRuns>;
