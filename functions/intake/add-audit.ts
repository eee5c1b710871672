import type { AuditEntry } from '../../shared/domain/audit/audit-entry.schema.ts';
import { maskedDetail } from '../../shared/domain/audit/masked-detail.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';

/** Who did something, from where, and the call or event that it came with. */
export type DoneBy = {
  readonly user: string;
  readonly source: string;
  readonly requestId: string;
};

export type Operation = Pick<AuditEntry, 'action' | 'object' | 'project' | 'env' | 'bizDate'> & {
  readonly comment?: string | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Default: now. What may be noted twice says when it happened, so that it is one entry. */
  readonly at?: Instant | undefined;
};

/** Adds an operation log entry: who, from where, what before and after (nodes-and-instances 9), without secrets. */
export const addAudit = async (
  { ledger, clock }: { readonly ledger: Pick<LedgerStore, 'addAudit'>; readonly clock: Clock },
  { user, source, requestId }: DoneBy,
  { comment, before, after, at = clock(), ...operation }: Operation,
): Promise<void> => {
  const facts = { source, requestId, before, after };
  await ledger.addAudit([
    {
      ...operation,
      id: `${requestId}#${operation.object}`,
      at,
      actor: user,
      ...(comment === undefined ? {} : { reason: comment }),
      detail: maskedDetail(facts),
    },
  ]);
};
