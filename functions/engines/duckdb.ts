import {
  type DuckDBConnection,
  DuckDBInstance,
  type Json,
  JsonDuckDBValueConverter,
  StatementType,
} from '@duckdb/node-api';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { type SqlProblem, sqlProblemOf } from './sql-problem.ts';

type FileFormat = 'csv' | 'json' | 'parquet';

export type Query = {
  readonly sql: string;
  /** The names that the statement may read, each a view on files below `dir`. */
  readonly views: readonly {
    readonly name: string;
    readonly format: FileFormat;
    readonly files: readonly string[];
  }[];
  /** Where the result is to be written, below `dir`. */
  readonly copyTo?: { readonly file: string; readonly format: FileFormat } | undefined;
};

export type QueryLimits = {
  /** The only directory that the statement can reach. */
  readonly dir: string;
  readonly memoryMb: number;
  readonly threads: number;
  readonly timeoutMs: number;
  /** Rows that are returned; all are counted. */
  readonly maxRows: number;
};

export type QueryResult = {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, Json>>[];
  readonly rowCount: number;
};

/**
 * Runs one SELECT in a database of its own that sees nothing but the views: no other file, no network, no extension,
 * and a configuration that the statement cannot change. It is interrupted when its time is up.
 */
export const runQuery = async (
  query: Query,
  limits: QueryLimits,
): Promise<Result<QueryResult, SqlProblem>> => {
  const database = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${limits.memoryMb}MB`,
    threads: String(limits.threads),
    temp_directory: `${limits.dir}/spill`,
    errors_as_json: 'true',
  });
  const connection = await database.connect();
  const timer = setTimeout(() => connection.interrupt(), limits.timeoutMs);
  try {
    await openViews(connection, query, limits.dir);
    const refused = await refusalOf(connection, query.sql);
    if (refused) return err({ message: refused, interrupted: false });

    return ok(
      await (query.copyTo ? copy(connection, query, limits) : read(connection, query.sql, limits)),
    );
  } catch (cause) {
    return err(sqlProblemOf(cause, query.sql));
  } finally {
    clearTimeout(timer);
    connection.closeSync();
    database.closeSync();
  }
};

const readers = { csv: 'read_csv', json: 'read_json', parquet: 'read_parquet' } as const;
const writers = { csv: 'csv, header', json: 'json', parquet: 'parquet' } as const;

const openViews = async (
  connection: DuckDBConnection,
  { views }: Query,
  dir: string,
): Promise<void> => {
  await connection.run(`SET allowed_directories = [${literal(`${dir}/`)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');

  for (const { name, format, files } of views) {
    const list = files.map(literal).join(', ');
    await connection.run(
      `CREATE VIEW ${identifier(name)} AS SELECT * FROM ${readers[format]}([${list}])`,
    );
  }
};

/** Also binds the statement, so that an error has its place in what the author wrote. */
const refusalOf = async (
  connection: DuckDBConnection,
  sql: string,
): Promise<string | undefined> => {
  if (isBlank(sql)) return 'there is no statement';
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) return `there must be exactly one statement, not ${statements.count}`;

  const { statementType } = await statements.prepare(0);
  if (statementType === StatementType.SELECT) return undefined;
  return `only a SELECT can run here, not ${StatementType[statementType]}`;
};

const read = async (
  connection: DuckDBConnection,
  sql: string,
  { maxRows }: QueryLimits,
): Promise<QueryResult> => {
  const result = await connection.stream(sql);
  const columns = result.deduplicatedColumnNames();
  const rows: Record<string, Json>[] = [];
  let rowCount = 0;

  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    rowCount += chunk.rowCount;
    if (rows.length >= maxRows) continue;
    for (const values of chunk
      .convertRows(JsonDuckDBValueConverter)
      .slice(0, maxRows - rows.length))
      rows.push(Object.fromEntries(columns.map((name, n) => [name, values[n] ?? null])));
  }
  return { columns, rows, rowCount };
};

/** A table in between: a statement cannot be nested in COPY as text without parsing its comments and its end. */
const copy = async (
  connection: DuckDBConnection,
  { sql, copyTo }: Query,
  limits: QueryLimits,
): Promise<QueryResult> => {
  await connection.run(`CREATE TEMP TABLE "task result" AS\n${sql}`);
  if (copyTo)
    await connection.run(
      `COPY "task result" TO ${literal(copyTo.file)} (FORMAT ${writers[copyTo.format]})`,
    );
  const { rows, columns } = await read(
    connection,
    `SELECT * FROM "task result" LIMIT ${limits.maxRows}`,
    limits,
  );
  const counted = await connection.runAndReadAll('SELECT count(*) FROM "task result"');
  return { columns, rows, rowCount: Number(counted.getRows()[0]?.[0]) };
};

const isBlank = (sql: string): boolean =>
  sql
    .replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, '')
    .replaceAll(';', '')
    .trim() === '';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
