import type { GeneratedWorkflow } from '../generation/plan.ts';
import type { Instant } from '../kernel/time.schema.ts';
import { dstMarksOf } from '../schedule/dst-marks.ts';
import type { SimulatedDstMark } from './simulation.schema.ts';

/** What changes of clocks within a horizon do to the fires of workflows and of tasks with a schedule of their own. */
export const marksOf = (
  workflows: readonly GeneratedWorkflow[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
): readonly SimulatedDstMark[] =>
  workflows.flatMap(({ zone, dst, definition: { workflow, schedule, tasks }, timing }) => {
    const own = tasks.flatMap((task) =>
      task.schedule ? [{ schedule: task.schedule, place: { workflow, task: task.name } }] : [],
    );
    const all = schedule ? [{ schedule, place: { workflow } }, ...own] : own;
    return timing === 'OFF'
      ? []
      : all.flatMap(({ schedule: each, place }) =>
          dstMarksOf(each, { zone, dst, from, to: until }).map((mark) => ({
            ...mark,
            ...place,
            zone,
          })),
        );
  });
