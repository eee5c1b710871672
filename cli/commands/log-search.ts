import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { LogHistogram, LogRow } from '../../shared/contracts/api/log-search.ts';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import { csvHead, csvRow, jsonRow } from '../../shared/domain/log/export-rows.ts';
import { exportAtOnce } from '../../shared/domain/log/log-export.schema.ts';
import { instant, minutes, count as rowCount } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { runs } from '../run-command.ts';

type Search = {
  readonly project?: string;
  readonly env: 'prod' | 'dev';
  readonly last: number;
  readonly from?: string;
  readonly to?: string;
  readonly region?: string;
  readonly version?: string;
  readonly workflow?: string;
  readonly task?: string;
  readonly level?: string;
  readonly run?: string;
  readonly operation?: string;
  readonly category?: string;
  readonly limit: number;
  readonly oldest?: boolean;
  readonly follow?: boolean;
  readonly count?: boolean;
  readonly export?: string;
  readonly json?: boolean;
};

/** Lines that a look at the newest asks for again, since an attempt writes some only when it ends. */
const followSeconds = 2;
const lookBackMs = 20 * 60_000;

/** `nightshift logs search` and `nightshift logs context`, below the command `logs`. */
export const addLogSearch = (logs: Command): void => {
  runs(
    logs
      .command('search')
      .description('search the logs of all runs: words, "a phrase", pre*, AND, OR, NOT')
      .argument('[text]', 'what lines must hold; default: anything')
      .option('--project <project>', 'default: every one whose logs you may read')
      .option('--env <env>', 'prod or dev', envOf, 'prod')
      .option('--last <span>', 'back from now, such as 30m, 6h, 720h', minutes, 30)
      .option('--from <instant>', 'instead of --last', instant)
      .option('--to <instant>', 'default: now', instant)
      .option('--region <region>')
      .option('--version <n>', 'version of the workflow')
      .option('--workflow <names>', 'names, separated by commas')
      .option('--task <names>')
      .option('--level <levels>', 'DEBUG,INFO,WARN,ERROR: any of those named')
      .option('--run <id>', 'job id, exact')
      .option('--operation <name>')
      .option('--category <name>')
      .option('--limit <n>', 'lines', rowCount, 100)
      .option('--oldest', 'oldest first')
      .option('--follow', 'go on and print what comes, oldest first')
      .option('--count', 'only how many lines there are, by level')
      .option('--export <file>', 'write all lines into a .csv or .jsonl file'),
    [
      'logs search timeout --project shop --level ERROR,WARN --last 6h',
      `logs search '"answered 503" NOT retry' --count --json`,
      'logs search --run prod~shop~daily_sales~r~20261119~1 --export lines.csv',
    ],
    async ({ output, client }, options: Search, text: string | undefined) => {
      const call = await client();
      const query = queryOf(options, text);
      if (options.count) return showCount(output, await countAll(call, query));
      if (options.export !== undefined) return exportTo(output, call, query, options.export);
      if (options.follow) return follow(output, call, query);

      const order = options.oldest ? 'asc' : 'desc';
      const { rows, more } = await collect(call, { ...query, order }, options.limit);
      output.result(rows, () => rows.map(lineOf).join('\n'));
      if (more)
        output.note(`there are more than ${options.limit} lines: --limit, --count, --export`);
      return undefined;
    },
  );

  runs(
    logs
      .command('context')
      .description('what the same run wrote before and after a line')
      .argument('<line>', 'id of a line, as search --json gives it')
      .option('--before <n>', 'lines', rowCount, 20)
      .option('--after <n>', 'lines', rowCount, 20),
    [
      'logs context prod~shop~daily_sales~r~20261119~1~load~1~1~2026-11-20T02:00:00.000Z~end.0000~000002',
    ],
    async (
      { output, client },
      { before, after }: { readonly before: number; readonly after: number },
      line: string,
    ) => {
      const call = await client();
      const context = await call('getLogContext', { query: { line, before, after } });
      output.result(context, () =>
        context.items.map((row) => `${row.id === line ? '>' : ' '} ${lineOf(row)}`).join('\n'),
      );
      return undefined;
    },
  );
};

