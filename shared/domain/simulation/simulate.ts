import type { GeneratedWorkflow } from '../generation/plan.ts';
import type { Instance } from '../instance/instance.schema.ts';
import { isoOf } from '../kernel/calendar-day.ts';
import type { Key } from '../kernel/key.schema.ts';
import type { ExpectedDuration } from './expected-duration.ts';
import { herdOf, peaksOf } from './herd-of.ts';
import { marksOf } from './marks-of.ts';
import { neverStarts } from './never-starts.ts';
import { type HorizonInput, planHorizon } from './plan-horizon.ts';
import { runVirtualDay } from './run-virtual-day.ts';
import { runsOf } from './simulated-runs.ts';
import type { SimulatedInstance, Simulation } from './simulation.schema.ts';
import { type CatalogTask, type VirtualInstance, virtualInstances } from './virtual-instance.ts';
import type { Limits } from './virtual-world.ts';

export type SimulationInput = HorizonInput & {
  /** Whose instances are told; the others are there because these wait for them. */
  readonly project: Key;
  readonly limits: Limits;
  /** How long an attempt of the instance is expected to take. */
  readonly expected: (instance: Instance) => ExpectedDuration;
};

/**
 * What would happen within a horizon: the planner of the nightly generation, the gate and the pools on a virtual clock.
 * Attempts succeed in the expected time, nothing is retried, every branch is taken, nobody approves and nobody
 * intervenes. Throws nothing and is a function of its input.
 */
export const simulate = (input: SimulationInput): Simulation => {
  const { from, until, project, workflows } = input;
  const all = virtualInstances(planHorizon(input), catalogTask(input));
  const pools = runVirtualDay(all, input);
  const { never, beyond } = neverStarts(all);

  const own = workflows.filter((workflow) => workflow.project === project);
  const told = [...all.values()].filter(
    ({ instance }) => instance.project === project && instance.family !== 'barrier',
  );
  const instances = told
    .map(simulatedOf)
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1));
  const attempts = told.filter(isAttempt).map(simulatedOf);
  const ids = new Set(instances.map(({ id }) => id));

  return {
    from,
    until,
    instances,
    runs: [...runsOf(told, instances)],
    never: never.filter(({ id }) => ids.has(id)),
    beyond,
    pools: [...pools],
    herd: [...herdOf(attempts)],
    peaks: peaksOf(attempts, input).map(({ at, tasks, quieter }) => ({
      at,
      due: tasks,
      ...(quieter ? { quieter: { at: quieter.at, due: quieter.tasks } } : {}),
    })),
    dst: [...marksOf(own, input)],
  };
};

const catalogTask = ({ workflows, stateOf, expected }: SimulationInput) => {
  const byName = new Map(
    workflows.map((workflow) => [nameOf(workflow.project, workflow.definition.workflow), workflow]),
  );
  const tasks = new Map(
    workflows.flatMap((workflow) =>
      workflow.definition.tasks.map((task) => [addressIn(workflow, task.name), task] as const),
    ),
  );
  return (instance: Instance): CatalogTask => {
    const { project, workflow, task } = instance;
    const state = stateOf(project, workflow, task);
    return {
      task: state?.undeployed ? undefined : tasks.get(`${nameOf(project, workflow)}/${task}`),
      zone: byName.get(nameOf(project, workflow))?.zone ?? 'UTC',
      paused: state?.paused,
      expected: expected(instance),
    };
  };
};

const nameOf = (project: string, workflow: string): string => `${project}/${workflow}`;
const addressIn = ({ project, definition }: GeneratedWorkflow, task: string): string =>
  `${nameOf(project, definition.workflow)}/${task}`;

/** It runs something: gates and what passes without running make no herd. */
const isAttempt = ({ instance: { kind, empty } }: VirtualInstance): boolean =>
  !empty && kind !== 'noop' && kind !== 'wait' && kind !== 'branch' && kind !== 'approval';

const simulatedOf = ({
  instance,
  startAt,
  endAt,
  expected,
  outcome,
  waits,
}: VirtualInstance): SimulatedInstance => ({
  id: instance.id,
  run: instance.runId,
  project: instance.project,
  workflow: instance.workflow,
  task: instance.task,
  dueAt: instance.dueAt,
  ...(startAt === undefined ? {} : { startAt: isoOf(startAt) }),
  ...(endAt === undefined ? {} : { endAt: isoOf(endAt) }),
  seconds: instance.empty ? 0 : expected.seconds,
  guessed: expected.guessed && !instance.empty,
  ...(outcome === undefined ? {} : { outcome }),
  waits,
});
