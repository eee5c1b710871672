import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ClaimedAttempt,
  TaskResult,
  WorkRequest,
  WorkRequestOf,
} from '../../shared/contracts/stages.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { firstLine } from '../../shared/domain/run/classify-error.ts';
import { holds } from '../../shared/domain/run/expectation.ts';
import { pickOutputs } from '../../shared/domain/run/pick-outputs.ts';
import type { Host } from '../edge/lambda.ts';
import type { Clock } from '../edge/system-clock.ts';
import { type DatasetFiles, DatasetProblem } from '../engines/dataset-files.ts';
import { type QueryResult, runQuery } from '../engines/duckdb.ts';
import { startMeter } from '../engines/meter.ts';
import type { SqlProblem } from '../engines/sql-problem.ts';
import { type RunLog, runLog } from './run-log.ts';
import { timeBudgetMs } from './time-budget.ts';

export type RunSqlDeps = {
  readonly clock: Clock;
  readonly datasets: DatasetFiles;
  readonly allocatedMb?: number | undefined;
  /** Memory that the engine may use, in MB. */
  readonly memoryMb: number;
  readonly threads: number;
};

type SqlRequest = WorkRequestOf<'sql'> | WorkRequestOf<'check'>;
type Ended = Pick<TaskResult, 'ok' | 'error' | 'timedOut' | 'outputs' | 'wrote'>;

const rowsInLog = 20;

/**
 * Runs the statement of a `sql` or `check` task on the datasets that it names. What a `sql` task writes is complete or
 * absent: the file is made first and stored as one object, the same one at each attempt.
 */
export const runSql =
  (deps: RunSqlDeps) =>
  async (
    { request, instanceId, timeoutSeconds }: ClaimedAttempt,
    host: Host,
  ): Promise<TaskResult> => {
    if (!isSql(request)) throw new Fault('InputInvalid', `no sql task: ${request.kind}`);
    const log = runLog(deps.clock);
    const stop = startMeter(deps.allocatedMb);
    const budgetMs = timeBudgetMs(timeoutSeconds, host);
    const dir = await mkdtemp(join(tmpdir(), 'sql-'));
    const attempt = { request, unit: unitOf(instanceId), dir, budgetMs, log };
    try {
      const ended = await runIn(deps, attempt);
      return { ...ended, lines: [...log.lines], usage: stop() };
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  };

type SqlAttempt = {
  readonly request: SqlRequest;
  readonly unit: string;
  readonly dir: string;
  readonly budgetMs: number;
  readonly log: RunLog;
};

const runIn = async (deps: RunSqlDeps, attempt: SqlAttempt): Promise<Ended> => {
  const { request, unit, dir, budgetMs, log } = attempt;
  const signal = AbortSignal.timeout(budgetMs);
  const began = performance.now();
  const writes = request.kind === 'sql' ? request.writes : undefined;
  const out = writes && {
    file: join(dir, 'out', `result.${writes.format}`),
    format: writes.format,
  };
  try {
    await mkdir(join(dir, 'out'));
    const views = await deps.datasets.stage(request.datasets, dir, signal);
    for (const { name, files } of views)
      log.add('INFO', 'read', `${name}: ${files.length} file(s)`);

    log.add('INFO', 'query', request.sql);
    const result = await runQuery(
      { sql: request.sql, views, copyTo: out },
      {
        dir,
        memoryMb: deps.memoryMb,
        threads: deps.threads,
        timeoutMs: budgetMs - (performance.now() - began),
        maxRows: rowsInLog,
      },
    );
    if (!result.ok) return refused(result.error, log);
    logRows(result.value, log);
    if (request.kind === 'check') return judge(request, result.value, log);

    if (writes && out) {
      const written = await deps.datasets.store(writes, unit, out.file, signal);
      log.add('INFO', 'write', `${result.value.rowCount} row(s) to ${writes.name}: ${written}`);
    }
    return {
      ok: true,
      outputs: outputsOf(request, result.value, log),
      ...(writes ? { wrote: { dataset: writes.name, rows: result.value.rowCount } } : {}),
    };
  } catch (error) {
    if (signal.aborted) return outOfTime(log);
    if (!(error instanceof DatasetProblem)) throw error;
    log.add('ERROR', 'read', error.message);
    return { ok: false, error: firstLine(error.message), outputs: {} };
  }
};

const isSql = (request: WorkRequest): request is SqlRequest =>
  request.kind === 'sql' || request.kind === 'check';

const refused = ({ message, line, column, interrupted }: SqlProblem, log: RunLog): Ended => {
  if (interrupted) return outOfTime(log);
  const place = line === undefined ? '' : ` (line ${line}, column ${column})`;
  log.add('ERROR', 'query', `${message}${place}`, {
    ...(line === undefined || column === undefined ? {} : { line, column }),
  });
  return { ok: false, error: firstLine(`${firstLine(message)}${place}`), outputs: {} };
};

const outOfTime = (log: RunLog): Ended => {
  const error = 'the statement ran out of time';
  log.add('ERROR', 'query', error);
  return { ok: false, error, timedOut: true, outputs: {} };
};

const logRows = ({ rows, rowCount }: QueryResult, log: RunLog): void => {
  log.add('INFO', 'query', `${rowCount} row(s)`, { rows: rowCount });
  if (rows.length > 0) log.add('INFO', 'query', rows.map((row) => JSON.stringify(row)).join('\n'));
};

const judge = (
  request: WorkRequestOf<'check'>,
  { columns, rows, rowCount }: QueryResult,
  log: RunLog,
): Ended => {
  const value = rows[0]?.[columns[0] ?? ''];
  const isOne = columns.length === 1 && rowCount === 1;
  const actual = isOne && value !== null && value !== '' ? Number(value) : Number.NaN;
  const expected = `${request.expect.op} ${request.expect.value}`;
  if (Number.isNaN(actual)) {
    const error = isOne
      ? `a check must select a number, not ${JSON.stringify(value ?? null)}`
      : `a check must select one row of one column, not ${rowCount} × ${columns.length}`;
    log.add('ERROR', 'query', error);
    return { ok: false, error, outputs: {} };
  }

  const ok = holds(request.expect, actual);
  const text = `actual ${actual}, expected ${expected}`;
  log.add(ok ? 'INFO' : 'ERROR', 'query', text, { actual, expected });
  const outputs = outputsOf(request, { columns, rows, rowCount }, log);
  return ok ? { ok, outputs } : { ok, outputs, error: `check failed: ${text}` };
};

const outputsOf = (
  request: SqlRequest,
  { rows }: QueryResult,
  log: RunLog,
): Record<string, string> => {
  const { outputs, missing } = pickOutputs(request.outputs, rows[0]);
  if (missing.length > 0)
    log.add('WARN', 'query', `the first row has no value for the outputs ${missing.join(', ')}`);
  return outputs;
};

/** What one instance contributes to a dataset of many files: a rerun, by whomever, replaces it. */
const unitOf = (instanceId: string): string => {
  const ref = parseInstanceId(instanceId);
  if (!ref) throw new Fault('InputInvalid', `no instance id: ${instanceId}`);
  return [ref.workflow, ref.task, ref.bizDate, ref.cycle, ref.index].join('-');
};
