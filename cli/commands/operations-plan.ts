import { type Command, Option } from 'commander';
import { BulkOp } from '../../shared/domain/bulk/operation.schema.ts';
import { day, instant, several } from '../arguments.ts';
import { type Confirm, confirmOptions, planAndConfirm } from '../carry-out-operation.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Where = {
  readonly env: 'prod' | 'dev';
  readonly family: 'recurring' | 'manual' | 'backfill';
  readonly id?: readonly string[];
  readonly run?: string;
  readonly project?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly status?: string;
  readonly workflow?: string;
  readonly task?: string;
  readonly owner?: string;
};

type What = {
  readonly priority?: string;
  readonly resourceGroup?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly comment?: string;
};

/** `nightshift operations plan`. */
export const addOperationsPlan = (parent: Command): void => {
  const command = env(
    parent
      .command('plan')
      .description('plan an operation on all instances that match; nothing is done yet')
      .argument('<op>', BulkOp.exclude(['rerun-downstream']).options.join(', '))
      .option('--id <instance>', 'this instance; may be repeated, up to 100', several)
      .option('--run <run>', 'the instances of this run')
      .option('--project <project>', 'may be repeated; default: every one you operate', several)
      .option('--from <day>', 'business date', day)
      .option('--to <day>', 'business date, included; default: --from', day)
      .addOption(
        new Option('--family <family>')
          .choices(['recurring', 'manual', 'backfill'])
          .default('recurring'),
      )
      .option('--status <status,…>')
      .option('--workflow <workflow>')
      .option('--task <text>', 'part of the name')
      .option('--owner <user>')
      .option('--priority <priority>', 'with set-priority')
      .option('--resource-group <group>', 'with set-resource-group')
      .option('--reason <text>', 'with hold')
      .option('--until <instant>', 'with hold', instant)
      .option('--comment <text>', 'why; kept in the history'),
  );
  runs(
    confirmOptions(command),
    [
      'operations plan rerun --project shop --from 2026-11-19 --status FAILED',
      'operations plan pause --run prod~shop~daily_sales~r~20261119~1 --confirm 12 --json',
    ],
    async (tools, options: Where & What & Confirm, op: string) => {
      const call = await tools.client();
      const { priority, resourceGroup, reason, until, comment } = options;
      const { id } = await call('planOperation', {
        body: {
          op: op as 'rerun',
          ...selectionOf(options),
          priority: priority as 'LOW' | undefined,
          ...{ resourceGroup, reason, until, comment },
        },
      });
      return planAndConfirm(tools, id, options);
    },
  );
};

const selectionOf = (where: Where) => {
  const { env, family, id, run, project, from, to = from, status, workflow, task, owner } = where;
  if (id) return { ids: [...id] };
  return {
    filter: {
      ...{ env, family, run, workflow, task, owner },
      projects: project && [...project],
      bizDate: from !== undefined && to !== undefined ? { from, to } : undefined,
      status: status?.split(',') as ('FAILED' | 'SUCCESS')[] | undefined,
    },
  };
};
