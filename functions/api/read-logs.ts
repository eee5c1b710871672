import type { LogEntry } from '../../shared/contracts/api/log-view.ts';
import { parseInstanceId, parseRunId } from '../../shared/domain/instance/instance-id.ts';
import { laterOf, plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { lineIdOf } from '../../shared/domain/log/line-id.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { StoredLogChunk } from '../stores/log-items.ts';
import type { Page } from '../stores/table.ts';
import type { LogDeps } from './log-deps.ts';
import { noInstance } from './read-instances.ts';
import { isKnown, noRun } from './read-runs.ts';

/** Characters after which a page ends although it holds fewer attempts than asked for. */
const pageSize = 1_500_000;
const piece = 10;

/** Logs of runs and instances. */
export const readLogs = (
  stores: LogDeps,
): Pick<ApiHandlers<'logs'>, 'getRunLog' | 'getInstanceLog'> => {
  /** What has expired is gone, though the table may still hold it (N90). */
  const sinceOf = (from: Instant | undefined): Instant =>
    laterOf(plusSeconds(stores.clock(), -stores.logs.retentionDays * 86_400), from);

  return {
    async getRunLog({ params, query: { limit, cursor, from } }) {
      if (!parseRunId(params.run) || !(await isKnown(stores, params.run))) return noRun(params.run);
      const { chunks, cursor: next } = await collect(limit, cursor, (size, after) =>
        stores.logs.ofRun(params.run, { from: sinceOf(from), limit: size, cursor: after }),
      );
      return ok({ items: chunks.flatMap(entriesOf), cursor: next });
    },

    async getInstanceLog({ params, query: { limit, cursor, from, attempt } }) {
      const isId = parseInstanceId(params.instance) !== undefined;
      if (!isId || !(await stores.instances.find(params.instance)))
        return noInstance(params.instance);
      const { chunks, cursor: next } = await collect(limit, cursor, (size, after) =>
        stores.logs.ofInstance(params.instance, {
          from: sinceOf(from),
          limit: size,
          cursor: after,
        }),
      );
      const wanted = chunks.filter((chunk) => attempt === undefined || chunk.attempt === attempt);
      return ok({ items: wanted.flatMap(entriesOf), cursor: next });
    },
  };
};

const collect = async (
  limit: number,
  cursor: string | undefined,
  fetch: (size: number, cursor: string | undefined) => Promise<Page<StoredLogChunk>>,
): Promise<{ readonly chunks: readonly StoredLogChunk[]; readonly cursor: string | undefined }> => {
  const chunks: StoredLogChunk[] = [];
  let size = 0;
  let after = cursor;
  do {
    const page = await fetch(Math.min(piece, limit - chunks.length), after);
    chunks.push(...page.items);
    for (const { lines } of page.items) for (const { text } of lines) size += text.length;
    after = page.cursor;
  } while (after !== undefined && chunks.length < limit && size < pageSize);
  return { chunks, cursor: after };
};

const entriesOf = (body: StoredLogChunk): LogEntry[] =>
  body.lines.map((line, n) => ({
    ...line,
    id: lineIdOf({ ...body, n }),
    instance: body.instance,
    task: body.task,
    attempt: body.attempt,
  }));
