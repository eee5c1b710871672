import type { HandoverInstance } from '../../shared/contracts/api/handover-routes.ts';
import type { AuditEntry } from '../../shared/domain/audit/audit-entry.schema.ts';
import { isAtRisk } from '../../shared/domain/handover/is-at-risk.ts';
import { lastFixOf } from '../../shared/domain/handover/last-fix.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isWaiting } from '../../shared/domain/instance/lifecycle.ts';
import { laterOf, plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { isFinal } from '../../shared/domain/run/fold-run.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { taskKeyOf } from '../admission/expected-ends.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { WorldDeps } from '../admission/world-deps.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { auditDays } from './audit-days.ts';
import { holdView } from './read-holds.ts';
import { noProject } from './read-instances.ts';
import { systemProject } from './write-audit.ts';

type Reads = Pick<ApiHandlers<'read'>, 'getHandover' | 'listHandoverNotes'>;
type Place = Pick<Instance, 'env' | 'project'>;

/** How far back a hand-over goes, and how far when somebody comes for the first time. */
const mostDays = 7;
const firstDays = 1;
/** Runs that are listed, and those of them whose instances are read. */
const runsListed = 400;
const runsRead = 40;
const operationsRead = 300;
const workflowsRead = 100;
const atOnce = 8;
/** Rows of one list: more than a person hands over. */
const shown = 100;

/** What the next shift should know of. */
export const readHandover = (stores: ApiStores, world: WorldDeps): Reads => {
  const { catalog, instances, clock } = stores;

  return {
    async getHandover({ params: { project }, query: { env, since: asked } }, context) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const at = clock();
      const looked = await catalog.lastLooked(context.caller.user, project);
      const day = (days: number): Instant => `${plusDays(at.slice(0, 10), -days)}${at.slice(10)}`;
      const since = laterOf(day(mostDays), asked ?? looked ?? day(firstDays));

      const place = { env, project };
      const [seen, log, paused, holds] = await Promise.all([
        recentInstances(stores, place, since, at),
        operationsSince(stores, context, project, since, at),
        pausedTasks(stores, place),
        catalog.allHolds(),
      ]);
      const operated = await instances.findMany(
        [...new Set(log.entries.flatMap(({ object }) => instanceIn(object)))].slice(0, shown),
      );
      const all = new Map([
        ...seen.instances.map((each): [string, Instance] => [each.id, each]),
        ...[...operated].filter(([, each]) => each.env === env),
      ]);
      const rows = [...all.values()];
      const means = await world.catalog.expectedSeconds(rows);

      return ok({
        ...{ project, env, since, at, looked: looked !== undefined },
        broke: rows
          .filter(({ status, endedAt }) => status === 'FAILED' && (endedAt ?? at) >= since)
          .map((each) => rowOf(each, each.endedAt ?? at))
          .toSorted(newestFirst)
          .slice(0, shown),
        healed: rows
          .flatMap((each) => healedRow(each, since))
          .toSorted(newestFirst)
          .slice(0, shown),
        kept: rows.filter(isKept).map(keptRow).slice(0, shown),
        holds: holds
          .filter(({ target }) => !('project' in target) || target.project === project)
          .map((hold) => holdView(hold, at)),
        pausedTasks: paused.tasks,
        atRisk: rows
          .flatMap((each) => {
            const meanSeconds = means.get(taskKeyOf(each));
            return meanSeconds !== undefined && isAtRisk(each, meanSeconds, at)
              ? [{ ...rowOf(each, each.dueAt), meanSeconds }]
              : [];
          })
          .slice(0, shown),
        operations: [...log.entries.slice(0, shown)],
        operators: operatorsOf(log.entries),
        more: [
          ...(seen.more ? (['runs'] as const) : []),
          ...(log.more ? (['operations'] as const) : []),
          ...(paused.more ? (['tasks'] as const) : []),
        ],
      });
    },

    async listHandoverNotes({ params: { project }, query }) {
      if (!(await catalog.findProject(project))) return noProject(project);
      const page = await catalog.listNotes(project, query);
      return ok({ ...page, items: [...page.items] });
    },
  };
};

