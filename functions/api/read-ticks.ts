import type { TickRow } from '../../shared/contracts/api/schedule-routes.ts';
import { parseRunId } from '../../shared/domain/instance/instance-id.ts';
import { laterOf, plusDays, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { instantOfLocal } from '../../shared/domain/schedule/instant-of-local.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import { tickState } from '../../shared/domain/schedule/tick-state.ts';
import type { ApiWork } from '../edge/api-route.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import { type ExpectedRun, expectedRuns } from '../stores/expected-runs.ts';
import { runKeysOf } from '../stores/instances-table.ts';
import type { Page } from '../stores/table.ts';
import type { ApiStores } from './api-stores.ts';
import { exactRun } from './exact-run.ts';
import { filteredPage } from './filtered-page.ts';
import { plannedDays } from './planned-days.ts';
import { noProject } from './read-instances.ts';
import { noWorkflow } from './read-workflows.ts';

/** Scheduled task management looks back so far (spec/README 4). */
const ticksReachBackDays = 7;

/** A tick with the end of the generation that had to make its run, before its run is looked up. */
type Tick = ExpectedRun & { readonly generatedAt?: Instant | undefined };

/** A place in the list: a tick, or a run that nobody planned. */
type Entry = { readonly key: string; readonly tick?: Tick; readonly run?: Run };

/**
 * The ticks of a schedule by the versions that were online, joined with the runs that exist, and the other runs of that
 * time; the latest first (workflows-and-logs B1.5). A tick and its run have one id, so they never appear twice.
 */
export const listTicks = (
  stores: ApiStores,
  definitions: DefinitionCache,
): ApiWork<'listTicks'> => {
  const { catalog, instances, clock } = stores;
  const exact = exactRun({ catalog, instances, definitions });
  const planned = plannedDays(stores, expectedRuns(catalog));

  return async ({ params, query }) => {
    const { env, limit, cursor } = query;
    const [record, project] = await Promise.all([
      catalog.findWorkflow(params.project, params.workflow),
      catalog.findProject(params.project),
    ]);
    if (!project) return noProject(params.project);
    if (!record || record.deletedAt) return noWorkflow(params);

    const now = clock();
    const today = localDateAt(now, project.zone);
    const { from = today } = query;
    const to = query.to ?? laterOf(from, today);
    const oldest = plusDays(today, -ticksReachBackDays);
    if (from < oldest || to < from || to > plusDays(today, 1))
      return err({
        code: 'invalid-input',
        detail: `the range must lie between ${oldest} and ${plusDays(today, 1)}: the page reaches back ${ticksReachBackDays} days`,
        errors: [{ path: from < oldest ? 'query.from' : 'query.to', message: 'out of range' }],
      });

    const days = await planned(record, project, env, { from, to });
    const ticks = days.flatMap(({ runs, generatedAt }) =>
      runs.map((run): Tick => ({ ...run, generatedAt })),
    );
    const span = {
      from: instantOfLocal(`${from}T00:00`, project.zone),
      // The end of the range is the last millisecond of its last day.
      to: plusSeconds(instantOfLocal(`${plusDays(to, 1)}T00:00`, project.zone), -0.001),
    };
    const own = new Set(ticks.map(({ run }) => run));
    const entries = ticks
      .map((tick): Entry => ({ key: keyOf(tick.dueAt, tick.run), tick }))
      .toSorted(latestFirst);

    const fetch = async (size: number, after: string | undefined): Promise<Page<TickRow>> => {
      const place = positionOf(after)?.after;
      const others = await instances.listRuns({
        ...{ env, of: params, ...span, limit: size, cursor: after },
      });
      const found = others.items
        .filter(({ runId }) => !own.has(runId))
        .map((run): Entry => ({ key: runKeysOf(run).qsk, run }));
      // Beyond the last run that was read there may be others: the page ends there.
      const last = others.cursor && others.items.at(-1);
      const floor = last ? runKeysOf(last).qsk : '';
      const page = [...entries, ...found]
        .filter(({ key }) => key >= floor && (place === undefined || key < place))
        .toSorted(latestFirst)
        .slice(0, size);
      const end = page.at(-1)?.key ?? floor;
      const isLast =
        others.cursor === undefined &&
        ![...entries, ...found].some(
          ({ key }) => key < end && (place === undefined || key < place),
        );
      return {
        items: await rowsOf(page, now),
        cursor: isLast || end === '' ? undefined : cursorOf({ after: end }),
      };
    };

    const rowsOf = async (page: readonly Entry[], at: Instant): Promise<TickRow[]> => {
      const runs = await instances.findRuns(page.flatMap(({ tick }) => tick?.run ?? []));
      return Promise.all(
        page.map(({ tick, run }) => rowOf(tick, run ?? runs.get(tick?.run ?? ''), at)),
      );
    };

    const rowOf = async (
      tick: Tick | undefined,
      run: Run | undefined,
      at: Instant,
    ): Promise<TickRow> => {
      const id = run?.runId ?? tick?.run ?? '';
      const view = run && (await exact(run));
      const dueAt = tick?.dueAt ?? run?.dueAt ?? at;
      const state = tickState(
        { dueAt, generatedAt: tick?.generatedAt },
        run && view && { ...run, status: view.status },
        at,
      );
      const overlap = state.reason === 'expired' && (await wasOverlapped(id));
      return {
        run: id,
        trigger: triggerOf(id),
        planned: tick !== undefined,
        bizDate: tick?.bizDate ?? run?.bizDate ?? from,
        cycle: tick?.cycle ?? run?.cycle ?? 1,
        dueAt,
        local: tick?.local,
        shifted: tick?.shifted ?? false,
        status: state.status,
        late: state.late,
        reason: overlap ? 'overlap' : state.reason,
        startedAt: view?.startedAt ?? null,
        endedAt: view?.endedAt ?? null,
        total: view?.total ?? 0,
        ended: view?.ended ?? 0,
        failed: view?.failed ?? 0,
      };
    };

    /** What expired at its gate did so for the run before; what was born expired had been missed. */
    const wasOverlapped = async (id: string): Promise<boolean> =>
      (await instances.ofRun(id)).some(
        ({ overlap, empty, outcome }) => overlap && !empty && outcome === 'expired',
      );

    const { status, trigger, late } = query;
    const page = await filteredPage<TickRow>({
      limit,
      cursor,
      fetch,
      keep: async (rows) =>
        rows.filter(
          (row) =>
            (status === undefined || status.includes(row.status)) &&
            (trigger === undefined || trigger.some((each) => each === row.trigger)) &&
            (late === undefined || row.late === late),
        ),
      cursorAfter: ({ dueAt, run }) => cursorOf({ after: keyOf(dueAt, run) }),
      placeOf: ({ dueAt }) => dueAt,
    });
    return ok({
      ...{ ...page, items: [...page.items] },
      ...{ from, to, zone: project.zone },
      scheduled: days.some(({ scheduled }) => scheduled),
    });
  };
};

/** As the list of runs sorts: by due time, then id. */
const keyOf = (dueAt: Instant, run: string): string => `${dueAt}#${run}`;

const latestFirst = (a: Entry, b: Entry): number => (a.key < b.key ? 1 : a.key > b.key ? -1 : 0);

const triggerOf = (run: string): TickRow['trigger'] => {
  const family = parseRunId(run)?.family ?? 'recurring';
  return family === 'barrier' ? 'recurring' : family;
};
