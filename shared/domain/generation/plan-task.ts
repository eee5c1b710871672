import type { Empty } from '../instance/instance.schema.ts';
import { type InstanceRef, instanceIdOf, runIdOf } from '../instance/instance-id.ts';
import { runDateOf } from '../kernel/calendar-day.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import { retriesOf, timeoutOf } from '../project/effective-settings.ts';
import type { Task, Upstream } from '../workflow/task.schema.ts';
import { addressOf, type TaskAddress } from '../workflow/task-address.ts';
import { barrierEdges, barrierFor, needsBarrier } from './barrier.ts';
import { hasExpired, overlapOf } from './overlap.ts';
import type { GeneratedWorkflow, Plan, PlannedEdge, PlannedInstance } from './plan.ts';
import { previousCycle, resolveUpstream } from './resolve-upstream.ts';
import type { Cycle, TaskCycles } from './task-cycles.ts';

type TaskDay = {
  readonly bizDate: BizDate;
  /** Cycles due before are left out: the rest of a day that has begun. */
  readonly from?: Instant | undefined;
  /** The cycles of any task, in whatever project; undefined when no online version has it. */
  readonly cyclesOf: (address: TaskAddress) => TaskCycles | undefined;
  /** Runs due before it were missed by an outage: the workflow's catch-up says which of them may run. */
  readonly missedBefore?: Instant | undefined;
  /** The task stands below a branch of its workflow. */
  readonly joinsBranch: boolean;
};

/** The recurring instances of one task on one business date, their edges, and the barriers that the edges lead to. */
export const planTask = (workflow: GeneratedWorkflow, task: Task, day: TaskDay): Plan => {
  const { project, definition } = workflow;
  const own = day.cyclesOf({ project, workflow: definition.workflow, task: task.name });
  const all = own?.on(day.bizDate) ?? [];
  const cycles = all.filter(({ dueAt }) => !isBefore(dueAt, day.from));
  if (!own || cycles.length === 0) return { instances: [], edges: [] };

  const plans = cycles.map((cycle) => {
    const instance = instanceOf(workflow, task, own, cycle, day);
    const upstreams = task.upstreams.map((upstream) =>
      edgesTo(upstream, {
        workflow,
        task,
        day,
        cycle,
        child: instance.id,
        first: cycle === cycles[0],
        grain: own.grainOn(day.bizDate),
      }),
    );
    return merged([
      { instances: [instance], edges: selfEdges(own, cycle, task, day) },
      ...upstreams,
    ]);
  });
  return merged(plans);
};

/** Joins plans; an instance or edge that several of them need (a barrier) appears once. */
export const merged = (plans: readonly Plan[]): Plan => ({
  instances: [...new Map(plans.flatMap((p) => p.instances).map((i) => [i.id, i])).values()],
  edges: [
    ...new Map(plans.flatMap((p) => p.edges).map((e) => [`${e.child} ${e.parent}`, e])).values(),
  ],
});

const instanceOf = (
  { env, project, version, settings, ...workflow }: GeneratedWorkflow,
  task: Task,
  own: TaskCycles,
  cycle: Cycle,
  { joinsBranch, missedBefore }: TaskDay,
): PlannedInstance => {
  const ref = refOf(own, cycle);
  const catchUp = workflow.definition.catchUp;
  const expired =
    missedBefore !== undefined && catchUp && hasExpired(catchUp, own, cycle, missedBefore);
  const empty = emptyOf(workflow, task, cycle) ?? (expired ? 'expired' : undefined);
  return {
    ...ref,
    id: instanceIdOf(ref),
    runId: runIdOf(ref),
    env,
    project,
    kind: task.kind,
    version,
    dueAt: cycle.dueAt,
    priority: task.priority,
    resourceGroup: task.resourceGroup ?? 'default',
    timeoutSeconds: timeoutOf(task, settings, 'recurring'),
    retries: retriesOf(task, settings),
    ...(empty ? { empty } : {}),
    ...(joinsBranch ? { joins: 'branch' } : {}),
    ...overlapOf(workflow.definition, task, own, cycle),
  };
};

