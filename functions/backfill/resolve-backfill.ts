import {
  type Backfill,
  type BackfillPlan,
  maxBackfillDates,
  maxBackfillInstances,
} from '../../shared/domain/backfill/backfill.schema.ts';
import type { Filling } from '../../shared/domain/backfill/filling.ts';
import { datesNamed, groupDates } from '../../shared/domain/backfill/group-dates.ts';
import { type ListedInstance, listDate } from '../../shared/domain/backfill/list-date.ts';
import {
  type ResolvedSelection,
  resolveSelection,
  type SelectionRefused,
} from '../../shared/domain/backfill/resolve-selection.ts';
import { between, type TaskGraph } from '../../shared/domain/backfill/task-graph.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { findExisting } from './find-existing.ts';
import { type LoadedGraph, loadTaskGraph } from './load-task-graph.ts';
import { openFilling } from './open-filling.ts';

export type ResolveDeps = { readonly catalog: CatalogStore; readonly instances: InstanceStore };

export type ResolvedBackfill = {
  readonly plan: BackfillPlan;
  readonly selection: ResolvedSelection;
  readonly graph: LoadedGraph;
  /** The instances of each date, in the order of the plan. */
  readonly listed: readonly (readonly ListedInstance[])[];
};

export type BackfillRefused =
  | SelectionRefused
  | { readonly reason: 'too-many-instances'; readonly message: string };

/**
 * What a backfill comes to as things stand now: its tasks in their versions, its dates in groups and in order, every
 * instance of each date. Preview shows it, and generation freezes it, so both are the same.
 */
export const resolveBackfill =
  ({ catalog, instances }: ResolveDeps) =>
  async (backfill: Backfill, now: string): Promise<Result<ResolvedBackfill, BackfillRefused>> => {
    const { env, selection: asked, operated } = backfill;
    const ticked = asked.mode === 'list' ? (asked.tasks ?? []) : [];
    const downstream = asked.mode === 'massive' || (asked.levels !== 0 && ticked.length === 0);
    const graph = await loadTaskGraph(catalog, env, [...asked.roots, ...ticked], downstream);
    if (graph.cut)
      return err({
        reason: 'too-many-tasks',
        message: 'more workflows lie below than one backfill may reach; begin further down',
      });

    const mayRun = (project: string) => operated === 'all' || operated.includes(project);
    const selection = resolveSelection(graph, asked, mayRun);
    if (!selection.ok) return selection;

    const dates = datesNamed(
      backfill.dates,
      localDateAt(backfill.startAt ?? now, backfill.zone),
      maxBackfillDates,
    );
    const workflows = workflowsOf(graph, selection.value);
    const draft = await openFilling(
      catalog,
      backfill,
      { workflows, dates: dates.map((bizDate) => ({ bizDate, group: 0, instances: 1, runs: [] })) },
      async ({ project, workflow }) => graph.workflows.get(`${project}/${workflow}`)?.definition,
    );
    const days: Day[] = [];
    let total = 0;
    for (const bizDate of dates) {
      const day = await dayOf({ instances, graph: graph.ofOneDate, draft, backfill }, bizDate);
      total += day.listed.length;
      if (total > maxBackfillInstances)
        return err({
          reason: 'too-many-instances',
          message: `more than ${maxBackfillInstances} instances; take fewer dates or tasks`,
        });
      if (day.listed.length > 0) days.push(day);
    }
    if (days.length === 0)
      return err({ reason: 'nothing-selected', message: 'there is nothing to run on these dates' });

    const byDate = new Map(days.map((day) => [day.bizDate, day]));
    const grouped = groupDates([...byDate.keys()], backfill.groups, backfill.order);
    const inOrder = grouped.map(({ bizDate, group }) => ({
      group,
      day: byDate.get(bizDate) as Day,
    }));
    return ok({
      plan: {
        workflows,
        dates: inOrder.map(({ group, day: { bizDate, listed, only } }) => ({
          ...{ bizDate, group },
          instances: listed.length,
          runs: [...new Set(listed.map(({ run }) => run))],
          ...(only ? { only } : {}),
        })),
        instances: total,
      },
      selection: selection.value,
      graph,
      listed: inOrder.map(({ day }) => day.listed),
    });
  };

type Day = {
  readonly bizDate: BizDate;
  readonly listed: readonly ListedInstance[];
  readonly only?: BackfillPlan['dates'][number]['only'];
};

type DayDeps = {
  readonly instances: InstanceStore;
  readonly graph: TaskGraph;
  readonly draft: Filling;
  readonly backfill: Backfill;
};

/** A date with what is to be filled there only: what stands between, dry-run, keeps the order of what is left. */
const dayOf = async (
  { instances, graph, draft, backfill: { id, env, existing } }: DayDeps,
  bizDate: BizDate,
): Promise<Day> => {
  const all = listDate(draft, bizDate);
  if (existing === 'all') return { bizDate, listed: all };

  const found = await findExisting(instances, { env, bizDate, own: id }, all);
  const wanted = all.filter(
    (each) => each.runs && (existing === 'failed' ? found.failed(each) : !found.succeeded(each)),
  );
  const tasks = new Set(wanted.map(({ task }) => task));
  const dry = between(graph, tasks);
  const run = new Set(wanted);
  return {
    bizDate,
    listed: all.flatMap((each) => {
      if (run.has(each)) return [each];
      return dry.has(each.task) ? [{ ...each, runs: false }] : [];
    }),
    only: {
      run: wanted.map(({ task, index }) => `${task}/${index}`),
      dryRun: [...dry],
    },
  };
};

const workflowsOf = (
  graph: LoadedGraph,
  { run, dryRun }: ResolvedSelection,
): BackfillPlan['workflows'] => {
  const namesIn = (ids: readonly string[], name: string) =>
    ids.filter((id) => id.startsWith(`${name}/`)).map((id) => id.slice(name.length + 1));
  return [...graph.workflows].flatMap(([name, { project, version, content, definition }]) => {
    const chosen = { run: namesIn(run, name), dryRun: namesIn(dryRun, name) };
    if (chosen.run.length + chosen.dryRun.length === 0) return [];
    return [
      {
        ...{ project: project.name, workflow: definition.workflow, version, content },
        ...{ zone: project.zone, dst: project.dst, ...chosen },
      },
    ];
  });
};
