import { type Command, Option } from 'commander';
import { InstanceSummary } from '../../shared/contracts/api/instance-view.ts';
import { day } from '../arguments.ts';
import { allPages } from '../connect.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { runs, type Tools } from '../run-command.ts';
import { env } from './common-options.ts';
import { addInstanceOperations } from './instance-operations.ts';
import { addWhy } from './why.ts';

type List = {
  readonly run?: string;
  readonly project?: string;
  readonly date?: string;
  readonly to?: string;
  readonly held?: true;
  readonly asked?: true;
  readonly family: 'recurring' | 'manual' | 'backfill';
  readonly status?: string;
  readonly env: 'prod' | 'dev';
};

/** `nightshift instances`, what operators do with them, and `nightshift why`. */
export const addInstances = (program: Command): void => {
  const parent = env(
    program
      .command('instances')
      .description('the instances of a run, or of a project and business date')
      .option('--run <id>')
      .option('--project <project>')
      .option('--date <day>', 'business date', day)
      .option('--to <day>', 'with --date: up to this business date, at most 31 days', day)
      .addOption(
        new Option('--family <family>', 'with --date')
          .choices(['recurring', 'manual', 'backfill'])
          .default('recurring'),
      )
      .option('--status <status,…>', 'with --date')
      .option('--held', 'with --date: only those that somebody holds')
      .option('--asked', 'with --date: only approvals that wait for an answer'),
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

  addInstanceOperations(parent);
  addWhy(program);
};

const listOf = async (
  { client }: Tools,
  { run, project, date, to, family, status, held, asked, env }: List,
) => {
  const call = await client();
  if (run !== undefined)
    return allPages((cursor) =>
      call('listRunInstances', { params: { run }, query: { limit: 1000, cursor } }),
    );
  if (project === undefined || date === undefined)
    throw new CliError('usage', 'usage', 'give --run, or --project and --date');
  return allPages((cursor) =>
    call('listInstances', {
      query: {
        ...{ project, bizDate: date, to, env, family, status, limit: 200, cursor },
        ...(held && { held: 'true' as const }),
        ...(asked && { asked: 'true' as const }),
      },
    }),
  );
};
