import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';

/** The projects that the caller may see, by name. There are as many as teams, so they are read as a whole. */
export const visibleProjects = async (
  { catalog }: Pick<ApiStores, 'catalog'>,
  { caller }: ApiContext,
): Promise<readonly Project[]> => {
  const all = await catalog.allProjects();
  if (caller.role !== undefined) return all;
  return all.filter(({ members }) => members.some(({ user }) => user === caller.user));
};
