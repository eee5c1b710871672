import type { OperationRow } from '../../shared/contracts/api/operation-routes.ts';
import type { BulkOperation } from '../../shared/domain/bulk/operation.schema.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { err } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext } from '../edge/api-route.ts';

/** The world moves on: what was planned longer ago must be planned again. */
const planSeconds = 3_600;

export const operationRow = ({
  role: _role,
  touchedAt: _touched,
  chunks: _chunks,
  ...operation
}: BulkOperation): OperationRow => ({
  ...operation,
  done: operation.succeeded + operation.skipped + operation.failed,
  planExpiresAt: operation.status === 'PLANNED' ? planExpiryOf(operation) : undefined,
});

/** Until when a plan can be confirmed. */
export const planExpiryOf = ({ plannedAt, at }: Pick<BulkOperation, 'plannedAt' | 'at'>): Instant =>
  plusSeconds(plannedAt ?? at, planSeconds);

/** Whose it is sees it, and so does everybody with a role in one of its projects. */
export const maySee = async (
  { actor, projects = [] }: BulkOperation,
  { caller, roleIn }: ApiContext,
): Promise<boolean> => {
  if (caller.role !== undefined || caller.user === actor) return true;
  const roles = await Promise.all(projects.map(roleIn));
  return roles.some((role) => rankOfRole(role) > 0);
};

export const noOperation = (id: string) =>
  err({
    code: 'operation-not-found',
    detail: `there is no operation ${id}; operations are kept for 90 days`,
  } as const);
