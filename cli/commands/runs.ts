import { setTimeout as sleep } from 'node:timers/promises';
import { Argument, type Command } from 'commander';
import { RunOperation } from '../../shared/contracts/api/run-operation-routes.ts';
import { RunSummary } from '../../shared/contracts/api/run-view.ts';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import { isFinal } from '../../shared/domain/run/fold-run.ts';
import { count, day, pair, seconds, several } from '../arguments.ts';
import { batchText } from '../batch-text.ts';
import { allPages } from '../connect.ts';
import { tableOf } from '../output.ts';
import { type Ended, runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Start = {
  readonly project: string;
  readonly env: 'prod' | 'dev';
  readonly bizDate?: string;
  readonly param?: Readonly<Record<string, string>>;
  readonly task?: readonly string[];
  readonly key?: string;
  readonly comment?: string;
};

/** A retry needs a reason and has a command of its own. */
const operations = RunOperation.exclude(['retry']).options;

/** `nightshift start`, `run` and `runs`. */
export const addRuns = (program: Command): void => {
  runs(
    env(
      program
        .command('start')
        .description('start a run of a workflow that is online')
        .argument('<workflow>')
        .requiredOption('--project <project>'),
    )
      .option('--biz-date <day>', 'default: yesterday in the zone of the project', day)
      .option('--param <name=value>', 'override a parameter; may be repeated', pair)
      .option('--task <task>', 'only this task; may be repeated', several)
      .option('--key <text>', 'idempotency key: the same key names the same run')
      .option('--comment <text>'),
    [
      'start daily_sales --project shop',
      'start daily_sales --project shop --biz-date 2026-11-19 --json',
    ],
    async ({ output, client }, options: Start, workflow: string) => {
      const call = await client();
      const { run } = await call('startWorkflow', {
        params: { project: options.project, workflow },
        body: {
          env: options.env,
          bizDate: options.bizDate,
          parameters: options.param,
          tasks: options.task && [...options.task],
          comment: options.comment,
        },
        ...(options.key ? { idempotencyKey: options.key } : {}),
      });
      output.result({ run }, () => run);
      return undefined;
    },
  );

  runs(
    program
      .command('run')
      .description('one run; with --wait until it has ended. Exit code 0 only on SUCCESS')
      .argument('<run>', 'id of the run')
      .option('--wait <seconds>', 'wait at most so long for its end', seconds),
    [
      'run prod~shop~daily_sales~m.0a1b2c3d4e5f~20261119~1',
      'run prod~shop~daily_sales~r~20261119~1 --wait 600 --json',
    ],
    async ({ output, client }, { wait = 0 }: { readonly wait?: number }, id: string) => {
      const summary = await waitForRun(await client(), id, wait);
      output.result(summary, () => summaryText([summary]));
      return summary.status === 'SUCCESS' ? 'ok' : 'failed';
    },
  );

  runs(
    program
      .command('run-op')
      .description(
        'do something to one run or several: stop, pause, resume, rerun-failed, rerun or set-success',
      )
      .addArgument(new Argument('<operation>').choices(operations))
      .argument('<run...>', 'ids of runs, at most 100')
      .option('--comment <text>')
      .option('--key <text>', 'idempotency key: the same key acts once'),
    [
      'run-op rerun-failed prod~shop~daily_sales~r~20261119~1',
      'run-op stop prod~shop~a~r~20261119~1 prod~shop~b~r~20261119~1 --comment "bad input" --json',
    ],
    async ({ output, client }, options: RunOpOptions, op: RunOperation, ids: string[]) => {
      const call = await client();
      const result = await call('batchRuns', {
        body: { op, ids, comment: options.comment },
        ...(options.key ? { idempotencyKey: options.key } : {}),
      });
      output.result(result, () => batchText(result));
      return result.succeeded.length === result.requested ? 'ok' : 'failed';
    },
  );

  runs(
    env(
      program
        .command('runs')
        .description('runs, newest first')
        .option('--project <project>')
        .option('--workflow <workflow>', 'needs --project')
        .option('--status <status,…>', 'WAITING, RUNNING, SUCCESS, FAILED, CANCELLED')
        .option('--limit <n>', 'at most', count, 200),
    ),
    ['runs --project shop --json', 'runs --project shop --workflow daily_sales --limit 5'],
    async ({ output, client }, { limit, ...query }: RunsOptions): Promise<Ended> => {
      const call = await client();
      const found = await allPages(
        (cursor) =>
          call('listRuns', {
            query: {
              env: query.env,
              project: query.project,
              workflow: query.workflow,
              status: query.status,
              limit: Math.min(limit, 200),
              cursor,
            },
          }),
        limit,
      );
      const summaries = found.map((run) => RunSummary.parse(run));
      output.result(summaries, () => summaryText(summaries));
      return undefined;
    },
  );
};

type RunOpOptions = { readonly comment?: string; readonly key?: string };

type RunsOptions = {
  readonly env: 'prod' | 'dev';
  readonly project?: string;
  readonly workflow?: string;
  readonly status?: string;
  readonly limit: number;
};

/** The run once it has ended, or as it is after `wait` seconds. Looks often at first, then every second. */
const waitForRun = async (call: Client, run: string, wait: number): Promise<RunSummary> => {
  const until = Date.now() + wait * 1000;
  for (let pause = 100; ; pause = Math.min(1000, pause * 1.5)) {
    const found = RunSummary.parse(await call('getRun', { params: { run } }));
    const left = until - Date.now();
    if (isFinal(found.status) || left <= 0) return found;
    await sleep(Math.min(pause, left));
  }
};

const summaryText = (all: readonly RunSummary[]): string =>
  tableOf(
    ['RUN', 'WORKFLOW', 'STATUS', 'ENDED', 'FAILED', 'STARTED', 'ENDED AT'],
    all.map(({ run, workflow, status, total, ended, failed, startedAt, endedAt }) => [
      run,
      workflow,
      status,
      `${ended}/${total}`,
      failed,
      startedAt,
      endedAt,
    ]),
  );
