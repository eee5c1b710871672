import type { BizDate, Instant } from '../kernel/time.schema.ts';
import type { TaskAddress } from '../workflow/task-address.ts';
import { belowBranches } from './below-branches.ts';
import type { GeneratedWorkflow, Plan } from './plan.ts';
import { merged, planTask } from './plan-task.ts';
import { cyclesOf, type TaskCycles } from './task-cycles.ts';

type DayToPlan = {
  /** The workflows of the chunk; each is planned from its own definition alone. */
  readonly workflows: readonly GeneratedWorkflow[];
  readonly bizDate: BizDate;
  /** Leave out cycles due before: generation for a day that has begun. Default: the whole day. */
  readonly from?: Instant | undefined;
  /** Generation is late: what was due before was missed. Default: it is not. */
  readonly missedBefore?: Instant | undefined;
  /** The cycles of a task that is not in the chunk, for the edges to it; undefined when no online version has it. */
  readonly lookup: (address: TaskAddress) => TaskCycles | undefined;
  /** Plan only these tasks of the chunk: one large workflow in several parts. Default: all. */
  readonly only?: ((workflow: string, task: string) => boolean) | undefined;
};

/**
 * The recurring instances of business date T, due on T+1, and their edges (nodes-and-instances 6.1–6.4). A function of
 * its input: planning again names the same instances, and chunks may overlap (a barrier may appear in several).
 */
export const planDay = ({
  workflows,
  bizDate,
  from,
  missedBefore,
  lookup,
  only,
}: DayToPlan): Plan => {
  const known = new Map(
    workflows.map((workflow) => [
      nameOf(workflow.project, workflow.definition.workflow),
      cyclesOf(workflow),
    ]),
  );
  const cyclesAt = (address: TaskAddress) => {
    const inChunk = known.get(nameOf(address.project, address.workflow));
    return inChunk ? inChunk(address.task) : lookup(address);
  };

  return merged(
    workflows.flatMap((workflow) => {
      const joining = belowBranches(workflow.definition);
      return workflow.definition.tasks
        .filter(({ name }) => only?.(workflow.definition.workflow, name) ?? true)
        .map((task) =>
          planTask(workflow, task, {
            bizDate,
            from,
            missedBefore,
            cyclesOf: cyclesAt,
            joinsBranch: joining.has(task.name),
          }),
        );
    }),
  );
};

const nameOf = (project: string, workflow: string): string => `${project}/${workflow}`;
