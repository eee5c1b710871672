import type { OperationDetail } from '../../shared/contracts/api/operation-routes.ts';
import type { Routes } from '../../shared/contracts/api/routes.ts';
import type { CallInput, Client } from '../../shared/contracts/client/create-client.ts';
import type { Line } from './start-line.ts';

export type Requested = CallInput<Routes['planOperation']>['body'];

/** Plans an operation as a person does, and waits for the plan. */
export const planned = async (
  line: Line,
  call: Client,
  body: Requested,
): Promise<OperationDetail> => {
  const { id } = await call('planOperation', { body });
  await line.drain();
  return call('getOperation', { params: { operation: id } });
};

/** Plans and confirms it, and waits until the server has carried it out. */
export const settled = async (
  line: Line,
  call: Client,
  body: Requested,
): Promise<OperationDetail> => {
  const { id, total } = await planned(line, call, body);
  await call('confirmOperation', { params: { operation: id }, body: { expectedTotal: total } });
  await line.drain();
  return call('getOperation', { params: { operation: id } });
};
