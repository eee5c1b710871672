import type { LedgerDay, LedgerWorkflow } from '../../shared/contracts/api/schedule-routes.ts';
import { cutoffOf } from '../../shared/domain/generation/due-days.ts';
import { plusDays, runDateOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { BizDate, Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { GenerationLine } from '../../shared/domain/run/generation-line.schema.ts';
import type { Run } from '../../shared/domain/run/run.schema.ts';
import { ledgerState } from '../../shared/domain/schedule/ledger-state.ts';
import { localDateAt } from '../../shared/domain/schedule/local-date-at.ts';
import { tickState } from '../../shared/domain/schedule/tick-state.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { catalogTable } from '../stores/catalog-table.ts';
import { cursorOf } from '../stores/cursor.ts';
import type { DefinitionCache } from '../stores/definition-cache.ts';
import { type ExpectedRun, expectedRuns } from '../stores/expected-runs.ts';
import type { ReadStores } from './api-stores.ts';
import { exactRun } from './exact-run.ts';
import { noProject } from './read-instances.ts';

/** Ticks that one page of a day looks at; a page holds whole workflows. */
const ticksPerPage = 2_000;
const missingNamed = 20;

type ProjectDay = { readonly env: Env; readonly bizDate: BizDate };

/** The schedule ledger: whether each date came out as promised, and the ticks of a date (what-users-ask-for §4.4). */
export const readLedgerLines = (
  stores: ReadStores,
  definitions: DefinitionCache,
): Pick<ApiHandlers<'read'>, 'getLedger' | 'getLedgerDay'> => {
  const { catalog, instances, ledger, views, clock } = stores;
  const expected = expectedRuns(catalog);
  const exact = exactRun({ catalog, instances, definitions });

  const dayOf = async (
    project: Project,
    { env, bizDate }: ProjectDay,
    line: GenerationLine | undefined,
    now: Instant,
  ): Promise<LedgerDay> => {
    const day = { env, project: project.name, bizDate, family: 'recurring' } as const;
    const { total, counts, outcomes } = await views.countsOf(day);
    const failed = counts.FAILED ?? 0;
    const made = { created: total, finished: (counts.SUCCESS ?? 0) + failed };
    const cutoffAt = line?.cutoffAt ?? cutoffOf(bizDate, project.zone);
    return {
      ...{ bizDate, runDate: runDateOf(bizDate), cutoffAt, line },
      state: ledgerState({ cutoffAt, line, ...made }, now),
      ...made,
      failed,
      outcomes,
    };
  };

  const workflowOf = async (
    workflow: string,
    ticks: readonly ExpectedRun[],
    runs: ReadonlyMap<string, Run>,
    { generatedAt, now }: { readonly generatedAt: Instant | undefined; readonly now: Instant },
  ): Promise<LedgerWorkflow> => {
    const row: LedgerWorkflow = {
      ...{ workflow, expected: ticks.length, created: 0, finished: 0, late: 0 },
      ...{ statuses: {}, reasons: {}, missing: [] },
    };
    for (const { run: id, dueAt } of ticks) {
      const run = runs.get(id);
      const view = run && (await exact(run));
      const made = run && view && { ...run, status: view.status };
      const { status, late, reason } = tickState({ dueAt, generatedAt }, made, now);
      row.statuses[status] = (row.statuses[status] ?? 0) + 1;
      if (reason) row.reasons[reason] = (row.reasons[reason] ?? 0) + 1;
      if (late) row.late += 1;
      if (run) row.created += 1;
      if (view?.endedAt) row.finished += 1;
      if (status === 'MISSED' && row.missing.length < missingNamed) row.missing.push(id);
    }
    return row;
  };

  return {
    async getLedger({ params, query: { env, days } }) {
      const project = await catalog.findProject(params.project);
      if (!project) return noProject(params.project);
      const now = clock();
      // The newest date is the one that the coming cut-off decides.
      const newest = localDateAt(now, project.zone);
      const lines = new Map(
        (await ledger.lastGenerations(env, project.name, days)).map((line) => [line.bizDate, line]),
      );
      const dates = Array.from({ length: days }, (_, n) => plusDays(newest, -n)).filter(
        (bizDate) => lines.has(bizDate) || cutoffOf(bizDate, project.zone) >= project.createdAt,
      );
      const items = await Promise.all(
        dates.map((bizDate) => dayOf(project, { env, bizDate }, lines.get(bizDate), now)),
      );
      return ok({ zone: project.zone, items });
    },

    async getLedgerDay({ params: { project: name, bizDate }, query: { env, limit, cursor } }) {
      const project = await catalog.findProject(name);
      if (!project) return noProject(name);
      const now = clock();
      const line = await ledger.findGeneration(env, name, bizDate);
      const day = await dayOf(project, { env, bizDate }, line, now);
      const page = await catalog.listWorkflows(name, { limit, cursor });

      const planned: { readonly workflow: string; readonly ticks: readonly ExpectedRun[] }[] = [];
      let count = 0;
      let next = page.cursor;
      for (const record of page.items) {
        const { cutoffAt } = day;
        const ticks = await expected.runsOf(record, project, { env, bizDate, cutoffAt });
        if (ticks.length > 0) planned.push({ workflow: record.workflow, ticks });
        count += ticks.length;
        if (count < ticksPerPage || record === page.items.at(-1)) continue;
        next = cursorOf(catalogTable.workflow(name, record.workflow));
        break;
      }

      const runs = await instances.findRuns(
        planned.flatMap(({ ticks }) => ticks.map(({ run }) => run)),
      );
      const generatedAt = line?.finishedAt;
      const items = await Promise.all(
        planned.map(({ workflow, ticks }) =>
          workflowOf(workflow, ticks, runs, { generatedAt, now }),
        ),
      );
      return ok({ day, items, cursor: next });
    },
  };
};