const envOf = (text: string): 'prod' | 'dev' => {
  if (text !== 'prod' && text !== 'dev') throw new InvalidArgumentError('give prod or dev');
  return text;
};

const queryOf = (options: Search, text: string | undefined) => {
  const { project, env, region, version, workflow, task, level, run, operation, category } =
    options;
  const to = options.to ?? new Date().toISOString();
  const from = options.from ?? new Date(Date.parse(to) - options.last * 60_000).toISOString();
  return {
    ...{ from, to, env, project, region, version, workflow, task },
    ...{ level, run, operation, category, text },
  };
};
type Query = ReturnType<typeof queryOf>;

/** Up to `limit` lines; a look that ended early goes on. */
const collect = async (
  call: Client,
  query: Query & { readonly order: 'asc' | 'desc' },
  limit: number,
): Promise<{ readonly rows: readonly LogRow[]; readonly more: boolean }> => {
  const rows: LogRow[] = [];
  let cursor: string | undefined;
  do {
    const left = Math.min(1_000, limit - rows.length);
    const page = await call('searchLogs', { query: { ...query, limit: left, cursor } });
    rows.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && rows.length < limit);
  return { rows, more: cursor !== undefined };
};

const countAll = async (call: Client, query: Query): Promise<LogHistogram['counts']> => {
  const sum = { DEBUG: 0, INFO: 0, WARN: 0, ERROR: 0 };
  let cursor: string | undefined;
  do {
    const part = await call('countLogs', { query: { ...query, buckets: 1, cursor } });
    for (const level of ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const)
      sum[level] += part.counts[level];
    cursor = part.cursor;
  } while (cursor !== undefined);
  return sum;
};

const totalOf = (counts: LogHistogram['counts']): number =>
  counts.DEBUG + counts.INFO + counts.WARN + counts.ERROR;

const showCount = (output: Output, counts: LogHistogram['counts']): undefined => {
  const total = totalOf(counts);
  output.result({ total, counts }, () => {
    const byLevel = Object.entries(counts).map(([level, n]) => `${level} ${n}`);
    return `${total} lines: ${byLevel.join(', ')}`;
  });
};

/** As many as are joined from pages at once; more is the work of a job that writes files. */
const exportTo = async (
  output: Output,
  call: Client,
  query: Query,
  file: string,
): Promise<undefined> => {
  const format = /\.(csv|jsonl)$/.exec(file)?.[1] as 'csv' | 'jsonl' | undefined;
  if (!format)
    throw new CliError(
      'usage',
      'bad-file',
      '--export: the name of the file ends in .csv or .jsonl',
    );
  const total = totalOf(await countAll(call, query));
  if (total > exportAtOnce) {
    const { version, ...filter } = query;
    const job = await call('exportLogs', {
      body: { ...filter, ...(version ? { version } : {}), format },
    });
    output.result(job, () => '');
    output.note(`${total} lines: a job writes them; look at: nightshift logs exports ${job.id}`);
    return;
  }
  const { rows } = await collect(call, { ...query, order: 'desc' }, exportAtOnce);
  const texts = format === 'csv' ? [csvHead, ...rows.map(csvRow)] : rows.map(jsonRow);
  await writeFile(file, texts.join(''));
  output.result({ file, rows: rows.length }, () => `${rows.length} lines in ${file}`);
};

/** Prints what there is, then what comes, until somebody ends it. */
const follow = async (output: Output, call: Client, query: Query): Promise<undefined> => {
  const seen = new Set<string>();
  for (let from = query.from; ; ) {
    const to = new Date().toISOString();
    const { rows } = await collect(call, { ...query, from, to, order: 'asc' }, exportAtOnce);
    for (const row of rows)
      if (!seen.has(row.id)) {
        seen.add(row.id);
        output.line(lineOf(row));
      }
    from = new Date(Math.max(Date.parse(from), Date.parse(to) - lookBackMs)).toISOString();
    await sleep(followSeconds * 1000);
  }
};

const lineOf = (row: LogRow): string =>
  `${row.at} ${row.level.padEnd(5)} ${row.project}/${row.workflow}/${row.task}#${row.attempt} ${row.operation}: ${row.text}`;
