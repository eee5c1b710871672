import type { Command } from 'commander';
import { seconds, wholeNumber } from './arguments.ts';
import { operationText, planText } from './operation-text.ts';
import type { Ended, Tools } from './run-command.ts';
import { waitForOperation } from './wait-for-operation.ts';

export type Confirm = { readonly confirm?: number; readonly wait?: number };

/** `--confirm` and `--wait` for a command that plans an operation. */
export const confirmOptions = (command: Command): Command =>
  command
    .option('--confirm <count>', 'carry it out if the plan is for exactly so many', wholeNumber)
    .option('--wait <seconds>', 'with --confirm: wait for its end', seconds);

/** Shows the plan of an operation; carries it out when its number is the expected one. */
export const planAndConfirm = async (
  tools: Tools,
  operation: string,
  { confirm, wait }: Confirm,
): Promise<Ended> => {
  const call = await tools.client();
  const planned = await waitForOperation(call, operation, planSeconds);
  if (confirm === undefined || planned.status !== 'PLANNED') {
    tools.output.result(planned, () => planText(planned));
    return planned.status === 'PLANNED' ? 'ok' : 'failed';
  }
  await call('confirmOperation', { params: { operation }, body: { expectedTotal: confirm } });
  return watchOperation(tools, operation, wait ?? 0);
};

/** A plan of 10,000 instances takes some seconds; of a wide graph more. */
const planSeconds = 300;

/** Waits for the end, and says how it went: 1 while it is not over or something failed. */
export const watchOperation = async (
  tools: Tools,
  operation: string,
  wait: number,
): Promise<Ended> => {
  const call = await tools.client();
  const now = await waitForOperation(call, operation, wait);
  tools.output.result(now, () => operationText(now));
  if (now.status === 'RUNNING') return wait === 0 ? 'ok' : 'failed';
  return now.status === 'DONE' && now.failed === 0 ? 'ok' : 'failed';
};
