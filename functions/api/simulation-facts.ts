import type { GeneratedWorkflow } from '../../shared/domain/generation/plan.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { expectedDuration } from '../../shared/domain/simulation/expected-duration.ts';
import type { SimulationInput } from '../../shared/domain/simulation/simulate.ts';
import type { PlanStores } from './api-stores.ts';

/** What a simulation must know besides definitions: limits and holds, what operators set, how long tasks took. */
export const simulationFacts = async (
  { catalog, views }: PlanStores,
  env: Env,
  workflows: readonly GeneratedWorkflow[],
): Promise<Pick<SimulationInput, 'limits' | 'stateOf' | 'expected'>> => {
  const places = new Map(
    workflows.map(({ project, definition }) => [
      `${project}/${definition.workflow}`,
      { project, workflow: definition.workflow },
    ]),
  );
  const tasks = new Map(
    workflows.flatMap(({ project, definition: { workflow, tasks: all } }) =>
      all.map(({ name }) => [
        `${project}/${workflow}/${name}`,
        { env, project, workflow, task: name },
      ]),
    ),
  );
  const [rules, groups, holds, states, durations] = await Promise.all([
    catalog.currentRules(),
    catalog.currentGroups(),
    catalog.allHolds(),
    Promise.all(
      [...places.values()].map(({ project, workflow }) =>
        catalog.taskStatesOf(env, project, workflow),
      ),
    ),
    views.findDurations([...tasks.values()]),
  ]);
  const stateAt = new Map(
    states.flat().map((state) => [`${state.project}/${state.workflow}/${state.task}`, state]),
  );
  const historyAt = new Map([...tasks.keys()].map((id, n) => [id, durations[n]]));

  return {
    limits: { rules, groups, holds },
    stateOf: (project, workflow, task) => stateAt.get(`${project}/${workflow}/${task}`),
    expected: ({ project, workflow, task, kind }) =>
      expectedDuration(kind, historyAt.get(`${project}/${workflow}/${task}`)),
  };
};