/** The instances of runs in which something failed lately or has not ended. */
const recentInstances = async (
  { instances }: ApiStores,
  { env, project }: Place,
  since: Instant,
  now: Instant,
): Promise<{ readonly instances: readonly Instance[]; readonly more: boolean }> => {
  // A run is about work of its own day; a rerun of an older one shows in the operation log.
  const from = `${plusDays(since.slice(0, 10), -1)}T00:00:00.000Z`;
  const page = await instances.listRuns({
    ...{ env, of: { projects: [project] }, from, to: now, limit: runsListed },
  });
  const wanted = page.items.filter((run) => isOfInterest(run, since));
  const found = await inParallel(wanted.slice(0, runsRead), atOnce, ({ runId }) =>
    instances.ofRun(runId),
  );
  return {
    instances: found.flat().filter(({ family, dueAt }) => family !== 'barrier' && dueAt <= now),
    more: page.cursor !== undefined || wanted.length > runsRead,
  };
};

const isOfInterest = ({ status, counts, lastMoveAt }: Run, since: Instant): boolean =>
  !isFinal(status) || (counts.FAILED > 0 && lastMoveAt >= since);

const operationsSince = async (
  { ledger }: ApiStores,
  { caller }: ApiContext,
  project: string,
  from: Instant,
  to: Instant,
) => {
  const projects = caller.role === undefined ? [project] : [project, systemProject];
  const page = await auditDays(
    ledger,
    { projects, from, to, limit: operationsRead, cursor: undefined },
    { left: projects.length * (mostDays + 1) },
  );
  return { entries: page.items, more: page.cursor !== undefined };
};

const pausedTasks = async ({ catalog }: ApiStores, { env, project }: Place) => {
  const page = await catalog.listWorkflows(project, { limit: workflowsRead });
  const states = await inParallel(
    page.items.filter(({ deletedAt }) => !deletedAt),
    atOnce,
    ({ workflow }) => catalog.taskStatesOf(env, project, workflow),
  );
  return {
    tasks: states
      .flat()
      .flatMap(({ workflow, task, paused }) => (paused ? [{ workflow, task, ...paused }] : [])),
    more: page.cursor !== undefined,
  };
};

const instanceIn = (object: string): string[] =>
  object.startsWith('instance:') ? [object.slice('instance:'.length)] : [];

const isKept = (instance: Instance): boolean =>
  isWaiting(instance) && (instance.paused === true || instance.held !== undefined);

const rowOf = (instance: Instance, at: Instant): HandoverInstance => {
  const { id, workflow, task, bizDate, status, outcome, dueAt, error } = instance;
  return { id, workflow, task, bizDate, status, outcome, dueAt, at, error };
};

const keptRow = (instance: Instance): HandoverInstance => {
  const move = instance.moves.findLast((each) => each.move === 'pause' || each.move === 'hold');
  return {
    ...rowOf(instance, move?.at ?? instance.dueAt),
    by: instance.held?.by ?? move?.actor,
    move: move?.move,
    reason: instance.held?.reason ?? move?.reason,
  };
};

const healedRow = (instance: Instance, since: Instant): HandoverInstance[] => {
  const fix = lastFixOf(instance);
  const endedAt = instance.endedAt ?? fix?.at;
  if (!fix || endedAt === undefined || endedAt < since) return [];
  return [{ ...rowOf(instance, endedAt), by: fix.actor, move: fix.move, reason: fix.reason }];
};

const operatorsOf = (entries: readonly Pick<AuditEntry, 'actor'>[]) =>
  [
    ...Map.groupBy(
      entries.filter(({ actor }) => !actor.startsWith('system:')),
      ({ actor }) => actor,
    ),
  ]
    .map(([actor, { length: count }]) => ({ actor, count }))
    .toSorted((a, b) => b.count - a.count);

const newestFirst = (a: HandoverInstance, b: HandoverInstance): number => (a.at < b.at ? 1 : -1);
