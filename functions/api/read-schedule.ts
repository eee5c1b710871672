import type { ScheduledWorkflow } from '../../shared/contracts/api/schedule-routes.ts';
import { cutoffOf } from '../../shared/domain/generation/due-days.ts';
import { plusDays, plusSeconds, runDateOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import { type DstMark, dstMarksOf } from '../../shared/domain/schedule/dst-marks.ts';
import { densityOf } from '../../shared/domain/schedule/herd.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import { offsetAt } from '../../shared/domain/schedule/place-walls.ts';
import { type PlannedFire, plannedFires } from '../../shared/domain/schedule/planned-fires.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiWork } from '../edge/api-route.ts';
import { catalogTable } from '../stores/catalog-table.ts';
import { cursorOf } from '../stores/cursor.ts';
import { type ExpectedRuns, expectedRuns } from '../stores/expected-runs.ts';
import type { PlanStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { pageOver } from './read-workflows.ts';
import { visibleProjects } from './visible-projects.ts';

const daySeconds = 86_400;
const mostDays = 7;
/** Fires of one workflow that an answer lists, and fires of one page; the density counts them all. */
const listedFires = 300;
const firesPerPage = 20_000;

type Span = { readonly env: Env; readonly from: Instant; readonly to: Instant };

/** The planned fires of everything that is online and timed; a page holds some workflows, whole. */
export const getSchedule = (stores: PlanStores): ApiWork<'getSchedule'> => {
  const { catalog, clock } = stores;
  const expected = expectedRuns(catalog);

  return async ({ query }, context) => {
    const { env, project, workflow, limit, cursor } = query;
    if (project === undefined && workflow !== undefined)
      return err({ code: 'invalid-input', detail: 'workflow needs the project, too' });
    if (project !== undefined && rankOfRole(await context.roleIn(project)) === 0)
      return err({ code: 'forbidden', detail: `you have no role in project ${project}` });
    const from = query.from ?? clock();
    const to = query.to ?? plusSeconds(from, daySeconds);
    if (to <= from || to > plusSeconds(from, mostDays * daySeconds))
      return err({
        code: 'invalid-input',
        detail: `to must be after from, and at most ${mostDays} days after it`,
        errors: [{ path: 'query.to', message: `at most ${mostDays} days after from` }],
      });

    const projects = (await visibleProjects(stores, context)).filter(
      ({ name }) => project === undefined || name === project,
    );
    if (project !== undefined && projects.length === 0) return noProject(project);
    const byName = new Map(projects.map((each) => [each.name, each]));
    const page =
      project !== undefined && workflow !== undefined
        ? { items: [await catalog.findWorkflow(project, workflow)], cursor: undefined }
        : await pageOver(catalog, [...byName.keys()])(limit, cursor);

    const items: ScheduledWorkflow[] = [];
    const all: PlannedFire[] = [];
    for (const record of page.items) {
      const of = record && byName.get(record.project);
      if (!record || !of) continue;
      const { fires, row } = await scheduled(expected, record, of, { env, from, to });
      all.push(...fires);
      if (row.total > 0 || row.marks.length > 0) items.push(row);
      if (all.length > firesPerPage) {
        const next = cursorOf(catalogTable.workflow(record.project, record.workflow));
        return ok({ from, to, items, density: [...densityOf(all)], cursor: next });
      }
    }
    return ok({ from, to, items, density: [...densityOf(all)], cursor: page.cursor });
  };
};

/** A workflow with its fires between two instants, each day by the version that is or was online at its cut-off. */
const scheduled = async (
  expected: ExpectedRuns,
  record: WorkflowRecord,
  { zone, dst }: Pick<Project, 'zone' | 'dst'>,
  { env, from, to }: Span,
): Promise<{ readonly fires: readonly PlannedFire[]; readonly row: ScheduledWorkflow }> => {
  const { project, workflow } = record;
  const fires: (PlannedFire & { readonly bizDate: string })[] = [];
  const marks = new Map<string, DstMark>();
  let schedule: ScheduledWorkflow['schedule'];
  const clocksChange = offsetAt(zone, Date.parse(from)) !== offsetAt(zone, Date.parse(to));

  // A time that a gap shifts may fall on the day after the one it was asked for.
  const first = plusDays(localDateAt(from, zone), -2);
  for (
    let bizDate = first;
    runDateOf(bizDate) <= localDateAt(to, zone);
    bizDate = plusDays(bizDate, 1)
  ) {
    const times = await expected.timesAt(record, env, cutoffOf(bizDate, zone));
    if (!times) continue;
    schedule = times.schedule;
    const runDate = runDateOf(bizDate);
    for (const fire of plannedFires(times, { zone, dst, runDate }))
      if (!fire.offDay && fire.at >= from && fire.at < to) fires.push({ ...fire, bizDate });
    if (clocksChange)
      for (const group of times.groups)
        for (const mark of dstMarksOf(group.schedule, { zone, dst, from, to }))
          if (mark.local.startsWith(runDate)) marks.set(`${mark.kind} ${mark.local}`, mark);
  }

  fires.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.cycle - b.cycle));
  return {
    fires,
    row: {
      ...{ project, workflow, zone, dst, schedule },
      fires: fires
        .slice(0, listedFires)
        .map(({ at, bizDate, cycle, tasks, shifted }) => ({ at, bizDate, cycle, tasks, shifted })),
      total: fires.length,
      marks: [...marks.values()],
    },
  };
};
