import { instanceIdOf, runIdOf } from '../instance/instance-id.ts';
import type { BizDate } from '../kernel/time.schema.ts';
import { addressText } from '../workflow/task-address.ts';
import { type Filling, refIn } from './filling.ts';

/** An instance of a backfill by its names alone. */
export type ListedInstance = {
  readonly id: string;
  readonly run: string;
  /** `project/workflow/task` */
  readonly task: string;
  readonly index: number;
  /** Its code runs on that date; false for a dry run between others. */
  readonly runs: boolean;
  /** Not a day of its schedule: it succeeds without running. */
  readonly offDay: boolean;
  /** The recurring instance of the same cycle, whether it exists or not. */
  readonly recurring: string;
};

/** Which instances a backfill has on a date, without edges: what counts, lists and matrices need. */
export const listDate = (filling: Filling, bizDate: BizDate): readonly ListedInstance[] =>
  filling.workflows.flatMap(({ project, definition }) =>
    definition.tasks.flatMap(({ name }) => {
      const own = filling.cyclesOf({ project, workflow: definition.workflow, task: name });
      if (!own) return [];
      return filling.chosen(own, bizDate).map((cycle): ListedInstance => {
        const ref = refIn(own, cycle, filling.backfill);
        return {
          id: instanceIdOf(ref),
          run: runIdOf(ref),
          task: addressText(own),
          index: cycle.index,
          runs: cycle.how === 'run',
          offDay: cycle.offDay,
          recurring: instanceIdOf(refIn(own, cycle)),
        };
      });
    }),
  );
