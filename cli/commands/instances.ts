import { type Command, Option } from 'commander';
import { InstanceSummary } from '../../shared/contracts/api/instance-view.ts';
import { day } from '../arguments.ts';
import { allPages } from '../connect.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs, type Tools } from '../run-command.ts';
import { env } from './common-options.ts';

type List = {
  readonly run?: string;
  readonly project?: string;
  readonly date?: string;
  readonly family: 'recurring' | 'manual' | 'backfill';
  readonly status?: string;
  readonly env: 'prod' | 'dev';
};

/** `nightshift instances`, and what operators do with one: pause, resume, rerun, terminate, priority, why. */
export const addInstances = (program: Command): void => {
  const parent = env(
    program
      .command('instances')
      .description('the instances of a run, or of a project and business date')
      .option('--run <id>')
      .option('--project <project>')
      .option('--date <day>', 'business date', day)
      .addOption(
        new Option('--family <family>', 'with --date')
          .choices(['recurring', 'manual', 'backfill'])
          .default('recurring'),
      )
      .option('--status <status,…>', 'with --date'),
  );
  runs(
    parent,
    [
      'instances --run prod~shop~daily_sales~r~20261119~1 --json',
      'instances --project shop --date 2026-11-19',
    ],
    async (tools, options: List) => {
      const found = (await listOf(tools, options)).map((row) => InstanceSummary.parse(row));
      tools.output.result(found, () =>
        tableOf(
          ['INSTANCE', 'STATUS', 'OUTCOME', 'ATTEMPTS', 'DUE', 'STARTED', 'ENDED'],
          found.map(({ id, status, outcome, attempts, dueAt, startedAt, endedAt }) => [
            id,
            status,
            outcome,
            attempts,
            dueAt,
            startedAt,
            endedAt,
          ]),
        ),
      );
      return undefined;
    },
  );

  for (const [op, text] of operations) addOperation(parent, op, text);
  runs(
    parent
      .command('priority')
      .description('change the priority of one that has not started')
      .argument('<instance>')
      .argument('<priority>', 'LOWEST, LOW, MIDDLE, HIGH or HIGHEST')
      .option('--comment <text>'),
    ['instances priority prod~shop~daily_sales~r~20261119~1~load~1 LOW'],
    async (
      { output, client },
      { comment }: { comment?: string },
      instance: string,
      priority: string,
    ) => {
      const call = await client();
      const row = await call('setInstancePriority', {
        params: { instance },
        body: { priority: priority as 'LOW', comment },
      });
      output.result(InstanceSummary.parse(row), () => `${row.id}: ${row.priority}`);
      return undefined;
    },
  );

  runs(
    program
      .command('why')
      .description('why an instance does not run: what the gate would decide now')
      .argument('<instance>'),
    ['why prod~shop~daily_sales~r~20261119~1~load~1 --json'],
    async ({ output, client }, _options: object, instance: string) => {
      const call = await client();
      const { decision, blockers } = await call('diagnoseInstance', { params: { instance } });
      const result = {
        decision,
        blockers: blockers.map(({ step, since, holder, clearsAt, action }) => ({
          step,
          since,
          holder,
          clearsAt,
          action,
        })),
      };
      output.result(result, () =>
        [
          `${decision}`,
          ...result.blockers.map(
            ({ step, since, holder, clearsAt, action }) =>
              `${step}: ${holder}\n  since ${since}, expected to clear ${clearsAt ?? 'only by hand'}\n  ${action}`,
          ),
        ].join('\n'),
      );
      return undefined;
    },
  );
};

const operations = [
  ['pause', 'do not start it until it is resumed'],
  ['resume', 'let it start again'],
  ['rerun', 'put ended ones back in line'],
  ['terminate', 'end them'],
] as const;

const addOperation = (parent: Command, op: (typeof operations)[number][0], text: string): Command =>
  runs(
    parent
      .command(op)
      .description(`${text}; up to 100 at once, each with its result`)
      .argument('<instance...>')
      .option('--comment <text>', 'why; kept in the history'),
    [`instances ${op} prod~shop~daily_sales~r~20261119~1~load~1 --comment "by hand"`],
    async ({ output, client }, { comment }: { comment?: string }, ids: readonly string[]) => {
      const call = await client();
      const result = await call('batchInstances', { body: { op, ids: [...ids], comment } });
      output.result(result, () =>
        [
          ...result.succeeded.map(({ id }) => `${id}: done`),
          ...result.skipped.map(({ id, reason }) => `${id}: skipped: ${reason}`),
          ...result.failed.map(({ id, error }) => `${id}: ${error}`),
        ].join('\n'),
      );
      if (result.failed.some(({ code }) => code === 'instance-not-found')) return 'notFound';
      if (result.failed.some(({ code }) => code === 'forbidden')) return 'forbidden';
      return result.failed.length + result.skipped.length > 0 ? 'conflict' : 'ok';
    },
  );

const listOf = async ({ client }: Tools, { run, project, date, family, status, env }: List) => {
  const call = await client();
  if (run !== undefined)
    return allPages((cursor) =>
      call('listRunInstances', { params: { run }, query: { limit: 1000, cursor } }),
    );
  if (project === undefined || date === undefined)
    throw new CliError('usage', 'usage', 'give --run, or --project and --date');
  return allPages((cursor) =>
    call('listInstances', {
      query: { project, bizDate: date, env, family, status, limit: 200, cursor },
    }),
  );
};
