import type { Command } from 'commander';
import type { BackfillPreview, BackfillRow } from '../../shared/contracts/api/backfill-view.ts';
import { count, wholeNumber } from '../arguments.ts';
import { allPages } from '../connect.ts';
import { tableOf } from '../output.ts';
import { type Ended, runs } from '../run-command.ts';
import { addBackfillChanges } from './backfill-changes.ts';
import { bodyOf, type SpecOptions, specOptions } from './backfill-spec.ts';
import { env } from './common-options.ts';

/** `nightshift backfill`. */
export const addBackfill = (program: Command): void => {
  const parent = program
    .command('backfill')
    .description('fill business dates in again, or for the first time');

  runs(
    specOptions(
      parent.command('preview').description('exact dates and instances; changes nothing'),
    ),
    ['backfill preview --project shop --root shop/sales/load --from 2026-11-01 --to 2026-11-07'],
    async ({ output, client }, options: SpecOptions): Promise<Ended> => {
      const call = await client();
      const body = await bodyOf(options);
      const preview = await call('previewBackfill', { params: { project: options.project }, body });
      output.result(preview, () => previewText(preview));
      return undefined;
    },
  );

  runs(
    specOptions(
      parent
        .command('create')
        .description('backfill tasks, now, at a time, periodically or when somebody runs it'),
    ).option('--key <text>', 'idempotency key: the same key names the same backfill'),
    [
      'backfill create --project shop --root shop/sales/load --levels all --from 2026-11-01 --to 2026-11-07 --groups 2',
      'backfill create --project shop --root shop/sales --last 3 --cron "0 6 * * *" --existing missing',
    ],
    async (
      { output, client },
      { key, ...options }: SpecOptions & { readonly key?: string },
    ): Promise<Ended> => {
      const call = await client();
      const made = await call('createBackfill', {
        params: { project: options.project },
        body: await bodyOf(options),
        ...(key ? { idempotencyKey: key } : {}),
      });
      output.result(made, () => rowsText([made]));
      return undefined;
    },
  );

  runs(
    env(
      parent
        .command('list')
        .description('backfills, newest first')
        .option('--project <project>')
        .option('--pending', 'only what has not been submitted')
        .option('--status <status,…>', 'NOT_RUN, RUNNING, FAILED, SUCCESS')
        .option('--limit <n>', 'at most', count, 100),
    ),
    ['backfill list --project shop --status FAILED'],
    async ({ output, client }, { limit, pending, ...query }: ListOptions): Promise<Ended> => {
      const call = await client();
      const rows = await allPages(
        (cursor) =>
          call('listBackfills', {
            query: {
              ...query,
              state: pending ? 'pending' : undefined,
              limit: Math.min(limit, 100),
              cursor,
            },
          }),
        limit,
      );
      output.result(rows, () => rowsText(rows));
      return undefined;
    },
  );

  runs(
    parent
      .command('show')
      .description('one backfill, date by date. Exit code 1 when it has failed')
      .argument('<backfill>')
      .requiredOption('--project <project>'),
    ['backfill show 0a1b2c3d4e5f --project shop'],
    async ({ output, client }, { project }: Place, backfill: string): Promise<Ended> => {
      const call = await client();
      const view = await call('getBackfill', { params: { project, backfill } });
      output.result(
        view,
        () =>
          `${rowsText([view])}\n\n${tableOf(
            ['DATE', 'GROUP', 'STATUS', 'INSTANCES', 'SUCCESS', 'FAILED', 'STARTED', 'ENDED'],
            view.days.map(({ bizDate, group, status, instances, counts, startedAt, endedAt }) => [
              ...[bizDate, group + 1, status, instances, counts.SUCCESS ?? 0, counts.FAILED ?? 0],
              ...[startedAt, endedAt],
            ]),
          )}`,
      );
      return view.status === 'FAILED' ? 'failed' : undefined;
    },
  );

  runs(
    parent
      .command('matrix')
      .description('task × date')
      .argument('<backfill>')
      .requiredOption('--project <project>')
      .option('--first <n>', 'first date, from 0', wholeNumber, 0)
      .option('--dates <n>', 'dates shown', wholeNumber, 7)
      .option('--limit <n>', 'tasks shown', count, 200),
    ['backfill matrix 0a1b2c3d4e5f --project shop --dates 10'],
    async (
      { output, client },
      { project, first, dates, limit }: Place & MatrixOptions,
      backfill: string,
    ): Promise<Ended> => {
      const call = await client();
      const page = (cursor: string | undefined) =>
        call('getBackfillMatrix', {
          params: { project, backfill },
          query: { from: first, dates, limit: Math.min(limit, 200), cursor },
        });
      const matrix = await page(undefined);
      const rows = await allPages(
        (cursor) => (cursor === undefined ? Promise.resolve(matrix) : page(cursor)),
        limit,
      );
      output.result({ ...matrix, items: rows }, () =>
        tableOf(
          ['TASK', ...matrix.dates.map(({ bizDate }) => bizDate)],
          rows.map(({ task, cells }) => [
            task,
            ...cells.map((cell) => (cell === null ? '' : (cell.status ?? '-'))),
          ]),
        ),
      );
      return undefined;
    },
  );

  addBackfillChanges(parent);
};

type Place = { readonly project: string };
type MatrixOptions = { readonly first: number; readonly dates: number; readonly limit: number };
type ListOptions = {
  readonly env: 'prod' | 'dev';
  readonly project?: string;
  readonly pending?: boolean;
  readonly status?: string;
  readonly limit: number;
};

const rowsText = (rows: readonly BackfillRow[]): string =>
  tableOf(
    ['BACKFILL', 'NAME', 'STATE', 'STATUS', 'DATES', 'DONE', 'FAILED', 'OWNER', 'NEXT'],
    rows.map(({ id, name, state, paused, status, dates, counts, instances, owner, nextAt }) => [
      ...[id, name, paused ? 'paused' : state, status, dates.length],
      ...[`${counts.SUCCESS ?? 0}/${instances}`, counts.FAILED ?? 0, owner, nextAt],
    ]),
  );

const previewText = (preview: BackfillPreview): string => {
  const { days, tasks, instances, running, paused, forbidden, conflicts } = preview;
  const seconds = preview.estimatedSeconds;
  return [
    `${instances} instances of ${preview.totalTasks} tasks, ${running} run code`,
    `expected to take ${seconds === null ? 'an unknown time' : `${Math.round(seconds)} s`}`,
    '',
    tableOf(
      ['DATE', 'GROUP', 'INSTANCES', 'RUN CODE'],
      days.map((day) => [day.bizDate, day.group + 1, day.instances, day.running]),
    ),
    '',
    tableOf(
      ['TASK', 'HOW', 'INSTANCES', 'RUN CODE'],
      tasks.map((each) => [each.task, each.how, each.instances, each.running]),
    ),
    ...listText('left out, paused or below a paused task', paused),
    ...listText('left out, you may run nothing there', forbidden),
    ...listText(
      'waits for recurring instances',
      conflicts.map(({ id, status }) => `${id} (${status})`),
    ),
    ...preview.warnings.map((warning) => `warning: ${warning}`),
  ].join('\n');
};

const listText = (title: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : ['', `${title}:`, ...names.map((name) => `  ${name}`)];
