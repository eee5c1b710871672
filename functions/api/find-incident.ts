import type { Refusal } from '../../shared/contracts/api/problem.ts';
import type { Incident } from '../../shared/domain/alert/incident.schema.ts';
import { parseDatedId } from '../../shared/domain/alert/incident-id.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Role } from '../../shared/domain/project/project.schema.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { requireRole } from './require-role.ts';

/** The incident that a call names, for whoever has the role in its project; the project is part of the id. */
export const findIncident = async (
  { ledger }: Pick<ApiStores, 'ledger'>,
  context: ApiContext,
  id: string,
  role: Role,
): Promise<Result<Incident, Refusal & { readonly code: 'incident-not-found' | 'forbidden' }>> => {
  const project = parseDatedId(id)?.project;
  const missing = err({
    code: 'incident-not-found',
    detail: `there is no incident ${id}`,
  } as const);
  if (project === undefined) return missing;
  const denied = await requireRole(context, project, role);
  // What one may not see is not there.
  if (denied) return role === 'viewer' ? missing : err(denied);
  const incident = await ledger.findIncident(id);
  return incident ? ok(incident) : missing;
};
