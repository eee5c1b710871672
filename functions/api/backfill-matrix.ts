import type { BackfillCell, BackfillMatrix } from '../../shared/contracts/api/backfill-view.ts';
import type { Backfill, BackfillPlan } from '../../shared/domain/backfill/backfill.schema.ts';
import { flowStatusOf, type StatusCounts } from '../../shared/domain/backfill/flow-status.ts';
import { type ListedInstance, listDate } from '../../shared/domain/backfill/list-date.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { openFilling } from '../backfill/open-filling.ts';
import type { ApiWork } from '../edge/api-route.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { PlanStores } from './api-stores.ts';
import { findBackfill, noBackfill } from './read-backfills.ts';

/** Instances read for one answer: hour tasks have many in a cell. */
const instancesRead = 6_000;

type MatrixQuery = {
  readonly from: number;
  readonly dates: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

type Task = { readonly task: string; readonly how: 'run' | 'dry-run' };

/** Task × date of a backfill: what became of each instance. Empty while nothing has been resolved. */
export const getBackfillMatrix = (stores: PlanStores): ApiWork<'getBackfillMatrix'> => {
  const matrix = backfillMatrix(stores);
  return async ({ params, query }) => {
    const backfill = await findBackfill(stores.instances, params);
    if (!backfill) return noBackfill(params.backfill);
    const plan = await stores.instances.findBackfillPlan(backfill.id);
    return ok(
      plan
        ? await matrix(backfill, plan, query)
        : { dates: [], totalDates: 0, totalTasks: 0, items: [] },
    );
  };
};

/** A window of the matrix: some dates, and a page of tasks in the order of the definitions. */
const backfillMatrix = ({ catalog, instances }: PlanStores) => {
  // What is published never changes: the last few definitions serve page after page.
  const known = new Map<string, WorkflowDefinition>();
  const find = async (ref: BackfillPlan['workflows'][number]) => {
    const key = `${ref.project}/${ref.workflow}/${ref.content}`;
    const definition = known.get(key) ?? (await catalog.definitionOf(ref));
    if (known.size >= definitionsKept) known.clear();
    if (definition) known.set(key, definition);
    return definition;
  };

  return async (
    backfill: Backfill,
    plan: BackfillPlan,
    { from, dates: count, limit, cursor }: MatrixQuery,
  ): Promise<BackfillMatrix> => {
    const tasks = plan.workflows.flatMap(({ project, workflow, run, dryRun }): Task[] => [
      ...run.map((task): Task => ({ task: `${project}/${workflow}/${task}`, how: 'run' })),
      ...dryRun.map((task): Task => ({ task: `${project}/${workflow}/${task}`, how: 'dry-run' })),
    ]);
    const start = Number(positionOf(cursor)?.after ?? 0);
    const dates = plan.dates.slice(from, from + count);
    const asked = tasks.slice(start, start + limit);
    const wanted = new Set(asked.map(({ task }) => task));
    const filling = await openFilling(catalog, backfill, narrowed(plan, wanted), (ref) =>
      find({ ...ref, content: ref.content } as BackfillPlan['workflows'][number]),
    );
    const listed = dates.map(({ bizDate }) =>
      Map.groupBy(listDate(filling, bizDate), ({ task }) => task),
    );

    const shown: Task[] = [];
    let size = 0;
    for (const each of asked) {
      size += listed.reduce((sum, day) => sum + (day.get(each.task)?.length ?? 0), 0);
      if (size > instancesRead && shown.length > 0) break;
      shown.push(each);
    }
    const found = await instances.findMany(
      shown.flatMap(({ task }) =>
        listed.flatMap((day) => (day.get(task) ?? []).map(({ id }) => id)),
      ),
    );
    const end = start + shown.length;
    return {
      dates: dates.map(({ bizDate, group }) => ({ bizDate, group })),
      totalDates: plan.dates.length,
      totalTasks: tasks.length,
      items: shown.map(({ task, how }) => ({
        ...{ task, how },
        cells: listed.map((day) => cellOf(day.get(task) ?? [], found)),
      })),
      ...(end < tasks.length ? { cursor: cursorOf({ after: String(end) }) } : {}),
    };
  };
};

const definitionsKept = 20;

/** The plan with these tasks only, so that no other is looked at. */
const narrowed = (plan: BackfillPlan, wanted: ReadonlySet<string>): BackfillPlan => ({
  ...plan,
  workflows: plan.workflows.flatMap(({ run, dryRun, ...flow }) => {
    const isWanted = (task: string) => wanted.has(`${flow.project}/${flow.workflow}/${task}`);
    const left = { run: run.filter(isWanted), dryRun: dryRun.filter(isWanted) };
    return left.run.length + left.dryRun.length === 0 ? [] : [{ ...flow, ...left }];
  }),
});

const cellOf = (
  listed: readonly ListedInstance[],
  found: ReadonlyMap<string, Instance>,
): BackfillCell | null => {
  if (listed.length === 0) return null;
  const existing = listed.flatMap(({ id }) => found.get(id) ?? []);
  const [only] = existing;
  if (listed.length === 1)
    return {
      instances: 1,
      id: listed[0]?.id,
      ...(only ? { status: only.status } : {}),
      ...(only?.outcome ? { outcome: only.outcome } : {}),
      ...(only?.paused ? { paused: true } : {}),
    };
  const counts: StatusCounts = Object.fromEntries(
    [...Map.groupBy(existing, ({ status }) => status)].map(([status, all]) => [status, all.length]),
  );
  return {
    instances: listed.length,
    counts,
    ...(existing.length > 0 ? { status: flowStatusOf(counts).status } : {}),
    ...(existing.some(({ paused }) => paused) ? { paused: true } : {}),
  };
};
