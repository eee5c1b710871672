import type { GeneratedWorkflow } from '../generation/plan.ts';
import type { Cycle, TaskCycles } from '../generation/task-cycles.ts';
import type { InstanceRef } from '../instance/instance-id.ts';
import type { BizDate } from '../kernel/time.schema.ts';
import { addressText, type TaskAddress } from '../workflow/task-address.ts';
import type { Backfill, BackfillPlan } from './backfill.schema.ts';
import { backfillCyclesOf, cyclesInWindow } from './backfill-cycles.ts';

/** A backfill with all that planning its dates asks for. */
export type Filling = {
  readonly backfill: Pick<
    Backfill,
    'id' | 'env' | 'selection' | 'window' | 'startAt' | 'futureDue' | 'dryRunTasks' | 'yields'
  >;
  readonly workflows: readonly GeneratedWorkflow[];
  readonly plan: Pick<BackfillPlan, 'workflows' | 'dates'>;
  /** Cycles of the tasks that are part of it; undefined for every other task. */
  readonly cyclesOf: (address: TaskAddress) => TaskCycles | undefined;
  /** The cycles of a task on a date that are part of it, in order, and whether they run. */
  readonly chosen: (cycles: TaskCycles, bizDate: BizDate) => readonly ChosenCycle[];
  /** Where a date stands; undefined when it is not part of it. */
  readonly placeOf: (
    bizDate: BizDate,
  ) => { readonly n: number; readonly group: number } | undefined;
};

export type ChosenCycle = Cycle & { readonly how: 'run' | 'dry-run' };

type Parts = Pick<Filling, 'backfill' | 'workflows' | 'plan'>;

/** `workflows` are those of the plan, in its order. */
export const fillingOf = ({ backfill, workflows, plan }: Parts): Filling => {
  const flows = new Map(
    plan.workflows.flatMap(({ project, workflow, run, dryRun }, n) => {
      const generated = workflows[n];
      if (!generated) return [];
      const how = new Map<string, 'run' | 'dry-run'>([
        ...run.map((task): [string, 'run'] => [task, 'run']),
        ...dryRun.map((task): [string, 'dry-run'] => [task, 'dry-run']),
      ]);
      return [
        [`${project}/${workflow}`, { how, generated, of: backfillCyclesOf(generated) }] as const,
      ];
    }),
  );
  const places = new Map(plan.dates.map(({ bizDate, group }, n) => [bizDate, { n, group }]));
  const onlyOn = new Map(
    plan.dates.flatMap(({ bizDate, only }) =>
      only ? [[bizDate, { run: new Set(only.run), dryRun: new Set(only.dryRun) }] as const] : [],
    ),
  );

  return {
    ...{ backfill, workflows, plan },
    placeOf: (bizDate) => places.get(bizDate),
    cyclesOf: ({ project, workflow, task }) => {
      const flow = flows.get(`${project}/${workflow}`);
      return flow?.how.has(task) ? flow.of(task) : undefined;
    },
    chosen: (cycles, bizDate) => {
      const flow = flows.get(`${cycles.project}/${cycles.workflow}`);
      const how = flow?.how.get(cycles.task);
      if (!flow || !how) return [];
      const inWindow = cyclesInWindow(cycles, bizDate, backfill.window, flow.generated.zone);
      const only = onlyOn.get(bizDate);
      if (!only) return inWindow.map((cycle) => ({ ...cycle, how }));

      const id = addressText(cycles);
      return inWindow.flatMap((cycle): ChosenCycle[] => {
        if (only.run.has(`${id}/${cycle.index}`)) return [{ ...cycle, how }];
        return only.dryRun.has(id) ? [{ ...cycle, how: 'dry-run' }] : [];
      });
    },
  };
};

/** What names the instance of a cycle in a backfill, or, without one, its recurring twin. */
export const refIn = (
  of: TaskCycles,
  { bizDate, run, index }: Pick<Cycle, 'bizDate' | 'run' | 'index'>,
  backfill?: Pick<Backfill, 'id'>,
): InstanceRef => ({
  ...{ env: of.env, project: of.project, workflow: of.workflow, task: of.task },
  family: backfill ? 'backfill' : 'recurring',
  scope: backfill?.id ?? '',
  bizDate,
  cycle: run,
  index,
});
