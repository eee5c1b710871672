import type { Command } from 'commander';
import type { TickRow } from '../../shared/contracts/api/schedule-routes.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { BizDate, Instant } from '../../shared/domain/kernel/time.schema.ts';
import { type Bucket, densityOf, herdPeaks } from '../../shared/domain/schedule/herd.ts';
import { isHole } from '../../shared/domain/schedule/ledger-state.ts';
import { count, day, instant } from '../arguments.ts';
import { allPages } from '../connect.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Env = { readonly env: 'prod' | 'dev' };

/** `nightshift schedule`. */
export const addSchedule = (program: Command): void => {
  const parent = program
    .command('schedule')
    .description('what schedules ask for: timeline, ticks of a workflow, ledger');

  runs(
    env(
      parent
        .command('timeline')
        .description('planned fires of everything that is online and timed, with herd peaks')
        .option('--project <project>', 'default: all projects')
        .option('--workflow <workflow>', 'needs --project')
        .option('--from <instant>', 'default: now', instant)
        .option('--hours <n>', 'how far ahead, at most 168', count, 24)
        .option('--least <n>', 'tasks in five minutes that make a peak', count, 20),
    ),
    ['schedule timeline --project shop', 'schedule timeline --hours 168 --json'],
    async ({ output, client }, options: TimelineOptions) => {
      if (options.hours > 168) throw new CliError('usage', 'usage', '--hours: at most 168');
      const from = options.from ?? new Date().toISOString();
      const to = plusSeconds(from, options.hours * 3600);
      const { project, workflow, env } = options;
      const call = await client();
      const buckets: Bucket[] = [];
      const items = await allPages(async (cursor) => {
        const page = await call('getSchedule', {
          query: { env, project, workflow, from, to, limit: 100, cursor },
        });
        buckets.push(...page.density);
        return page;
      });
      const density = densityOf(buckets);
      const peaks = herdPeaks(density, { from, to, least: options.least });
      output.result({ from, to, items, density, peaks }, () =>
        [
          tableOf(
            ['WORKFLOW', 'FIRES', 'FIRST', 'CLOCKS'],
            items.map((each) => [
              `${each.project}/${each.workflow}`,
              each.total,
              each.fires[0]?.at,
              each.marks.map(({ kind, local }) => `${kind} ${local}`).join(', '),
            ]),
          ),
          ...peaks.map(
            ({ at, tasks, fires, quieter }) =>
              `peak ${at}: ${tasks} tasks of ${fires} fires${quieter ? `; quieter: ${quieter.at} (${quieter.tasks} tasks)` : ''}`,
          ),
        ].join('\n'),
      );
      return undefined;
    },
  );

  runs(
    env(
      parent
        .command('ticks')
        .description('ticks of a workflow and what became of them, latest first')
        .argument('<project/workflow>')
        .option('--from <day>', 'first run date; default: today, at most 7 days ago', day)
        .option('--to <day>', 'last run date; default: today', day)
        .option('--status <status,…>', 'such as MISSED,LATE,SKIPPED,FAILED')
        .option('--limit <n>', 'at most', count, 200),
    ),
    ['schedule ticks shop/daily_sales', 'schedule ticks shop/daily_sales --status MISSED --json'],
    async ({ output, client }, { limit, ...query }: TicksOptions, id: string) => {
      const [project, workflow, more] = id.split('/');
      if (!project || !workflow || more !== undefined)
        throw new CliError('usage', 'usage', `${id} must be project/workflow`);
      const call = await client();
      const { env, from, to, status } = query;
      const ticks = await allPages(
        (cursor) =>
          call('listTicks', {
            params: { project, workflow },
            query: { env, from, to, status, limit: Math.min(limit, 200), cursor },
          }),
        limit,
      );
      output.result(ticks, () => ticksText(ticks));
      return undefined;
    },
  );

  runs(
    env(
      parent
        .command('ledger')
        .description(
          'expected, created and finished of each date, or the ticks of one; exit code 1 with a hole',
        )
        .requiredOption('--project <project>')
        .option('--date <day>', 'the ticks of this business date, workflow by workflow', day)
        .option('--days <n>', 'how many dates', count, 8),
    ),
    ['schedule ledger --project shop', 'schedule ledger --project shop --date 2026-11-19 --json'],
    async ({ output, client }, { project, env, date, days }: LedgerOptions) => {
      const call = await client();
      if (date !== undefined) {
        const rows = await allPages((cursor) =>
          call('getLedgerDay', {
            params: { project, bizDate: date },
            query: { env, limit: 200, cursor },
          }),
        );
        output.result(rows, () =>
          tableOf(
            ['WORKFLOW', 'EXPECTED', 'CREATED', 'FINISHED', 'LATE', 'TICKS'],
            rows.map((row) => [
              row.workflow,
              row.expected,
              row.created,
              row.finished,
              row.late,
              wordsOf(row.statuses),
            ]),
          ),
        );
        return rows.some(({ statuses }) => (statuses.MISSED ?? 0) > 0) ? 'failed' : 'ok';
      }

      const { items } = await call('getLedger', { params: { project }, query: { env, days } });
      output.result(items, () =>
        tableOf(
          ['DATE', 'STATE', 'EXPECTED', 'CREATED', 'FINISHED', 'FAILED', 'MISSED TICKS'],
          items.map(({ bizDate, state, line, created, finished, failed }) => [
            ...[bizDate, state, line?.expected, created, finished, failed],
            line?.ticks?.missed,
          ]),
        ),
      );
      return items.some(({ state }) => isHole(state)) ? 'failed' : 'ok';
    },
  );
};

type TimelineOptions = Env & {
  readonly project?: string;
  readonly workflow?: string;
  readonly from?: Instant;
  readonly hours: number;
  readonly least: number;
};

type TicksOptions = Env & {
  readonly from?: BizDate;
  readonly to?: BizDate;
  readonly status?: string;
  readonly limit: number;
};

type LedgerOptions = Env & {
  readonly project: string;
  readonly date?: BizDate;
  readonly days: number;
};

const ticksText = (ticks: readonly TickRow[]): string =>
  tableOf(
    ['TRIGGER TIME', 'STATUS', 'STARTED', 'ENDED', 'TRIGGER', 'RUN'],
    ticks.map(({ dueAt, status, reason, late, startedAt, endedAt, trigger, run }) => [
      dueAt,
      [status, reason && `(${reason})`, late && 'late'].filter(Boolean).join(' '),
      ...[startedAt, endedAt, trigger, run],
    ]),
  );

const wordsOf = (counts: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(counts)
    .map(([status, n]) => `${n} ${status}`)
    .join(', ');
