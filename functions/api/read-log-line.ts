import { parseInstanceId, parseRunId, runIdOf } from '../../shared/domain/instance/instance-id.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import { namedCounts } from '../../shared/domain/log/level-counts.ts';
import { parseLineId } from '../../shared/domain/log/line-id.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { findLine } from '../logging/find-line.ts';
import { logRows } from '../logging/log-row.ts';
import { runLines } from '../logging/run-lines.ts';
import { sumRun } from '../logging/sum-run.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { LogDeps } from './log-deps.ts';
import { isKnown } from './read-runs.ts';
import { requireRole } from './require-role.ts';

/** One line, what stands around it, and all of a run. */
export const readLogLine = (
  stores: LogDeps,
): Pick<ApiHandlers<'logs'>, 'getLogLine' | 'getLogContext' | 'getRunTrace'> => {
  const linesOfRun = runLines(stores);
  const wholeLine = findLine(stores);
  const sumOf = sumRun(stores);

  /** Whoever may not read the logs of its project learns nothing about a line, not even that it is there. */
  const lineFor = async (id: string, context: ApiContext) => {
    const place = parseLineId(id);
    const ref = place && parseInstanceId(place.instance);
    if (!ref) return noLine;
    const denied = await requireRole(context, ref.project, 'operator');
    if (denied) return err(denied);
    const whole = await wholeLine(id);
    return whole ? ok({ ...whole, run: runIdOf(ref) }) : noLine;
  };

  return {
    async getLogLine({ query: { line } }, context) {
      const whole = await lineFor(line, context);
      if (!whole.ok) return whole;
      const [row, ...parts] = await logRows(stores, [whole.value.found, ...whole.value.parts]);
      return row ? ok({ ...row, parts }) : noLine;
    },

    async getLogContext({ query: { line, before, after } }, context) {
      const whole = await lineFor(line, context);
      if (!whole.ok) return whole;
      const { found, run } = whole.value;
      const position = { at: found.line.at, id: found.id };
      const around = (order: 'asc' | 'desc', limit: number) =>
        linesOfRun(run, { order, limit: Math.max(1, limit), after: position });
      const [earlier, later] = await Promise.all([around('desc', before), around('asc', after)]);
      const lines = [
        ...earlier.found.slice(0, before).toReversed(),
        found,
        ...later.found.slice(0, after),
      ];
      return ok({
        items: await logRows(stores, lines),
        moreBefore: earlier.next !== undefined || earlier.found.length > before,
        moreAfter: later.next !== undefined || later.found.length > after,
      });
    },

    async getRunTrace({ params: { run }, query: { limit, cursor } }) {
      if (!parseRunId(run) || !(await isKnown(stores, run)))
        return err({
          code: 'run-not-found',
          detail: `there is no run ${run} within retention (${stores.logs.retentionDays} days)`,
        });
      const given = positionOf(cursor);
      const after = given && { at: given.at ?? '', id: given.id ?? '', since: given.since };
      const [page, summary] = await Promise.all([
        linesOfRun(run, { order: 'asc', limit, after }),
        cursor === undefined ? summaryOf(run) : undefined,
      ]);
      return ok({
        run,
        items: await logRows(stores, page.found),
        cursor: page.next && cursorOf(page.next),
        ...(summary ? { summary } : {}),
      });
    },
  };

  async function summaryOf(run: string) {
    const [{ counts, ...sum }, all] = await Promise.all([
      sumOf(run),
      stores.instances.ofRun(run, { strong: true }),
    ]);
    const components = all
      .filter(({ family }) => family !== 'barrier')
      .map(({ id, task, kind, status, startedAt, endedAt, attempt }) => ({
        ...{ instance: id, task, kind, status, attempts: attempt },
        ...(startedAt ? { startedAt } : {}),
        ...(endedAt ? { endedAt } : {}),
      }))
      .toSorted((a, b) => ((a.startedAt ?? '~') < (b.startedAt ?? '~') ? -1 : 1));
    const total = counts.reduce((sumOfAll, each) => sumOfAll + each, 0);
    return { ...sum, counts: namedCounts(counts), total, components };
  }
};

const noLine = err({
  code: 'log-line-not-found',
  detail:
    'there is no such line: it was never there, is older than the retention, or belongs to an attempt that was retried',
} as const);
