import type { Refusal } from '../../shared/contracts/api/problem.ts';
import type { Role } from '../../shared/domain/project/project.schema.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext } from '../edge/api-route.ts';

/** The refusal when the caller lacks a role in a project: for work on many projects at once. */
export const requireRole = async (
  { caller, roleIn }: ApiContext,
  project: string,
  needed: Role,
): Promise<(Refusal & { readonly code: 'forbidden' }) | undefined> => {
  const role = await roleIn(project);
  if (rankOfRole(role) >= rankOfRole(needed)) return undefined;
  return {
    code: 'forbidden',
    detail: `it needs the role ${needed} in project ${project}; ${caller.user} has ${role ?? 'none'}`,
  };
};
