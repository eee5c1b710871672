import type { Command } from 'commander';
import type { OperationDetail, OperationRow } from '../../shared/contracts/api/operation-routes.ts';
import { count, seconds, wholeNumber } from '../arguments.ts';
import {
  type Confirm,
  confirmOptions,
  planAndConfirm,
  watchOperation,
} from '../carry-out-operation.ts';
import { allPages } from '../connect.ts';
import { CliError } from '../exit-code.ts';
import { operationText, planText } from '../operation-text.ts';
import { tableOf } from '../output.ts';
import { runs } from '../run-command.ts';
import { addOperationsPlan } from './operations-plan.ts';

/** `nightshift operations`. */
export const addOperations = (program: Command): void => {
  const parent = program
    .command('operations')
    .description('operations on many instances: plan, confirm, watch, abort, retry, undo');
  addOperationsPlan(parent);
  addSteps(parent);
  addLooks(parent);
};

const addSteps = (parent: Command): void => {
  runs(
    parent
      .command('confirm')
      .description('carry out what was planned')
      .argument('<operation>')
      .requiredOption('--total <count>', 'the number that the plan showed', wholeNumber)
      .option('--wait <seconds>', 'wait for its end', seconds),
    ['operations confirm op-3f2a90b1c4d5 --total 27 --wait 600'],
    async (tools, { total, wait = 0 }: { total: number; wait?: number }, operation: string) => {
      const call = await tools.client();
      await call('confirmOperation', { params: { operation }, body: { expectedTotal: total } });
      return watchOperation(tools, operation, wait);
    },
  );
  runs(
    parent
      .command('watch')
      .description('wait until it is over')
      .argument('<operation>')
      .option('--wait <seconds>', 'at most', seconds, 3600),
    ['operations watch op-3f2a90b1c4d5'],
    (tools, { wait }: { wait: number }, operation: string) =>
      watchOperation(tools, operation, wait),
  );
  runs(
    parent
      .command('abort')
      .description('stop it; what has been done stays')
      .argument('<operation>')
      .option('--comment <text>'),
    ['operations abort op-3f2a90b1c4d5 --comment "wrong day"'],
    async ({ output, client }, { comment }: { comment?: string }, operation: string) => {
      const call = await client();
      const row = await call('abortOperation', { params: { operation }, body: { comment } });
      output.result(row, () => operationText(row));
      return undefined;
    },
  );
  for (const [name, route, text] of follows)
    runs(
      confirmOptions(
        parent.command(name).description(text).argument('<operation>').option('--comment <text>'),
      ),
      [`operations ${name} op-3f2a90b1c4d5`],
      async (tools, options: Confirm & { comment?: string }, operation: string) => {
        const call = await tools.client();
        const body = { comment: options.comment };
        const { id } = await call(route, { params: { operation }, body });
        return planAndConfirm(tools, id, options);
      },
    );
};

const follows = [
  ['retry', 'retryOperation', 'plan it again for those that failed or were not reached'],
  ['undo', 'undoOperation', 'plan to take it back where nothing has followed'],
] as const;

const addLooks = (parent: Command): void => {
  runs(
    parent
      .command('ls')
      .description('operations, the newest first')
      .option('--status <status,…>')
      .option('--actor <user>')
      .option('--limit <n>', 'at most', count, 20),
    ['operations ls --status RUNNING'],
    async (
      { output, client },
      { status, actor, limit }: { status?: string; actor?: string; limit: number },
    ) => {
      const call = await client();
      const rows = await allPages<OperationRow>(
        (cursor) => call('listOperations', { query: { status, actor, limit: 50, cursor } }),
        limit,
      );
      output.result(rows, () =>
        tableOf(
          ['OPERATION', 'OP', 'STATUS', 'TOTAL', 'DONE', 'FAILED', 'BY', 'AT'],
          rows.map(({ id, op, status: state, total, done, failed, actor: by, at }) => [
            ...[id, op, state, total, done, failed, by, at],
          ]),
        ),
      );
      return undefined;
    },
  );
  runs(
    parent
      .command('show')
      .description('one operation with its plan, or the result of each instance')
      .argument('<operation>')
      .option(
        '--items [result]',
        'its instances: all, or succeeded, skipped, failed, pending, ineligible',
      ),
    ['operations show op-3f2a90b1c4d5', 'operations show op-3f2a90b1c4d5 --items failed --json'],
    async ({ output, client }, { items }: { items?: string | true }, operation: string) => {
      const call = await client();
      const params = { operation };
      if (items === undefined) {
        const found: OperationDetail = await call('getOperation', { params });
        output.result(found, () => planText(found));
        return undefined;
      }
      const result = items === true ? undefined : resultOf(items);
      const rows = await allPages((cursor) =>
        call('listOperationItems', { params, query: { result, limit: 200, cursor } }),
      );
      output.result(rows, () =>
        tableOf(
          ['INSTANCE', 'RESULT', 'STATUS', 'REASON'],
          rows.map(({ id, result: is, status, reason }) => [id, is, status, reason]),
        ),
      );
      return undefined;
    },
  );
};

const results = ['succeeded', 'skipped', 'failed', 'pending', 'ineligible'] as const;

const resultOf = (text: string): (typeof results)[number] => {
  const found = results.find((each) => each === text);
  if (!found) throw new CliError('usage', 'usage', `${text} must be one of ${results.join(', ')}`);
  return found;
};
