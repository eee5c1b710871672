import type { Refusal } from '../../shared/contracts/api/problem.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { requireRole } from './require-role.ts';
import { visibleProjects } from './visible-projects.ts';

/**
 * The projects whose logs a call is about: the one it names, where the caller must be an operator, else exactly those where
 * the caller is one (spec/README decision 17: a viewer has no run log).
 */
export const logScope = async (
  stores: Pick<ApiStores, 'catalog'>,
  project: string | undefined,
  context: ApiContext,
): Promise<
  Result<readonly string[], Refusal & { readonly code: 'forbidden' | 'project-not-found' }>
> => {
  if (project !== undefined) {
    const denied = await requireRole(context, project, 'operator');
    if (denied) return err(denied);
    if (!(await stores.catalog.findProject(project)))
      return err({ code: 'project-not-found', detail: `there is no project ${project}` });
    return ok([project]);
  }
  const visible = await visibleProjects(stores, context);
  const ranks = await Promise.all(visible.map(({ name }) => context.roleIn(name)));
  return ok(
    visible
      .filter((_, n) => rankOfRole(ranks[n]) >= rankOfRole('operator'))
      .map(({ name }) => name),
  );
};

/** For what is kept for later: whoever may read no run log at all has nothing to keep. */
export const someLogScope = async (
  ...given: Parameters<typeof logScope>
): ReturnType<typeof logScope> => {
  const scope = await logScope(...given);
  if (!scope.ok || scope.value.length > 0) return scope;
  return err({ code: 'forbidden', detail: 'it needs the role operator in some project' });
};
