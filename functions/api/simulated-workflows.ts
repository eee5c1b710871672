import { isCalendarDay } from '../../shared/domain/calendar/is-calendar-day.ts';
import type { GeneratedWorkflow } from '../../shared/domain/generation/plan.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { effectiveSettings } from '../../shared/domain/project/effective-settings.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import { dependenciesOf } from '../../shared/domain/workflow/dependencies-of.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';

/** Workflows that one simulation reads. */
const workflowBudget = 500;

/** What a simulation knows of the catalog: what is online, by `project/workflow`, and what others it waits for. */
export type OnlineWorkflows = {
  readonly workflows: ReadonlyMap<string, GeneratedWorkflow>;
  /** More workflows were met than may be read. */
  readonly cutOff: boolean;
};

/** Workflows as the generation would take them if it ran now. */
export const onlineWorkflows = async (catalog: CatalogStore, env: Env) => {
  const [system, calendars] = await Promise.all([catalog.systemSettings(), catalog.allCalendars()]);
  const byName = new Map(calendars.map((calendar) => [calendar.name, calendar]));
  const isWorkday: GeneratedWorkflow['isWorkday'] = (name, runDate) => {
    const calendar = byName.get(name);
    return calendar === undefined || isCalendarDay(calendar, runDate);
  };
  const generated = (
    { name, zone, dst, settings }: Project,
    definition: WorkflowDefinition,
    pin: Pick<GeneratedWorkflow, 'version' | 'timing'>,
  ): GeneratedWorkflow => ({
    ...{ env, project: name, zone, dst, definition, isWorkday },
    version: pin.version,
    timing: pin.timing,
    settings: effectiveSettings(system ?? {}, settings),
  });

  const owners = new Map<string, Promise<Project | undefined>>();
  const ownerOf = (name: string): Promise<Project | undefined> => {
    const owner = owners.get(name) ?? catalog.findProject(name);
    owners.set(name, owner);
    return owner;
  };
  const find = async (id: string): Promise<GeneratedWorkflow | undefined> => {
    const [project = '', workflow = ''] = id.split('/');
    const [owner, record] = await Promise.all([
      ownerOf(project),
      catalog.findWorkflow(project, workflow),
    ]);
    const pin = record && !record.deletedAt ? record.pins[env] : undefined;
    if (!owner || !pin || pin.version === 0) return undefined;
    const { content } = pin;
    const definition = await catalog.definitionOf({ project, workflow, content });
    return definition && generated(owner, definition, pin);
  };

  return {
    /** A definition that is not published, as if it were online with timing on. */
    draft: (project: Project, definition: WorkflowDefinition): GeneratedWorkflow =>
      generated(project, definition, { version: 1, timing: 'ON' }),

    /** The named workflows and, at any depth, those that they wait for; what is not online is left out. */
    async read(
      ids: readonly string[],
      known: readonly GeneratedWorkflow[] = [],
    ): Promise<OnlineWorkflows> {
      const workflows = new Map(known.map((each) => [idOf(each), each]));
      const seen = new Set(workflows.keys());
      let next = [...ids, ...known.flatMap(upstreamIds)];
      while (next.length > 0) {
        const fresh = [...new Set(next)].filter((id) => !seen.has(id));
        if (seen.size + fresh.length > workflowBudget) return { workflows, cutOff: true };
        for (const id of fresh) seen.add(id);
        const found = (await Promise.all(fresh.map(find))).flatMap((each) => each ?? []);
        for (const each of found) workflows.set(idOf(each), each);
        next = found.flatMap(upstreamIds);
      }
      return { workflows, cutOff: false };
    },
  };
};

const idOf = ({ project, definition }: GeneratedWorkflow): string =>
  `${project}/${definition.workflow}`;

const upstreamIds = ({ project, definition }: GeneratedWorkflow): readonly string[] =>
  dependenciesOf(definition).flatMap(({ project: other, workflow }) =>
    workflow === undefined ? [] : [`${other ?? project}/${workflow}`],
  );
