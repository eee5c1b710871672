import type { ApiContext } from '../edge/api-route.ts';
import { addAudit, type Operation } from '../intake/add-audit.ts';
import type { ApiStores } from './api-stores.ts';

/** Project name under which the operations on the installation itself are kept. No project may have it. */
export const systemProject = 'system';

/** Adds the operation log entry of a call. */
export const writeAudit = (
  stores: Pick<ApiStores, 'ledger' | 'clock'>,
  { caller, requestId }: ApiContext,
  operation: Operation,
): Promise<void> =>
  addAudit(stores, { user: caller.user, source: caller.source, requestId }, operation);
