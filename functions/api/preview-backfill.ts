import type { BackfillPreview } from '../../shared/contracts/api/backfill-view.ts';
import type { Backfill } from '../../shared/domain/backfill/backfill.schema.ts';
import { estimateSeconds } from '../../shared/domain/backfill/estimate-seconds.ts';
import type { ListedInstance } from '../../shared/domain/backfill/list-date.ts';
import { taskGraphOf } from '../../shared/domain/backfill/task-graph.ts';
import { isActive } from '../../shared/domain/instance/lifecycle.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import { type ResolvedBackfill, resolveBackfill } from '../backfill/resolve-backfill.ts';
import type { ApiWork } from '../edge/api-route.ts';
import type { PlanStores } from './api-stores.ts';
import { backfillOfBody, refusedSelection } from './backfill-of-body.ts';

/** Tasks listed by name, and recurring instances looked up, at most. */
const tasksListed = 2_000;
const twinsLookedUp = 2_000;

/** What a backfill would do, resolved as generation would resolve it now; nothing is written. */
export const previewBackfill =
  (stores: PlanStores): ApiWork<'previewBackfill'> =>
  async ({ params: { project }, body }, context) => {
    const asked = await backfillOfBody(stores, context)(project, body, 'preview');
    if (!asked.ok) return asked;
    const now = stores.clock();
    const resolved = await resolveBackfill(stores)(asked.value, now);
    if (!resolved.ok) return refusedSelection(resolved.error);

    const [conflicts, estimate] = await Promise.all([
      conflictsOf(stores, resolved.value),
      estimateOf(stores, asked.value, resolved.value),
    ]);
    const { plan, selection, listed } = resolved.value;
    const tasks = tasksOf(listed);
    return ok({
      name: asked.value.name,
      instances: plan.instances,
      running: listed.flat().filter(runsCode).length,
      days: plan.dates.map(({ bizDate, group, instances }, n) => ({
        ...{ bizDate, group, instances },
        running: (listed[n] ?? []).filter(runsCode).length,
      })),
      tasks: tasks.slice(0, tasksListed),
      totalTasks: tasks.length,
      paused: [...selection.paused],
      forbidden: [...selection.forbidden],
      conflicts: conflicts.found,
      warnings: [
        ...(conflicts.cut ? ['conflicts-cut' as const] : []),
        ...(ignoresOrder(asked.value, resolved.value) ? ['self-dependence-ignored' as const] : []),
      ],
      ...estimate,
      ...(asked.value.nextAt ? { nextAt: asked.value.nextAt } : {}),
    });
  };

const runsCode = ({ runs, offDay }: ListedInstance): boolean => runs && !offDay;

const tasksOf = (listed: ResolvedBackfill['listed']): BackfillPreview['tasks'] =>
  [...Map.groupBy(listed.flat(), ({ task }) => task)].map(([task, all]) => ({
    task,
    how: all.some(({ runs }) => runs) ? 'run' : 'dry-run',
    instances: all.length,
    running: all.filter(runsCode).length,
  }));

/** Recurring instances that are out right now for the same cycles. */
const conflictsOf = async ({ instances }: PlanStores, { listed }: ResolvedBackfill) => {
  const ids = listed.flat().flatMap(({ runs, recurring }) => (runs ? [recurring] : []));
  const found = await instances.findMany(ids.slice(0, twinsLookedUp));
  return {
    found: [...found.values()].filter(isActive).map(({ id, status }) => ({ id, status })),
    cut: ids.length > twinsLookedUp,
  };
};

/** In descending order a date cannot wait for the one before it, which runs after it. */
const ignoresOrder = ({ order, groups }: Backfill, { plan, graph }: ResolvedBackfill): boolean =>
  order === 'desc' &&
  plan.dates.length > groups &&
  plan.workflows.some(({ project, workflow, run }) => {
    const tasks = graph.workflows.get(`${project}/${workflow}`)?.definition.tasks ?? [];
    const chosen = new Set(run);
    return tasks.some(
      ({ name, selfDependent, upstreams }) =>
        chosen.has(name) &&
        (selfDependent ||
          upstreams.some(({ period }) => typeof period === 'object' || period === 'last')),
    );
  });

const estimateOf = async (
  { views }: PlanStores,
  { env }: Backfill,
  { plan, selection, graph }: ResolvedBackfill,
): Promise<Pick<BackfillPreview, 'estimatedSeconds' | 'unknownTasks'>> => {
  const refs = selection.run.map((id) => {
    const [project = '', workflow = '', task = ''] = id.split('/');
    return { env, project, workflow, task };
  });
  const durations = await views.findDurations(refs);
  const seconds = new Map(
    durations.flatMap((each, n): [string, number][] => {
      const id = selection.run[n];
      return each && id ? [[id, each.sumSeconds / each.count]] : [];
    }),
  );
  const chosen = [...selection.run, ...selection.dryRun];
  const part = taskGraphOf(
    chosen.flatMap((id) => graph.ofOneDate.tasks.get(id) ?? []),
    chosen.flatMap((to) => (graph.ofOneDate.above.get(to) ?? []).map((from) => ({ from, to }))),
  );
  return {
    estimatedSeconds: estimateSeconds(part, plan.dates, (task) => seconds.get(task)) ?? null,
    unknownTasks: selection.run.length - seconds.size,
  };
};
