import {
  type ListedSimulation,
  listedInstances,
  simulatedLimit,
} from '../../shared/contracts/api/simulation-routes.ts';
import type { GeneratedWorkflow } from '../../shared/domain/generation/plan.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import { compareSimulations } from '../../shared/domain/simulation/compare-simulations.ts';
import { countHorizon, planHorizon } from '../../shared/domain/simulation/plan-horizon.ts';
import { type SimulationInput, simulate } from '../../shared/domain/simulation/simulate.ts';
import type { Simulation } from '../../shared/domain/simulation/simulation.schema.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { validateDefinition } from '../../shared/domain/workflow/validate-definition.ts';
import type { ApiWork } from '../edge/api-route.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { PlanStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { noWorkflow } from './read-workflows.ts';
import { requireRole } from './require-role.ts';
import { onlineWorkflows } from './simulated-workflows.ts';
import { simulationFacts } from './simulation-facts.ts';

const daySeconds = 86_400;

/** The next hours of a project on a virtual clock, and what a draft would change about them. Writes nothing. */
export const simulateProject =
  (stores: PlanStores): ApiWork<'simulate'> =>
  async ({ params, body }, context) => {
    const { catalog, clock } = stores;
    const { env, hours, standing, draft, thresholdMinutes } = body;
    const project = await catalog.findProject(params.project);
    if (!project) return noProject(params.project);
    const forbidden = draft && (await requireRole(context, project.name, 'developer'));
    if (forbidden) return err(forbidden);
    const checked = draft
      ? validateDefinition(draft.definition, {
          floorMinutes: project.floorMinutes,
          allowHighPriority: (await context.roleIn(project.name)) === 'admin',
        })
      : ok(undefined);
    if (!checked.ok)
      return err({
        code: 'definition-invalid',
        detail: `the draft: ${checked.error[0]?.message ?? 'not valid'}`,
        errors: checked.error
          .slice(0, 500)
          .map(({ path, code, message }) => ({ path, code, message })),
      });

    const names = body.workflows ?? (await namesOf(catalog, project.name));
    const [missing] = body.workflows
      ? await unknown(catalog, project.name, names, checked.value)
      : [];
    if (missing !== undefined) return noWorkflow({ project: project.name, workflow: missing });
    const online = await onlineWorkflows(catalog, env);
    const ids = names.map((name) => `${project.name}/${name}`);
    const before = await online.read(ids);
    const after = checked.value && (await online.read(ids, [online.draft(project, checked.value)]));
    if (before.cutOff || after?.cutOff) return tooLarge('it reaches too many workflows');

    const from = body.from ?? clock();
    const span = { from, until: plusSeconds(from, hours * 3600) };
    const [workflows, drafted] = [before, after].map((each) => [
      ...(each?.workflows.values() ?? []),
    ]);
    const largest = Math.max(
      countHorizon({ ...span, workflows: workflows ?? [] }),
      countHorizon({ ...span, workflows: drafted ?? [] }),
    );
    if (largest > simulatedLimit) return tooLarge(`${largest} instances fall due`);

    const facts = await simulationFacts(stores, env, [...(workflows ?? []), ...(drafted ?? [])]);
    const inputOf = (given: readonly GeneratedWorkflow[]): SimulationInput => ({
      ...{ ...span, ...facts, project: project.name, workflows: given },
    });
    const stands = standing
      ? await standingOf(stores.instances, inputOf([...(workflows ?? []), ...(drafted ?? [])]))
      : undefined;
    const now = simulate({ ...inputOf(workflows ?? []), standing: stands });
    if (!drafted || !after) return ok({ simulation: listed(now) });

    const then = simulate({ ...inputOf(drafted), standing: stands });
    return ok({
      simulation: listed(now),
      draft: {
        simulation: listed(then),
        diff: compareSimulations(now, then, thresholdMinutes * 60),
      },
    });
  };

/** Every workflow of a project; `onlineWorkflows` leaves out what is not online. */
const namesOf = async (catalog: CatalogStore, project: string): Promise<readonly string[]> => {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await catalog.listWorkflows(project, { limit: 100, cursor });
    names.push(...page.items.map(({ workflow }) => workflow));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return names;
};

/** Named workflows that are neither stored nor the draft. */
const unknown = async (
  catalog: CatalogStore,
  project: string,
  names: readonly string[],
  draft: WorkflowDefinition | undefined,
): Promise<readonly string[]> => {
  const found = await Promise.all(names.map((name) => catalog.findWorkflow(project, name)));
  return names.filter((name, n) => !found[n] && name !== draft?.workflow);
};

/** The instances of the horizon and of the day before it that exist, as they stand. */
const standingOf = (
  instances: InstanceStore,
  input: SimulationInput,
): Promise<ReadonlyMap<string, Instance>> =>
  instances.findMany([
    ...planHorizon({ ...input, from: plusSeconds(input.from, -daySeconds) }).instances.keys(),
  ]);

const listed = (simulation: Simulation): ListedSimulation => {
  const total = simulation.instances.length;
  const instances = simulation.instances.slice(0, listedInstances);
  return { ...simulation, instances, total, leftOut: total - instances.length };
};

const tooLarge = (why: string) =>
  err({
    code: 'simulation-too-large',
    detail: `${why}; at most ${simulatedLimit} instances are simulated: ask for fewer hours or name workflows`,
  } as const);
