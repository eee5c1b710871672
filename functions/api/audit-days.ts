import type { AuditEntry } from '../../shared/domain/audit/audit-entry.schema.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import { cursorOf, positionOf } from '../stores/cursor.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import type { Page } from '../stores/table.ts';

/** What one request may still read; `stoppedAt`: the day before which it ended. */
export type AuditBudget = { left: number; stoppedAt?: BizDate };

/**
 * A page of the operation log of some projects, newest first: goes back from day to day until the page is full, `from` is
 * reached or the budget of days is spent.
 */
export const auditDays = async (
  ledger: LedgerStore,
  {
    projects,
    from,
    to,
    limit,
    cursor,
  }: {
    readonly projects: readonly string[];
    readonly from: string;
    readonly to: string;
    readonly limit: number;
    readonly cursor: string | undefined;
  },
  budget: AuditBudget,
): Promise<Page<AuditEntry>> => {
  const position = positionOf(cursor);
  const firstDay = from.slice(0, 10);
  const items: AuditEntry[] = [];
  let day: BizDate = position?.day ?? (position?.after ?? to).slice(0, 10);
  let after = position?.after;

  for (; day >= firstDay; day = plusDays(day, -1)) {
    if (budget.left <= 0) {
      budget.stoppedAt = day;
      return { items };
    }
    const page = await ledger.searchAudit(
      { projects, day },
      { from, to, limit: limit - items.length, cursor: after && cursorOf({ after }) },
    );
    items.push(...page.items);
    if (page.cursor !== undefined) return { items, cursor: page.cursor };
    if (items.length >= limit) return { items, cursor: cursorOf({ day: plusDays(day, -1) }) };
    after = undefined;
    budget.left -= projects.length;
  }
  return { items };
};
