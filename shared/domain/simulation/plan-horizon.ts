import type { GeneratedWorkflow, PlannedEdge, PlannedInstance } from '../generation/plan.ts';
import { planDay } from '../generation/plan-day.ts';
import { cyclesOf } from '../generation/task-cycles.ts';
import { withOverrides } from '../generation/with-overrides.ts';
import type { Instance } from '../instance/instance.schema.ts';
import { plusDays, plusSeconds } from '../kernel/calendar-day.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import { localDateAt } from '../schedule/local-date-at.ts';
import type { TaskState } from '../workflow/task-state.schema.ts';

export type HorizonInput = {
  /** Inclusive. */
  readonly from: Instant;
  /** Exclusive; instances due before it are followed to their end. */
  readonly until: Instant;
  readonly workflows: readonly GeneratedWorkflow[];
  /** What operators have set for a task beside its definition. */
  readonly stateOf: (project: string, workflow: string, task: string) => TaskState | undefined;
  /** Instances as they stand now. Default: nothing exists, everything is made from the definitions. */
  readonly standing?: ReadonlyMap<string, Instance> | undefined;
};

export type Horizon = {
  readonly instances: ReadonlyMap<string, Instance>;
  /** Upstreams within the horizon, of each instance that has any. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** Upstreams that nobody makes: their children never start. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
  /** Instances with an upstream that falls due after the horizon. */
  readonly beyond: ReadonlySet<string>;
};

/** How far back an unfinished instance may be due that is still carried along. */
const lookBackSeconds = 86_400;

/**
 * The instances due within a horizon and their edges, from the same planner as the nightly generation. Upstreams due
 * before it count as ended, unless they stand unfinished.
 */
export const planHorizon = (input: HorizonInput): Horizon => {
  const { from, until, workflows, stateOf, standing } = input;
  const since = standing ? plusSeconds(from, -lookBackSeconds) : from;
  const planned = new Map<string, PlannedInstance>();
  const edges: PlannedEdge[] = [];
  for (const bizDate of datesOf(workflows, since, until)) {
    const plan = planDay({ workflows, bizDate, from: since, lookup: () => undefined });
    for (const instance of plan.instances) planned.set(instance.id, instance);
    edges.push(...plan.edges);
  }

  const instances = new Map<string, Instance>();
  for (const each of planned.values()) {
    const now = standing?.get(each.id);
    if (each.dueAt >= until) continue;
    if (each.dueAt < from && each.family !== 'barrier' && (!now || now.status === 'SUCCESS'))
      continue;
    instances.set(each.id, now ?? bornFrom(each, stateOf, from));
  }
  return { instances, ...sorted(edges, planned, instances, until) };
};

/** How many instances fall due within a horizon, counted without planning their edges. */
export const countHorizon = ({
  from,
  until,
  workflows,
}: Pick<HorizonInput, 'from' | 'until' | 'workflows'>): number => {
  const dates = datesOf(workflows, from, until);
  return workflows.reduce((sum, workflow) => {
    const cycles = cyclesOf(workflow);
    const due = workflow.definition.tasks.flatMap(({ name }) =>
      dates.flatMap((date) => cycles(name)?.on(date) ?? []),
    );
    return sum + due.filter(({ dueAt }) => dueAt >= from && dueAt < until).length;
  }, 0);
};

/** Business dates whose instances may fall due within a horizon, in whatever zone; a gap may shift one past midnight. */
const datesOf = (
  workflows: readonly Pick<GeneratedWorkflow, 'zone'>[],
  from: Instant,
  until: Instant,
): readonly BizDate[] => {
  const zones = [...new Set(workflows.map(({ zone }) => zone))];
  const first = zones.map((zone) => localDateAt(from, zone)).toSorted()[0];
  const last = zones
    .map((zone) => localDateAt(until, zone))
    .toSorted()
    .at(-1);
  if (!first || !last) return [];

  const dates: BizDate[] = [];
  for (let runDate = plusDays(first, -1); runDate <= last; runDate = plusDays(runDate, 1))
    dates.push(plusDays(runDate, -1));
  return dates;
};

const bornFrom = (
  planned: PlannedInstance,
  stateOf: HorizonInput['stateOf'],
  at: Instant,
): Instance => {
  const state = stateOf(planned.project, planned.workflow, planned.task);
  return {
    ...(state ? withOverrides(planned, state) : planned),
    status: 'NOT_RUN',
    seq: 1,
    attempt: 0,
    autoRetries: 0,
    slots: [],
    moves: [{ seq: 1, move: 'generate', to: 'NOT_RUN', at, actor: 'simulation' }],
  };
};

/** Edges by what becomes of their parent within the horizon. */
const sorted = (
  edges: readonly PlannedEdge[],
  planned: ReadonlyMap<string, PlannedInstance>,
  instances: ReadonlyMap<string, Instance>,
  until: Instant,
): Pick<Horizon, 'parents' | 'missing' | 'beyond'> => {
  const parents = new Map<string, Set<string>>();
  const missing = new Map<string, Set<string>>();
  const beyond = new Set<string>();
  const note = (map: Map<string, Set<string>>, child: string, parent: string) =>
    map.set(child, (map.get(child) ?? new Set()).add(parent));

  for (const { child, parent, ifExists } of edges) {
    if (!instances.has(child)) continue;
    const upstream = planned.get(parent);
    if (instances.has(parent)) note(parents, child, parent);
    else if (!upstream && !ifExists) note(missing, child, parent);
    else if (upstream && upstream.dueAt >= until) beyond.add(child);
  }
  return { parents: listed(parents), missing: listed(missing), beyond };
};

const listed = (map: ReadonlyMap<string, ReadonlySet<string>>) =>
  new Map([...map].map(([child, all]) => [child, [...all]]));
