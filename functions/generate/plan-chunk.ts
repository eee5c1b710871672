import { isCalendarDay } from '../../shared/domain/calendar/is-calendar-day.ts';
import type { GeneratedWorkflow, Plan } from '../../shared/domain/generation/plan.ts';
import { planDay } from '../../shared/domain/generation/plan-day.ts';
import { planManualRun } from '../../shared/domain/generation/plan-manual-run.ts';
import { cyclesOf } from '../../shared/domain/generation/task-cycles.ts';
import { withOverrides } from '../../shared/domain/generation/with-overrides.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { effectiveSettings } from '../../shared/domain/project/effective-settings.ts';
import { pinAt } from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { dependenciesOf } from '../../shared/domain/workflow/dependencies-of.ts';
import type { TaskState } from '../../shared/domain/workflow/task-state.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { ChunkWork, WorkflowShare } from './chunk-work.schema.ts';

type DayWork = Extract<ChunkWork, { kind: 'day' }>;
type StartWork = Extract<ChunkWork, { kind: 'start' }>;

/** Reads the definitions of a chunk and of what they depend on, as they were at the cut-off, and plans its instances. */
export const planChunk = async (
  catalog: CatalogStore,
  work: DayWork | StartWork,
): Promise<Plan> => {
  const plan =
    work.kind === 'start' ? await planStart(catalog, work) : await planShares(catalog, work);
  const workflows = new Set(plan.instances.map(({ workflow }) => workflow));
  const states = await Promise.all(
    [...workflows].map((workflow) => catalog.taskStatesOf(work.env, work.project, workflow)),
  );
  return asOperatorsSet(plan, states.flat());
};

/** What operators have set for a task in this environment goes before its definition; edits of a definition keep it. */
const asOperatorsSet = (plan: Plan, states: readonly TaskState[]): Plan => {
  const set = new Map(states.map((state) => [`${state.workflow}/${state.task}`, state]));
  return {
    ...plan,
    instances: plan.instances.map((instance) => {
      const state = set.get(`${instance.workflow}/${instance.task}`);
      return state ? withOverrides(instance, state) : instance;
    }),
  };
};

const planStart = async (catalog: CatalogStore, work: StartWork): Promise<Plan> => {
  const { definition, settings } = await generated(catalog, work, work.workflow);
  const plan = planManualRun(definition, {
    env: work.env,
    project: work.project,
    version: work.workflow.version,
    settings,
    scope: work.scope,
    bizDate: work.bizDate,
    now: work.cutoffAt,
    tasks: work.tasks,
    dryRun: work.dryRun,
    pinned: work.pinned,
    plannedAt: work.plannedAt,
    plannedAtOf: work.plannedAtOf,
  });
  if (!plan.ok)
    throw new Fault('InputInvalid', `no such tasks: ${plan.error.tasks.join(', ')}`, {
      workflow: work.workflow.workflow,
    });
  return plan.value;
};

const planShares = async (catalog: CatalogStore, work: DayWork): Promise<Plan> => {
  const workflows = await Promise.all(
    work.workflows.map((share) => generated(catalog, work, share)),
  );
  const others = await upstreamWorkflows(catalog, work, workflows);
  const chosen = new Map(
    work.workflows.flatMap(({ workflow, tasks }, n): [string, ReadonlySet<string>][] => {
      const all = workflows[n]?.definition.tasks ?? [];
      const share = tasks ? all.slice(tasks.from, tasks.to) : all;
      return [[workflow, new Set(share.map(({ name }) => name))]];
    }),
  );

  return planDay({
    workflows,
    bizDate: work.bizDate,
    from: work.from,
    missedBefore: work.missedBefore,
    lookup: ({ project, workflow, task }) => others.get(`${project}/${workflow}`)?.(task),
    only: (workflow, task) => chosen.get(workflow)?.has(task) ?? false,
  });
};

type Where = Pick<ChunkWork, 'env' | 'project' | 'cutoffAt'>;

const generated = async (
  catalog: CatalogStore,
  { env, project }: Where,
  {
    workflow,
    version,
    content,
    timing,
  }: Pick<WorkflowShare, 'workflow' | 'version' | 'content' | 'timing'>,
): Promise<GeneratedWorkflow> => {
  const [found, definition, system, calendars] = await Promise.all([
    catalog.findProject(project),
    catalog.definitionOf({ project, workflow, content }),
    catalog.systemSettings(),
    catalog.allCalendars(),
  ]);
  if (!found || !definition)
    throw new Fault('RecordInvalid', 'project or definition not found', {
      project,
      workflow,
      version,
    });

  const byName = new Map(calendars.map((calendar) => [calendar.name, calendar]));
  return {
    env,
    project,
    zone: found.zone,
    dst: found.dst,
    version,
    definition,
    timing,
    settings: effectiveSettings(system ?? {}, found.settings),
    isWorkday: (name, runDate) => {
      const calendar = byName.get(name);
      return calendar === undefined || isCalendarDay(calendar, runDate);
    },
  };
};

/** The cycles of the tasks of other workflows that edges may lead to, by `project/workflow`. */
const upstreamWorkflows = async (
  catalog: CatalogStore,
  work: DayWork,
  workflows: readonly GeneratedWorkflow[],
): Promise<Map<string, ReturnType<typeof cyclesOf>>> => {
  const addresses = new Set(workflows.flatMap((each) => upstreamAddresses(each)));
  const found = await Promise.all(
    [...addresses].map(
      async (address): Promise<[string, ReturnType<typeof cyclesOf>] | undefined> => {
        const [project = '', workflow = ''] = address.split('/');
        const record = await catalog.findWorkflow(project, workflow);
        const pin = record && pinAt(record, work.env, work.cutoffAt);
        const version = pin && (await catalog.findVersion(project, workflow, pin.version));
        if (!pin || !version) return undefined;
        const share = {
          workflow,
          version: pin.version,
          content: version.content,
          timing: pin.timing,
        };
        return [address, cyclesOf(await generated(catalog, { ...work, project }, share))];
      },
    ),
  );
  return new Map(found.filter((each) => each !== undefined));
};

const upstreamAddresses = ({
  project,
  definition,
}: {
  readonly project: string;
  readonly definition: WorkflowDefinition;
}): string[] =>
  dependenciesOf(definition).flatMap(({ project: other, workflow }) =>
    workflow === undefined ? [] : [`${other ?? project}/${workflow}`],
  );
