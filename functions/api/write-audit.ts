import type { AuditEntry } from '../../shared/domain/audit/audit-entry.schema.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';

/** Project name under which the operations on the installation itself are kept. No project may have it. */
export const systemProject = 'system';

export type Operation = Pick<AuditEntry, 'action' | 'object' | 'project' | 'env' | 'bizDate'> & {
  readonly comment?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
};

/** Adds the operation log entry of a call: who, from where, what before and after (nodes-and-instances 9). */
export const writeAudit = async (
  { ledger, clock }: Pick<ApiStores, 'ledger' | 'clock'>,
  { caller, requestId }: ApiContext,
  { comment, before, after, ...operation }: Operation,
): Promise<void> => {
  const facts = { source: caller.source, requestId, before, after };
  await ledger.addAudit([
    {
      ...operation,
      id: `${requestId}#${operation.object}`,
      at: clock(),
      actor: caller.user,
      ...(comment === undefined ? {} : { reason: comment }),
      detail: JSON.parse(JSON.stringify(facts)) as NonNullable<AuditEntry['detail']>,
    },
  ]);
};
