import { parseRunId, type RunRef } from '../../shared/domain/instance/instance-id.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import { shownParameters } from '../../shared/domain/parameter/shown-parameters.ts';
import type { Run, RunStatus } from '../../shared/domain/run/run.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import { runKeysOf } from '../stores/instances-table.ts';
import type { ApiStores } from './api-stores.ts';
import { exactRun, pendingRun } from './exact-run.ts';
import { filteredPage } from './filtered-page.ts';
import { instanceRows } from './instance-row.ts';
import { noProject } from './read-instances.ts';
import { retryViews } from './retry-views.ts';
import { runsOfDate } from './runs-of-date.ts';
import { visibleProjects } from './visible-projects.ts';

type Reads = Pick<ApiHandlers<'read'>, 'listRuns' | 'getRun' | 'listRunInstances' | 'getRequest'>;

/** Projects whose runs one list merges; more than a person looks at at once. */
const maxProjects = 50;

/** Looking at runs and at what was asked for. */
export const readRuns = (stores: ApiStores, definitions: DefinitionCache): Reads => {
  const { instances, catalog } = stores;
  const exact = exactRun({ catalog, instances, definitions });
  const { withRetries } = retryViews({ instances, exact });

  /** By exact status; that of the fold tells which are worth a look: a failure may be not the end yet. */
  const ofStatus = async (
    runs: readonly Run[],
    { status: wanted, retryable }: Standing,
  ): Promise<readonly Run[]> => {
    if (wanted === undefined && retryable === undefined) return runs;
    const candidates = runs.filter(
      ({ status, counts }) =>
        wanted === undefined ||
        wanted.includes(status) ||
        (wanted.includes('RUNNING') && counts.NOT_RUN > 0),
    );
    const found = await Promise.all(candidates.map(exact));
    const views = retryable === undefined ? found : await withRetries(found);
    return candidates.filter((_, n) => {
      const view = views[n];
      if (view === undefined) return false;
      const isWanted = wanted === undefined || wanted.includes(view.status);
      return isWanted && (retryable === undefined || view.retryable === retryable);
    });
  };

  return {
    async listRuns({ query }, context) {
      const { env, project, workflow, bizDate, limit, cursor } = query;
      if (project === undefined && workflow !== undefined)
        return err({ code: 'invalid-input', detail: 'workflow needs the project, too' });
      if (project !== undefined && rankOfRole(await context.roleIn(project)) === 0)
        return err({ code: 'forbidden', detail: `you have no role in project ${project}` });
      if (project !== undefined && !(await catalog.findProject(project))) return noProject(project);

      const projects = project === undefined ? await visibleProjects(stores, context) : [];
      const of =
        project === undefined
          ? { projects: projects.slice(0, maxProjects).map(({ name }) => name) }
          : workflow === undefined
            ? { projects: [project] }
            : { project, workflow };

      const { from, until } = query;
      const byDate = bizDate && runsOfDate(instances, { env, of, bizDate, from, until });
      const page = await filteredPage<Run>({
        limit,
        cursor,
        fetch: (size, after) =>
          byDate
            ? byDate(size, after)
            : instances.listRuns({ env, of, from, to: until, limit: size, cursor: after }),
        keep: (runs) =>
          ofStatus(
            runs.filter((run) => isAskedFor(run, query)),
            query,
          ),
        cursorAfter: (run) => {
          const keys = runKeysOf(run);
          return cursorOf({ after: 'workflow' in of ? keys.qsk : keys.lsk });
        },
        placeOf: ({ dueAt }) => dueAt,
      });
      return ok({ ...page, items: await withRetries(await Promise.all(page.items.map(exact))) });
    },

    async getRun({ params }) {
      const ref = parseRunId(params.run);
      if (!ref) return noRun(params.run);
      const [run, found] = await Promise.all([
        instances.findRun(params.run),
        ref.family === 'manual' ? instances.findRequest(params.run) : undefined,
      ]);
      const request = found?.kind === 'start' ? found : undefined;
      const asked = request
        ? {
            parameters: shownParameters(request.parameters),
            ...(request.retryOf && { retryOf: request.retryOf }),
          }
        : {};
      if (!run) return request ? ok({ ...pendingRun(request, ref), ...asked }) : noRun(params.run);
      const [view] = await withRetries([await exact(run)]);
      return view ? ok({ ...view, ...asked }) : noRun(params.run);
    },

    async listRunInstances({ params, query: { limit, cursor } }) {
      const all = await instances.ofRun(params.run, { strong: true });
      if (all.length === 0 && !(await isKnown(stores, params.run))) return noRun(params.run);

      const after = positionOf(cursor)?.after;
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      const items = all.slice(start, start + limit);
      const last = items.at(-1);
      return ok({
        items: await instanceRows(definitions, items),
        ...(last && start + limit < all.length ? { cursor: cursorOf({ after: last.id }) } : {}),
      });
    },

    async getRequest({ params }) {
      const request = await instances.findRequest(params.request);
      if (!request)
        return err({
          code: 'request-not-found',
          detail: `there is no request ${params.request}`,
        });
      return ok(request.kind === 'start' ? { ...request, run: request.runId } : request);
    },
  };
};

/** What only a closer look at each run tells. */
type Standing = {
  readonly status?: readonly RunStatus[] | undefined;
  readonly retryable?: boolean | undefined;
};

type Filters = {
  readonly bizDate?: string | undefined;
  readonly startedFrom?: string | undefined;
  readonly startedUntil?: string | undefined;
  readonly trigger?: readonly string[] | undefined;
  readonly failed?: boolean | undefined;
  readonly text?: string | undefined;
};

/** All filters hold at once (W10). */
const isAskedFor = (
  run: Run,
  { bizDate, startedFrom, startedUntil, trigger, failed, text }: Filters,
): boolean =>
  (startedFrom === undefined || (run.startedAt ?? '') >= startedFrom) &&
  (startedUntil === undefined || (run.startedAt ?? '~') < startedUntil) &&
  (bizDate === undefined || run.bizDate === bizDate) &&
  (trigger === undefined || trigger.includes(run.family)) &&
  (failed === undefined || run.counts.FAILED > 0 === failed) &&
  (text === undefined || run.runId.toLowerCase().includes(text.toLowerCase()));

export const noRun = (id: string) =>
  err({ code: 'run-not-found', detail: `there is no run ${id}` } as const);

/** Accepted or generated; the instances may still be on their way. */
export const isKnown = async (
  { instances }: Pick<ApiStores, 'instances'>,
  run: string,
): Promise<RunRef | undefined> => {
  const ref = parseRunId(run);
  const found = ref && ((await instances.findRun(run)) ?? (await instances.findRequest(run)));
  return found && ref;
};