/** Why an instance will succeed without running: outside its dates, not its day, or told to (6.2, 6.3). */
export const emptyOf = (
  { isWorkday }: Pick<GeneratedWorkflow, 'isWorkday'>,
  task: Task,
  { bizDate, offDay }: Cycle,
): Empty | undefined => {
  const runDate = runDateOf(bizDate);
  if (isOutOfRange(task, runDate)) return 'out-of-range';
  if (offDay || (task.calendar && !isWorkday(task.calendar, runDate))) return 'off-day';
  return task.dryRun ? 'dry-run' : undefined;
};

/** The run date lies outside the effective dates of the task (both ends included); its code must not run. */
export const isOutOfRange = ({ effective }: Pick<Task, 'effective'>, runDate: BizDate): boolean =>
  (effective?.from !== undefined && runDate < effective.from) ||
  (effective?.to !== undefined && runDate > effective.to);

type Edging = {
  readonly workflow: GeneratedWorkflow;
  readonly task: Task;
  readonly day: TaskDay;
  readonly cycle: Cycle;
  readonly child: string;
  readonly first: boolean;
  readonly grain: 'hour' | 'day';
};

const edgesTo = (upstream: Upstream, edging: Edging): Plan => {
  const { workflow, task, day, cycle, child, first, grain } = edging;
  const address = addressOf(upstream, workflow.definition, workflow);
  const parent = day.cyclesOf(address);
  const kind = upstream.period === 'current' ? 'current' : 'cross-cycle';
  if (!parent?.recurring) {
    const id = neverGenerated(address, parent?.env ?? workflow.env, day.bizDate);
    return kind === 'current'
      ? { instances: [], edges: [{ child, parent: id, kind }] }
      : { instances: [], edges: [] };
  }

  const { selfDependent } = task;
  const groups = resolveUpstream(
    { bizDate: day.bizDate, dueAt: cycle.dueAt, grain, selfDependent, first },
    upstream,
    parent,
  );
  return merged(groups.map((group) => edgesToGroup(parent, group, child, kind, day)));
};

const edgesToGroup = (
  parent: TaskCycles,
  group: readonly Cycle[],
  child: string,
  kind: PlannedEdge['kind'],
  day: TaskDay,
): Plan => {
  const ids = group.map((cycle) => instanceIdOf(refOf(parent, cycle)));
  if (needsBarrier(group)) {
    const barrier = barrierFor(parent, group);
    const edges = barrierEdges(barrier, ids, (i) => mayBeMissing(group[i], day));
    return { instances: [barrier], edges: [{ child, parent: barrier.id, kind }, ...edges] };
  }
  return {
    instances: [],
    edges: group.map((cycle, i) => edge(child, ids[i] ?? '', kind, mayBeMissing(cycle, day))),
  };
};

const selfEdges = (
  own: TaskCycles,
  cycle: Cycle,
  { selfDependent }: Task,
  day: TaskDay,
): readonly PlannedEdge[] => {
  const previous = selfDependent ? previousCycle(own, cycle) : undefined;
  if (!previous) return [];
  const [child, parent] = [cycle, previous].map((c) => instanceIdOf(refOf(own, c)));
  return [edge(child ?? '', parent ?? '', 'self', mayBeMissing(previous, day))];
};

const edge = (
  child: string,
  parent: string,
  kind: PlannedEdge['kind'],
  ifExists: boolean,
): PlannedEdge => ({ child, parent, kind, ...(ifExists ? { ifExists } : {}) });

/** Nobody will generate it any more if it does not exist by now. */
const mayBeMissing = (parent: Cycle | undefined, { bizDate, from }: TaskDay): boolean =>
  parent !== undefined && (parent.bizDate < bizDate || isBefore(parent.dueAt, from));

const isBefore = (dueAt: Instant, from: Instant | undefined): boolean =>
  from !== undefined && dueAt < from;

/**
 * The id that an upstream without a schedule of its own would have: the edge to it blocks and diagnosis says "upstream
 * not generated", instead of letting the task run on data that nobody made (6.4).
 */
const neverGenerated = (address: TaskAddress, env: InstanceRef['env'], bizDate: BizDate): string =>
  instanceIdOf({ ...address, env, family: 'recurring', scope: '', bizDate, cycle: 1, index: 1 });

const refOf = (of: TaskCycles, { bizDate, run, index }: Cycle): InstanceRef => ({
  env: of.env,
  project: of.project,
  workflow: of.workflow,
  task: of.task,
  family: 'recurring',
  scope: '',
  bizDate,
  cycle: run,
  index,
});
