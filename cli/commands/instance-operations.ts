import type { Command } from 'commander';
import type { BatchResult } from '../../shared/contracts/api/common.ts';
import { InstanceSummary } from '../../shared/contracts/api/instance-view.ts';
import type { Client } from '../../shared/contracts/client/create-client.ts';
import type { InstanceOperation } from '../../shared/domain/operation/instance-operation.schema.ts';
import { Priority } from '../../shared/domain/workflow/priority.schema.ts';
import { instant } from '../arguments.ts';
import type { ExitName } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { runs } from '../run-command.ts';

type Given = { readonly comment?: string; readonly reason?: string; readonly until?: string };
type Operation = { readonly op: InstanceOperation; readonly text: string };

const operations: readonly Operation[] = [
  { op: 'pause', text: 'do not start them until they are resumed' },
  { op: 'resume', text: 'let them start again' },
  { op: 'hold', text: 'keep them from starting, with a reason and, if known, an end' },
  { op: 'unhold', text: 'lift their holds' },
  { op: 'rerun', text: 'put ended ones back in line' },
  { op: 'force-rerun', text: 'run them whatever their status, upstreams and due time' },
  { op: 'set-success', text: 'count failed ones as succeeded; what waits for them goes on' },
  { op: 'terminate', text: 'end them' },
  { op: 'approve', text: 'approve what waits for it' },
  { op: 'reject', text: 'reject what waits for approval' },
  { op: 'undo', text: 'take back the last operation, as long as nothing has followed from it' },
];

const example = 'prod~shop~daily_sales~r~20261119~1~load~1';

/** What operators do to instances: one subcommand each, on up to 100 at once. */
export const addInstanceOperations = (parent: Command): void => {
  for (const operation of operations) addOperation(parent, operation);
  addRemoveUpstream(parent);

  runs(
    parent
      .command('priority')
      .description('change the priority of one that has not started')
      .argument('<instance>')
      .argument('<priority>', Priority.options.join(', '))
      .option('--comment <text>'),
    [`instances priority ${example} LOW`],
    async ({ output, client }, { comment }: Given, instance: string, priority: string) => {
      const call = await client();
      const row = await call('setInstancePriority', {
        params: { instance },
        body: { priority: priority as Priority, comment },
      });
      output.result(InstanceSummary.parse(row), () => `${row.id}: ${row.priority}`);
      return undefined;
    },
  );
  runs(
    parent
      .command('group')
      .description('move one that has not started to another resource group')
      .argument('<instance>')
      .argument('<resource-group>')
      .option('--comment <text>'),
    [`instances group ${example} nightly`],
    async ({ output, client }, { comment }: Given, instance: string, resourceGroup: string) => {
      const call = await client();
      const row = await call('setInstanceResourceGroup', {
        params: { instance },
        body: { resourceGroup, comment },
      });
      output.result(InstanceSummary.parse(row), () => `${row.id}: ${row.resourceGroup}`);
      return undefined;
    },
  );
};

const addOperation = (parent: Command, { op, text }: Operation): void => {
  const command = parent
    .command(op)
    .description(`${text}; up to 100 at once, each with its result`)
    .argument('<instance...>');
  if (op === 'hold')
    command
      .requiredOption('--reason <text>', 'why; kept with the hold and in the history')
      .option('--until <instant>', 'when it ends by itself', instant);
  else command.option('--comment <text>', 'why; kept in the history');
  const option = op === 'hold' ? '--reason "late file"' : '--comment "by hand"';

  runs(
    command,
    [`instances ${op} ${example} ${option}`],
    async ({ output, client }, given: Given, ids: readonly string[]) =>
      show(output, await operate(await client(), op, given, ids)),
  );
};

const operate = (
  call: Client,
  op: InstanceOperation,
  { comment, reason, until }: Given,
  ids: readonly string[],
): Promise<BatchResult> =>
  call('batchInstances', { body: { op, ids: [...ids], comment, reason, until } });

/** Prints what became of each and says how the process ends. */
const show = (output: Output, result: BatchResult): ExitName => {
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
};

const addRemoveUpstream = (parent: Command): void => {
  runs(
    parent
      .command('remove-upstream')
      .description('let one instance wait for some of its upstreams no longer')
      .argument('<instance>')
      .argument('<parent...>', 'ids of upstream instances, up to 30')
      .option('--comment <text>', 'why; kept in the history'),
    [
      `instances remove-upstream ${example} prod~shop~daily_sales~r~20261119~1~extract~1 --comment "empty today"`,
    ],
    async (
      { output, client },
      { comment }: Given,
      instance: string,
      parents: readonly string[],
    ) => {
      const call = await client();
      const row = await call('removeInstanceUpstreams', {
        params: { instance },
        body: { parents: [...parents], comment },
      });
      output.result(InstanceSummary.parse(row), () => `${row.id}: ${parents.length} removed`);
      return undefined;
    },
  );
};
