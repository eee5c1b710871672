import { barrierEdges, barrierFor, needsBarrier } from '../generation/barrier.ts';
import { belowBranches } from '../generation/below-branches.ts';
import type { GeneratedWorkflow, Plan, PlannedEdge, PlannedInstance } from '../generation/plan.ts';
import { emptyOf, merged } from '../generation/plan-task.ts';
import { previousCycle, resolveUpstream } from '../generation/resolve-upstream.ts';
import type { Cycle, TaskCycles } from '../generation/task-cycles.ts';
import type { Empty } from '../instance/instance.schema.ts';
import { instanceIdOf, runIdOf } from '../instance/instance-id.ts';
import { laterOf } from '../kernel/calendar-day.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import { retriesOf, timeoutOf } from '../project/effective-settings.ts';
import type { Task } from '../workflow/task.schema.ts';
import { addressOf } from '../workflow/task-address.ts';
import { dateBarrierScope } from './date-barrier.ts';
import { type ChosenCycle, type Filling, refIn } from './filling.ts';

/**
 * The instances of a backfill on one of its dates, in order of the plan, and their edges (nodes-and-instances 3.4,
 * semantics 4 and 6). Dependencies count only among what is part of it. A dependency on another date counts when that
 * date is part of it too and does not run later in the same group; the previous cycle of a self-dependent task that is
 * not part of it is the recurring one, if it exists. `now` is when it was submitted.
 */
export const planDate = (filling: Filling, bizDate: BizDate, now: Instant): Plan =>
  merged(
    filling.workflows.flatMap((workflow) => {
      const { project, definition } = workflow;
      const joining = belowBranches(definition);
      return definition.tasks.map((task) => {
        const own = filling.cyclesOf({ project, workflow: definition.workflow, task: task.name });
        return own
          ? planTask({ filling, workflow, task, own, now, joins: joining.has(task.name) }, bizDate)
          : { instances: [], edges: [] };
      });
    }),
  );

type TaskToPlan = {
  readonly filling: Filling;
  readonly workflow: GeneratedWorkflow;
  readonly task: Task;
  readonly own: TaskCycles;
  readonly now: Instant;
  readonly joins: boolean;
};

const planTask = (planned: TaskToPlan, bizDate: BizDate): Plan => {
  const { filling, task, own } = planned;
  const cycles = filling.chosen(own, bizDate);
  return merged(
    cycles.flatMap((cycle) => {
      const instance = instanceOf(planned, cycle);
      return [
        { instances: [instance], edges: selfEdges(planned, cycle, instance.id) },
        ...task.upstreams.map((upstream) =>
          edgesTo(planned, upstream, cycle, { child: instance.id, first: cycle === cycles[0] }),
        ),
      ];
    }),
  );
};

const instanceOf = (
  { filling: { backfill }, workflow, task, own, now, joins }: TaskToPlan,
  cycle: ChosenCycle,
): PlannedInstance => {
  const ref = refIn(own, cycle, backfill);
  const empty = emptyIn(workflow, task, cycle, backfill);
  return {
    ...ref,
    id: instanceIdOf(ref),
    runId: runIdOf(ref),
    kind: task.kind,
    version: workflow.version,
    dueAt: dueIn(cycle.dueAt, backfill, now),
    priority: task.priority,
    resourceGroup: task.resourceGroup ?? 'default',
    timeoutSeconds: timeoutOf(task, workflow.settings, 'backfill'),
    retries: retriesOf(task, workflow.settings),
    ...(empty ? { empty } : {}),
    ...(joins ? { joins: 'branch' } : {}),
    ...(backfill.yields ? { yields: true } : {}),
  };
};

/** Its own due time lies in the past as a rule, so it runs at once; never before the backfill itself begins. */
const dueIn = (
  dueAt: Instant,
  { startAt, futureDue }: Filling['backfill'],
  now: Instant,
): Instant => laterOf(futureDue === 'run' && dueAt > now ? now : dueAt, startAt);

const emptyIn = (
  workflow: GeneratedWorkflow,
  task: Task,
  cycle: ChosenCycle,
  { dryRunTasks }: Filling['backfill'],
): Empty | undefined => {
  if (cycle.how === 'dry-run') return 'dry-run';
  return emptyOf(workflow, dryRunTasks === 'run' ? { ...task, dryRun: false } : task, cycle);
};

const edgesTo = (
  { filling, workflow, task, own }: TaskToPlan,
  upstream: Task['upstreams'][number],
  cycle: Cycle,
  { child, first }: { readonly child: string; readonly first: boolean },
): Plan => {
  const parent = filling.cyclesOf(addressOf(upstream, workflow.definition, workflow));
  if (!parent) return { instances: [], edges: [] };

  const { bizDate, dueAt } = cycle;
  const grain = own.grainOn(bizDate);
  const waiting = { bizDate, dueAt, grain, selfDependent: task.selfDependent, first };
  const kind = upstream.period === 'current' ? 'current' : 'cross-cycle';
  const chosen = {
    ...parent,
    on: (date: BizDate) => (mayWait(filling, bizDate, date) ? filling.chosen(parent, date) : []),
  };
  return merged(
    resolveUpstream(waiting, upstream, chosen).map((group) =>
      edgesToGroup(filling, parent, group, child, kind),
    ),
  );
};

const edgesToGroup = (
  { backfill }: Filling,
  parent: TaskCycles,
  group: readonly Cycle[],
  child: string,
  kind: PlannedEdge['kind'],
): Plan => {
  const ids = group.map((cycle) => instanceIdOf(refIn(parent, cycle, backfill)));
  if (!needsBarrier(group))
    return { instances: [], edges: ids.map((id) => ({ child, parent: id, kind })) };
  const barrier = barrierFor(parent, group, `${dateBarrierScope(backfill.id)}-of`);
  return {
    instances: [barrier],
    edges: [{ child, parent: barrier.id, kind }, ...barrierEdges(barrier, ids, () => false)],
  };
};

const selfEdges = (
  { filling, task, own }: TaskToPlan,
  cycle: Cycle,
  child: string,
): readonly PlannedEdge[] => {
  const previous = task.selfDependent ? previousCycle(own, cycle) : undefined;
  if (!previous) return [];
  const { backfill } = filling;
  const isPart =
    filling.placeOf(previous.bizDate) !== undefined &&
    filling.chosen(own, previous.bizDate).some(({ index }) => index === previous.index);
  if (isPart)
    return mayWait(filling, cycle.bizDate, previous.bizDate)
      ? [{ child, parent: instanceIdOf(refIn(own, previous, backfill)), kind: 'self' }]
      : [];
  // Recurring instances of the dev environment sleep until somebody asks for them: nobody waits for those.
  return backfill.env === 'dev'
    ? []
    : [{ child, parent: instanceIdOf(refIn(own, previous)), kind: 'self', ifExists: true }];
};

/** Whether something on `date` may wait for `other`: not for a date that its own group runs later. */
const mayWait = ({ placeOf }: Filling, date: BizDate, other: BizDate): boolean => {
  const [own, theirs] = [placeOf(date), placeOf(other)];
  if (!own || !theirs) return false;
  return own.group !== theirs.group || theirs.n <= own.n;
};
