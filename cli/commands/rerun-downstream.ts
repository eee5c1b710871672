import { type Command, Option } from 'commander';
import { DownstreamRange } from '../../shared/domain/bulk/operation.schema.ts';
import { count, several } from '../arguments.ts';
import { type Confirm, confirmOptions, planAndConfirm } from '../carry-out-operation.ts';
import { runs } from '../run-command.ts';

/** `nightshift rerun-downstream`. */
export const addRerunDownstream = (program: Command): void => {
  const command = program
    .command('rerun-downstream')
    .description('run an instance again with what hangs below it, in order of dependency')
    .argument('<instance>')
    .addOption(
      new Option('--range <range>', 'which of those below')
        .choices(DownstreamRange.options)
        .default('terminal'),
    )
    .option('--id <instance>', 'with --range list; may be repeated', several)
    .option('--levels <n>', 'only so many levels below; default: any depth', count)
    .option('--no-root', 'leave the instance itself as it is')
    .option('--force', 'whatever their status; past whoever is no part of it')
    .option('--comment <text>');
  runs(
    confirmOptions(command),
    [
      'rerun-downstream prod~shop~daily_sales~r~20261119~1~load~1 --range all-failed',
      'rerun-downstream prod~shop~daily_sales~r~20261119~1~load~1 --confirm 27 --wait 600',
    ],
    async (
      tools,
      options: Confirm & {
        readonly range: DownstreamRange;
        readonly id?: readonly string[];
        readonly levels?: number;
        readonly root: boolean;
        readonly force?: boolean;
        readonly comment?: string;
      },
      root: string,
    ) => {
      const call = await tools.client();
      const { range, id: ids, levels, root: includeRoot, force, comment } = options;
      const { id } = await call('planOperation', {
        body: {
          op: 'rerun-downstream',
          downstream: { root, range, ids: ids && [...ids], levels, includeRoot },
          ...{ force, comment },
        },
      });
      return planAndConfirm(tools, id, options);
    },
  );
};
