import { queryOptions } from '@tanstack/react-query';
import type { Project } from '../../../../shared/domain/project/project.schema.ts';
import { allPages } from '../../api/all-pages.ts';
import { call } from '../../api/call.ts';

/** Every project that the person may see; few enough to read whole. */
export const projectsQuery = () =>
  queryOptions({
    queryKey: ['projects'],
    queryFn: (): Promise<Project[]> =>
      allPages((cursor) => call('listProjects', { query: { limit: 200, cursor } })),
    staleTime: 60_000,
  });
