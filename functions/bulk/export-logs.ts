import * as z from 'zod';
import { logFilter } from '../../shared/contracts/api/log-search.ts';
import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { csvHead, csvRow, jsonRow } from '../../shared/domain/log/export-rows.ts';
import { exportKeyOf, rowsPerFile } from '../../shared/domain/log/log-export.schema.ts';
import type { Host } from '../edge/lambda.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { ExportFiles } from '../engines/export-files.ts';
import { logConditionOf } from '../logging/log-condition-of.ts';
import { rowOf } from '../logging/log-row.ts';
import { logSearch } from '../logging/log-search.ts';
import type { Position } from '../logging/search-lines.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { StoredExport } from '../stores/log-exports.ts';
import type { LogStore } from '../stores/logs-store.ts';

export type ExportDeps = {
  readonly instances: InstanceStore;
  readonly logs: LogStore;
  readonly files: ExportFiles;
  readonly clock: Clock;
  readonly region: string;
  /** For tests: a file of fewer rows. */
  readonly rowsPerFile?: number | undefined;
};

/** What a call keeps of its time to write its file. */
const reserveMs = 30_000;
const pageRows = 1_000;
/** More is no export but a copy of the logs; a narrower search serves better. */
const mostFiles = 200;

/**
 * Writes one file of an export and notes how far it came; again, until all is written. A call that dies is made good by the
 * next: the note says where a file begins, and the file is named by its number.
 */
export const exportLogs =
  (deps: ExportDeps) =>
  async (input: StageInput<'bulk-export'>, host: Host): Promise<StageOutput<'bulk-export'>> => {
    const { operationId: id, by = '' } = input;
    const output = { operationId: id, by, phase: 'export', more: false } as const;
    const wanted = await deps.instances.findExport(by, id);
    if (!wanted || wanted.status === 'DONE' || wanted.status === 'FAILED') return output;

    const next = await nextFile(deps, wanted, host);
    const saved = await deps.instances.saveExport(next);
    return { ...output, more: !saved || next.status === 'RUNNING' };
  };

const nextFile = async (
  deps: ExportDeps,
  wanted: StoredExport,
  host: Host,
): Promise<StoredExport> => {
  const { env, projects, format, files } = wanted;
  const failed = (error: string): StoredExport => ({
    ...{ ...wanted, status: 'FAILED', error, endedAt: deps.clock() },
  });
  const filter = z.object(logFilter).parse(wanted.filter);
  // It was accepted when it was asked for; what has expired since is not there to be written.
  const { retentionDays } = deps.logs;
  const given = { now: wanted.at, retentionDays, place: 'body', goesOn: true } as const;
  const condition = logConditionOf(filter, given);
  if (!condition.ok) return failed(condition.error.detail);
  if (files.length >= mostFiles) return failed(`it would be more than ${mostFiles} files`);

  const { search } = logSearch(deps);
  const rowText = format === 'csv' ? csvRow : jsonRow;
  const pieces: string[] = format === 'csv' ? [csvHead] : [];
  const most = deps.rowsPerFile ?? rowsPerFile;
  let after: Position | undefined = wanted.position;
  let rows = 0;
  let isOver = false;
  do {
    const limit = Math.min(pageRows, most - rows);
    const page = await search({ env, projects }, condition.value, { order: 'desc', limit, after });
    for (const found of page.found) pieces.push(rowText(rowOf(found, deps.region)));
    rows += page.found.length;
    after = page.next;
    isOver = page.next === undefined;
  } while (!isOver && rows < most && host.getRemainingTimeInMillis() > reserveMs);
  const done = {
    ...wanted,
    ...(isOver ? { status: 'DONE', endedAt: deps.clock() } : { status: 'RUNNING' }),
  } as StoredExport;
  const position = after && { at: after.at, id: after.id };
  if (rows === 0 && (files.length > 0 || !isOver)) return { ...done, position };

  const name = `logs-${String(files.length + 1).padStart(3, '0')}.${format}`;
  const body = Buffer.from(pieces.join(''));
  const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
  await deps.files.put(exportKeyOf(wanted, name), body, type);
  return { ...done, position, files: [...files, { name, rows, bytes: body.length }] };
};
