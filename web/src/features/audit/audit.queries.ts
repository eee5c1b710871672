import { queryOptions } from '@tanstack/react-query';
import type { AuditEntry } from '../../../../shared/domain/audit/audit-entry.schema.ts';
import { call } from '../../api/call.ts';

export type AuditFilters = {
  readonly project?: string | undefined;
  readonly text?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly source?: 'console' | 'cli' | 'api' | undefined;
  /** Days back from now. */
  readonly days: number;
};

const dayMs = 86_400_000;
const queryOf = ({ days, ...filters }: AuditFilters, now: number) => ({
  ...filters,
  from: new Date(now - days * dayMs).toISOString(),
});

/** A page of the operation log. `now` is asked when it is read, so that a refresh shows what is new. */
export const auditQuery = (
  filters: AuditFilters,
  page: { readonly limit: number; readonly cursor: string | undefined },
  now: () => number,
) =>
  queryOptions({
    queryKey: ['audit', filters, page],
    queryFn: () => call('searchAudit', { query: { ...queryOf(filters, now()), ...page } }),
  });

/** Every entry that the filters let through, the newest first, at most `most`. */
export const collectAudit = async (
  filters: AuditFilters,
  now: number,
  most: number,
): Promise<readonly AuditEntry[]> => {
  const query = queryOf(filters, now);
  const found: AuditEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('searchAudit', { query: { ...query, limit: 200, cursor } });
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && found.length < most);
  return found.slice(0, most);
};
