import type { BackfillRow } from '../../shared/contracts/api/backfill-view.ts';
import { type Backfill, maxBackfillDates } from '../../shared/domain/backfill/backfill.schema.ts';
import { datesNamed } from '../../shared/domain/backfill/group-dates.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import { placeOfBackfill } from '../stores/backfills.ts';
import type { Revised } from '../stores/collection.ts';
import { cursorOf } from '../stores/cursor.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { ReadStores } from './api-stores.ts';
import { backfillRow, backfillView, listBudget } from './backfill-standing.ts';
import { filteredPage } from './filtered-page.ts';
import { noProject } from './read-instances.ts';
import { visibleProjects } from './visible-projects.ts';

type Reads = Pick<ApiHandlers<'read'>, 'listBackfills' | 'getBackfill'>;

/** Projects whose backfills one list merges, and backfills that a filter looks at in one request. */
const maxProjects = 50;
const lookedAt = 200;

/** Looking at backfills. */
export const readBackfills = (stores: ReadStores): Reads => {
  const { instances, catalog } = stores;

  return {
    async listBackfills({ query }, context) {
      const { env, project, state, status, owner, bizDate, from, to, limit, cursor } = query;
      if (project !== undefined && rankOfRole(await context.roleIn(project)) === 0)
        return err({ code: 'forbidden', detail: `you have no role in project ${project}` });
      if (project !== undefined && !(await catalog.findProject(project))) return noProject(project);
      const projects =
        project === undefined
          ? (await visibleProjects(stores, context)).slice(0, maxProjects).map(({ name }) => name)
          : [project];

      const budget = listBudget();
      const rows = new Map<string, BackfillRow>();
      const rowFor = async (each: Revised<Backfill>) => {
        const row = rows.get(each.id) ?? (await backfillRow(instances)(each, budget));
        rows.set(each.id, row);
        return row;
      };
      const page = await filteredPage<Revised<Backfill>>({
        ...{ limit, cursor, budget: lookedAt },
        fetch: (size, after) =>
          instances.listBackfills({ env, projects, from, to, limit: size, cursor: after }),
        keep: async (all) => {
          const kept: Revised<Backfill>[] = [];
          for (const each of all) {
            if (state !== undefined && each.state !== state) continue;
            if (owner !== undefined && each.owner !== owner) continue;
            if (bizDate !== undefined && !fills(each, bizDate)) continue;
            const found = status && (await rowFor(each)).status;
            if (status !== undefined && (found === undefined || !status.includes(found))) continue;
            kept.push(each);
          }
          return kept;
        },
        cursorAfter: (each) => cursorOf({ after: placeOfBackfill(each) }),
        placeOf: ({ createdAt }) => createdAt,
      });
      const items: BackfillRow[] = [];
      for (const each of page.items) items.push(await rowFor(each));
      return ok({ ...page, items });
    },

    async getBackfill({ params }) {
      const backfill = await findBackfill(instances, params);
      return backfill ? ok(await backfillView(instances)(backfill)) : noBackfill(params.backfill);
    },
  };
};

/** The backfill, where it belongs to the project of the path. */
export const findBackfill = async (
  instances: InstanceStore,
  { project, backfill: id }: { readonly project: string; readonly backfill: string },
): Promise<Revised<Backfill> | undefined> => {
  const found = await instances.findBackfill(id);
  return found?.project === project ? found : undefined;
};

export const noBackfill = (id: string) =>
  err({ code: 'backfill-not-found', detail: `there is no backfill ${id}` } as const);

const fills = (
  { dates, submittedAt, startAt, createdAt, zone }: Backfill,
  date: BizDate,
): boolean =>
  datesNamed(
    dates,
    localDateAt(startAt ?? submittedAt ?? createdAt, zone),
    maxBackfillDates,
  ).includes(date);
