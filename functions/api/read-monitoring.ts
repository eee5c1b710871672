import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import {
  type MonitoringWindow,
  monitoringWindow,
  utcDaysOf,
} from '../../shared/domain/monitoring/monitoring-window.ts';
import { summarizeRuns } from '../../shared/domain/monitoring/summarize-runs.ts';
import type { RunDelta } from '../../shared/domain/run/run-counts.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiWork } from '../edge/api-route.ts';
import type { ReadStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { noWorkflow } from './read-workflows.ts';
import { visibleProjects } from './visible-projects.ts';

/** Hours of a workflow that one answer adds up; more take longer to read than a person waits. */
const mostItems = 100_000;

type Scope = {
  readonly env: 'prod' | 'dev';
  readonly projects: readonly string[];
  readonly workflow: string | undefined;
};

/** The overview of runs by the time of their start (workflows-and-logs B1.1). */
export const getMonitoring =
  (stores: ReadStores, most = mostItems): ApiWork<'getMonitoring'> =>
  async ({ query }, context) => {
    const { env, project, workflow } = query;
    if (project === undefined && workflow !== undefined)
      return err({ code: 'invalid-input', detail: 'workflow needs the project, too' });
    if (project !== undefined && rankOfRole(await context.roleIn(project)) === 0)
      return err({ code: 'forbidden', detail: `you have no role in project ${project}` });
    const found = project === undefined ? undefined : await stores.catalog.findProject(project);
    if (project !== undefined && !found) return noProject(project);
    if (project !== undefined && workflow !== undefined) {
      // A deleted one keeps its figures.
      if (!(await stores.catalog.findWorkflow(project, workflow)))
        return noWorkflow({ project, workflow });
    }

    const zone = found?.zone ?? 'UTC';
    const at = stores.clock();
    const window = monitoringWindow(query, at, zone);
    if (!window.ok) {
      const { field, message } = window.error;
      const path = `query.${field}`;
      return err({
        code: 'invalid-input',
        detail: `${path} ${message}`,
        errors: [{ path, message }],
      });
    }

    const projects =
      project === undefined
        ? (await visibleProjects(stores, context)).map(({ name }) => name)
        : [project];
    const { rows, countedFrom } = await readRows(
      stores,
      { env, projects, workflow },
      window.value,
      most,
    );
    return ok({
      ...{ ...window.value, zone, at, countedFrom },
      ...mutable(summarizeRuns(rows, window.value)),
    });
  };

/** Day by day, the newest first, as long as there is room; what is read of a day is all of it. */
const readRows = async (
  { views }: ReadStores,
  { env, projects, workflow }: Scope,
  window: MonitoringWindow,
  most: number,
): Promise<{ readonly rows: readonly RunDelta[]; readonly countedFrom?: Instant }> => {
  const rows: RunDelta[] = [];
  let room = most;
  let countedFrom: Instant | undefined;
  for (const day of utcDaysOf(window)) {
    const ofDay = await Promise.all(
      projects.map((project) => views.runCountsOf({ env, project, workflow, day }, room)),
    );
    const read = ofDay.filter((each) => each !== undefined);
    room -= read.reduce((sum, { items }) => sum + items, 0);
    if (read.length < projects.length || room < 0)
      return { rows, countedFrom: countedFrom ?? window.to };
    for (const { rows: found } of read) for (const row of found) rows.push(row);
    countedFrom = `${day}T00:00:00.000Z`;
  }
  return { rows };
};

const mutable = ({ failing, slow, steps, ...rest }: ReturnType<typeof summarizeRuns>) => ({
  ...rest,
  steps: [...steps],
  failing: [...failing],
  slow: [...slow],
});
