import type { BackfillPlan } from '../../shared/domain/backfill/backfill.schema.ts';
import { type Filling, fillingOf } from '../../shared/domain/backfill/filling.ts';
import { isCalendarDay } from '../../shared/domain/calendar/is-calendar-day.ts';
import type { GeneratedWorkflow } from '../../shared/domain/generation/plan.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { effectiveSettings } from '../../shared/domain/project/effective-settings.ts';
import type { WorkflowDefinition } from '../../shared/domain/workflow/definition.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';

/** What is published never changes, so definitions may come from a memory. */
export type FindDefinition = (
  plan: Pick<BackfillPlan['workflows'][number], 'project' | 'workflow' | 'content'>,
) => Promise<WorkflowDefinition | undefined>;

/** A resolved backfill with the definitions that it was resolved to: what planning and listing its dates needs. */
export const openFilling = async (
  catalog: CatalogStore,
  backfill: Filling['backfill'],
  plan: Pick<BackfillPlan, 'workflows' | 'dates'>,
  find: FindDefinition = (ref) => catalog.definitionOf(ref),
): Promise<Filling> => {
  const [system, calendars, definitions, projects] = await Promise.all([
    catalog.systemSettings(),
    catalog.allCalendars(),
    Promise.all(plan.workflows.map(find)),
    Promise.all(plan.workflows.map(({ project }) => catalog.findProject(project))),
  ]);
  const byName = new Map(calendars.map((calendar) => [calendar.name, calendar]));
  const workflows = plan.workflows.map(
    ({ project, workflow, version, zone, dst }, n): GeneratedWorkflow => {
      const definition = definitions[n];
      if (!definition)
        throw new Fault('RecordInvalid', 'definition not found', { project, workflow, version });
      return {
        ...{ env: backfill.env, project, zone, dst, version, definition },
        timing: 'ON',
        settings: effectiveSettings(system ?? {}, projects[n]?.settings),
        isWorkday: (name, runDate) => {
          const calendar = byName.get(name);
          return calendar === undefined || isCalendarDay(calendar, runDate);
        },
      };
    },
  );
  return fillingOf({ backfill, workflows, plan });
};
